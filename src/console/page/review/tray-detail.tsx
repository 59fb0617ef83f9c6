import type { ConsoleTrayGroup, Phrase } from '../../api';
import { useSettings } from '../settings/settings';
import { Text } from '../text/phrase';
import { useReviewActions } from './actions';
import { GroupPhrases } from './group-phrases';
import { useReviewSession } from './review-session';
import { useSelection } from './selection';
import { trayName } from './tray-name';

interface Properties {
  group: ConsoleTrayGroup;
  onLike: (phrase: Phrase) => void;
  onLeave: () => void;
}

/** Phrases that were set aside: any of them may go somewhere after all. */
export function TrayDetail({ group, onLike, onLeave }: Properties) {
  const { words, numbers } = useSettings();
  const { isOpen } = useReviewSession();
  const { phrases } = useSelection();
  const actions = useReviewActions();
  return (
    <article className="detail">
      <header className="detail-head">
        <div className="detail-title">
          <h2>
            <Text text={trayName(group, words)} characters={100} />
          </h2>
          <span className="badge">{words.trayHeading}</span>
        </div>
        <p className="soft number">
          {words.sizeLine({
            phrases: numbers.count(group.size),
            interactions: numbers.count(group.interactions),
            rescued: null,
          })}
          {group.cohesion !== null && ` · ${words.cohesion(numbers.hundredth(group.cohesion))}`}
        </p>
        <div className="actions">
          <button type="button" disabled={!isOpen || phrases.size === 0} onClick={actions.move}>
            {words.moveSelected(phrases.size)} <kbd>v</kbd>
          </button>
        </div>
        <p className="soft">{words.trayNote}</p>
      </header>
      <GroupPhrases group={group.id} onLike={onLike} onLeave={onLeave} />
    </article>
  );
}
