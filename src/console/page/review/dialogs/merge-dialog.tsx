import { useState } from 'react';
import type { ConsoleProposal } from '../../../api';
import { Chooser } from '../../controls/chooser';
import { NameField } from '../../controls/name-field';
import { Dialog } from '../../dialogs/dialog';
import { useSettings } from '../../settings/settings';
import { Text } from '../../text/phrase';
import { nameProblem } from '../names';
import { canMerge, nearProposals } from '../near';
import { useReviewSession } from '../review-session';

/** Typical phrases of each, to see whether they are one. */
const mostPhrases = 3;

interface Properties {
  /** Those that are to become one. */
  first: readonly ConsoleProposal[];
  /** Suggested to join them. */
  others: readonly string[];
  onClose: () => void;
  /** @param name only where it differs from that of the first */
  onMerge: (proposals: readonly string[], name?: string) => void;
}

/** Several proposals become one, under a name. */
export function MergeDialog({ first, others, onClose, onMerge }: Properties) {
  const { words, numbers } = useSettings();
  const { review } = useReviewSession();
  const near = first.length === 1 ? nearProposals(first[0]!, review) : [];
  const [joined, setJoined] = useState<string | null>(others[0] ?? near[0]?.id ?? null);
  const together = [...first, ...review.proposals.filter(({ id }) => id === joined)];
  const ranked = [...together].sort((one, other) => other.interactions - one.interactions);
  const [name, setName] = useState<string | null>(null);
  const shownName = name ?? ranked[0]?.name ?? '';
  const ids = ranked.map(({ id }) => id);
  const problem = nameProblem(shownName, ids, review);
  const unfit = ranked.filter((one) => !canMerge(one));
  const choices = [...new Set([...near, ...review.proposals])]
    .filter((one) => canMerge(one) && !first.some(({ id }) => id === one.id))
    .map((one) => ({
      id: one.id,
      name: one.name,
      hint: words.interactionsCount(numbers.count(one.interactions)),
    }));
  return (
    <Dialog
      title={words.mergeTitle}
      onClose={onClose}
      submit={{
        label: words.keys.merge,
        isOff: ranked.length < 2 || problem !== null || unfit.length > 0,
        run: () => onMerge(ids, shownName === ranked[0]!.name ? undefined : shownName),
      }}
    >
      <ul className="names">
        {ranked.map((one) => (
          <li key={one.id}>
            <Text text={one.name} characters={100} />{' '}
            <span className="soft number">{words.interactionsCount(numbers.count(one.interactions))}</span>
            <p className="soft">
              <Text text={one.representatives.slice(0, mostPhrases).join(' · ')} characters={160} />
            </p>
          </li>
        ))}
      </ul>
      {first.length === 1 && (
        <Chooser
          label={words.mergeWith}
          choices={choices}
          chosen={joined}
          onChoose={setJoined}
          emptyText={words.nothingMatches}
          onLeave={onClose}
          isFocused={joined === null}
        />
      )}
      <NameField
        label={words.nameOfBoth}
        value={shownName}
        problem={problem}
        onChange={setName}
        isFocused={joined !== null || first.length > 1}
      />
      {unfit.map((one) => (
        <p key={one.id} className="problem">
          {words.cannotMerge(one.name)}
        </p>
      ))}
    </Dialog>
  );
}
