import { useMemo } from 'react';
import type { Phrase } from '../../api';
import { RequestError } from '../requests/client';
import { usePhrases } from '../requests/queries';
import { useSettings } from '../settings/settings';
import { useReviewActions } from './actions';
import { PhraseList } from './phrase-list';
import { useReviewSession } from './review-session';
import { useSelection } from './selection';

interface Properties {
  group: string;
  onLike: (phrase: Phrase) => void;
  onLeave: () => void;
}

/** All phrases of a group, loaded as one scrolls. */
export function GroupPhrases({ group, onLike, onLeave }: Properties) {
  const { words, numbers } = useSettings();
  const { path, review } = useReviewSession();
  const { selectByLikeness } = useReviewActions();
  const { phrases: selected } = useSelection();
  const pages = usePhrases(path, group);
  const phrases = useMemo(() => pages.data?.pages.flatMap((page) => page.phrases) ?? [], [pages.data]);
  const total = pages.data?.pages[0]?.total ?? 0;
  const chosen = phrases.filter(({ id }) => selected.has(id));
  const doubtful = review.proposals.find(({ id }) => id === group)?.byLikenessAlone ?? [];
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  return (
    <section className="phrases" aria-labelledby="phrases-heading" aria-busy={isFetching}>
      <div className="section-head">
        <h3 id="phrases-heading">
          {words.allPhrases} <span className="number">({numbers.count(total)})</span>
        </h3>
        <span className="soft number" role="status">
          {selected.size > 0
            ? words.selectedPhrases(
                numbers.count(selected.size),
                numbers.count(chosen.reduce((sum, { count }) => sum + count, 0)),
              )
            : words.selectHint}
        </span>
        {doubtful.length > 0 && (
          <button type="button" onClick={selectByLikeness}>
            {words.selectCountByLikeness(numbers.count(doubtful.length))} <kbd>b</kbd>
          </button>
        )}
      </div>
      {pages.error instanceof RequestError && <p className="problem">{words.errors(pages.error)}</p>}
      <PhraseList
        label={words.allPhrases}
        phrases={phrases}
        total={total}
        onMore={hasNextPage && !isFetching ? () => void fetchNextPage() : null}
        onLike={onLike}
        onLeave={onLeave}
      />
    </section>
  );
}
