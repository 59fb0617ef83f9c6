import type { Phrase } from '../../api';
import type { Search } from '../requests/queries';
import { useSettings } from '../settings/settings';
import { Text } from '../text/phrase';
import { useReviewActions } from './actions';
import { groupNamer } from './group-names';
import { PhraseList } from './phrase-list';
import { useReviewSession } from './review-session';
import { useSelection } from './selection';

interface Properties {
  search: Search;
  phrases: readonly Phrase[];
  total: number;
  isLoading: boolean;
  onLike: (phrase: Phrase) => void;
  onClose: () => void;
}

/** Phrases of any group that a search found. */
export function MatchesDetail({ search, phrases, total, isLoading, onLike, onClose }: Properties) {
  const { words, numbers } = useSettings();
  const { review, isOpen } = useReviewSession();
  const { phrases: selected } = useSelection();
  const actions = useReviewActions();
  return (
    <article className="detail" aria-busy={isLoading}>
      <header className="detail-head">
        <h2>
          {'text' in search ? words.phrasesWith : words.phrasesLike} {words.quotes[0]}
          <Text text={'text' in search ? search.text : search.shown} characters={80} />
          {words.quotes[1]}
        </h2>
        <p className="soft number">
          {words.foundPhrases(numbers.count(total))}
          {total > phrases.length &&
            phrases.length > 0 &&
            ` ${words.firstShown(numbers.count(phrases.length))}`}
        </p>
        <div className="actions">
          <button type="button" disabled={!isOpen || selected.size === 0} onClick={actions.move}>
            {words.moveSelected(selected.size)} <kbd>v</kbd>
          </button>
          <button type="button" onClick={onClose}>
            {words.back} <kbd>Esc</kbd>
          </button>
        </div>
      </header>
      <PhraseList
        label={words.allPhrases}
        phrases={phrases}
        total={phrases.length}
        onMore={null}
        groupName={groupNamer(review, words)}
        onLike={onLike}
        onLeave={onClose}
      />
    </article>
  );
}
