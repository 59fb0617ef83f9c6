import { useSettings } from '../settings/settings';
import { Text } from '../text/phrase';
import { asVisible } from '../text/visible';
import { isDecidable, weightOf, type Group } from './groups';
import { Sparkline } from './sparkline';
import { StatusBadge } from './status-badge';
import { trayName } from './tray-name';

interface Properties {
  group: Group;
  isCurrent: boolean;
  isMarked: boolean;
  isWaiting: boolean;
  /** The greatest number of interactions in the list: the length of a full bar. */
  most: number;
  onSelect: () => void;
  onMark: () => void;
  onRename: () => void;
}

/** A line of the list: what it is called, what it would bring, and what was decided. */
export function GroupRow(properties: Properties) {
  const { group, isCurrent, isMarked, isWaiting, most, onSelect, onMark, onRename } = properties;
  const { words, numbers } = useSettings();
  const proposal = group.kind === 'proposal' ? group.proposal : null;
  const name = proposal ? proposal.name : trayName(group.kind === 'tray' ? group.tray : null, words);
  const terms = group.kind === 'proposal' ? group.proposal.terms : group.tray.representatives.slice(0, 3);
  const interactions = weightOf(group);
  return (
    <li className="row" data-current={isCurrent} data-status={proposal?.status ?? 'tray'}>
      {proposal && isDecidable(proposal) ? (
        <label className="mark">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={isMarked}
            aria-label={words.mark(asVisible(name, 100))}
            onChange={onMark}
          />
        </label>
      ) : (
        <span className="mark" />
      )}
      <button
        data-row={group.id}
        type="button"
        className="row-main"
        aria-current={isCurrent}
        tabIndex={isCurrent ? 0 : -1}
        onClick={onSelect}
        onDoubleClick={onRename}
      >
        <span className="row-title">
          <span className="row-name">
            <Text text={name} characters={100} />
          </span>
          {proposal && <StatusBadge proposal={proposal} isWaiting={isWaiting} />}
          {proposal?.nearestIntent?.clashes === true && proposal.status === 'open' && (
            <span className="badge doubt">! {words.clash}</span>
          )}
          {proposal && proposal.byLikenessAlone.length > 0 && proposal.status === 'open' && (
            <span className="badge doubt">
              ! {words.countByLikeness(numbers.count(proposal.byLikenessAlone.length))}
            </span>
          )}
          {proposal?.isReturning === true && <span className="badge">{words.returning}</span>}
        </span>
        <span className="row-terms">
          {proposal && proposal.category !== null && proposal.category !== proposal.name ? (
            <>
              → <Text text={proposal.category} characters={100} />
            </>
          ) : (
            <Text text={terms.join(' · ')} characters={160} />
          )}
        </span>
      </button>
      <span className="row-trend">
        {proposal?.trend && (
          <>
            <Sparkline values={proposal.trend.perBucket} />
            <span className="hidden">{words.trends[proposal.trend.direction]}</span>
          </>
        )}
      </span>
      <span className="row-number number">
        {numbers.count(interactions)}
        <span className="hidden"> {proposal ? words.rescued : words.interactions}</span>
        <span className="bar" aria-hidden="true">
          <span style={{ width: `${(interactions / Math.max(most, 1)) * 100}%` }} />
        </span>
      </span>
    </li>
  );
}
