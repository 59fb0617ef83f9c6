import { useState } from 'react';
import type { ConsoleProposal } from '../../../api';
import { Chooser, type Choice } from '../../controls/chooser';
import { NameField } from '../../controls/name-field';
import { Dialog } from '../../dialogs/dialog';
import { useSettings } from '../../settings/settings';
import { phrasesByLikeness } from '../groups';
import { nameProblem } from '../names';
import { useReviewSession } from '../review-session';
import { useSelection } from '../selection';

/** Where phrases go: exactly one of the four. */
export type MoveTarget = { proposal: string } | { intent: string } | { name: string } | { aside: true };

interface Properties {
  /** What goes as a whole where no phrases are selected. */
  proposals: readonly ConsoleProposal[];
  onClose: () => void;
  onMove: (target: MoveTarget) => void;
  onAssign: (intent: string) => void;
}

type Where = 'there' | 'new' | 'tray';

/** Phrases go into a proposal, an intent, a new proposal or the tray; a whole proposal into an intent. */
export function MoveDialog({ proposals, onClose, onMove, onAssign }: Properties) {
  const { words, numbers } = useSettings();
  const { review } = useReviewSession();
  const { current, phrases } = useSelection();
  const isWhole = phrases.size === 0;
  // Half of what is like an intent's phrases alone does not belong to it: that is what is most often moved, and to the tray.
  const [areDoubtful] = useState(() => {
    const doubtful = phrasesByLikeness(review);
    return !isWhole && [...phrases].every((id) => doubtful.has(id));
  });
  const [where, setWhere] = useState<Where>(areDoubtful ? 'tray' : 'there');
  const nearest = isWhole && proposals.length === 1 ? proposals[0]!.nearestIntent?.name : undefined;
  const [chosen, setChosen] = useState<string | null>(
    nearest !== undefined && review.existingIntents.some(({ name }) => name === nearest)
      ? `i-${nearest}`
      : null,
  );
  const [name, setName] = useState('');
  const problem = nameProblem(name, [], review);

  const intents: Choice[] = review.existingIntents.map((one) => ({
    id: `i-${one.name}`,
    name: one.name,
    hint: words.existingIntent,
  }));
  const others: Choice[] = review.proposals
    .filter(
      (one) =>
        one.kind === 'new-intent' &&
        one.id !== current &&
        (one.status === 'open' || one.status === 'accepted'),
    )
    .map((one) => ({ id: `p-${one.id}`, name: one.name, hint: words.proposal }));

  const run = () => {
    if (where === 'new') return onMove({ name });
    if (where === 'tray') return onMove({ aside: true });
    const id = chosen!.slice(2);
    if (isWhole) return onAssign(id);
    onMove(chosen!.startsWith('i-') ? { intent: id } : { proposal: id });
  };
  const option = (value: Where, label: string) => (
    <label className="option">
      <input
        type="radio"
        name="where"
        autoFocus={areDoubtful && value === 'tray'}
        checked={where === value}
        onChange={() => setWhere(value)}
      />{' '}
      {label}
    </label>
  );
  return (
    <Dialog
      title={
        isWhole
          ? words.assignTitle(
              proposals.length === 1 ? proposals[0]!.name : words.proposalsCount(proposals.length),
              numbers.count(proposals.reduce((sum, { size }) => sum + size, 0)),
            )
          : words.moveTitle(phrases.size)
      }
      onClose={onClose}
      submit={{
        label: isWhole ? words.toAnIntent : words.keys.move,
        isOff: where === 'there' ? chosen === null : where === 'new' && problem !== null,
        run,
      }}
    >
      {where === 'there' && (
        <Chooser
          label={isWhole ? words.toIntent : words.toCategory}
          choices={isWhole ? intents : [...others, ...intents]}
          chosen={chosen}
          onChoose={setChosen}
          emptyText={words.nothingMatches}
          onLeave={onClose}
          isFocused
        />
      )}
      {where === 'new' && (
        <NameField label={words.nameOfNew} value={name} problem={problem} onChange={setName} isFocused />
      )}
      {!isWhole && (
        <fieldset className="options">
          <legend className="hidden">{words.where}</legend>
          {option('there', words.toExisting)}
          {option('new', words.toNew)}
          {option('tray', words.toTray)}
        </fieldset>
      )}
    </Dialog>
  );
}
