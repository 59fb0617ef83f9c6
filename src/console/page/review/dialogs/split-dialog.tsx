import { useState } from 'react';
import { NameField } from '../../controls/name-field';
import { Dialog } from '../../dialogs/dialog';
import { useSettings } from '../../settings/settings';
import { nameProblem } from '../names';
import { useReviewSession } from '../review-session';
import { useSelection } from '../selection';

/** The selected phrases become a proposal of their own. */
export function SplitDialog({ onClose, onSplit }: { onClose: () => void; onSplit: (name: string) => void }) {
  const { words } = useSettings();
  const { review } = useReviewSession();
  const { current, phrases } = useSelection();
  const [name, setName] = useState('');
  const proposal = review.proposals.find(({ id }) => id === current);
  const problem = nameProblem(name, [], review);
  const isWhole = proposal !== undefined && phrases.size >= proposal.size;
  return (
    <Dialog
      title={words.splitTitle(phrases.size, proposal?.name ?? '')}
      onClose={onClose}
      submit={{ label: words.keys.split, isOff: problem !== null || isWhole, run: () => onSplit(name) }}
    >
      <NameField label={words.nameOfNew} value={name} problem={problem} onChange={setName} isFocused />
      {isWhole && <p className="problem">{words.oneMustStay}</p>}
    </Dialog>
  );
}
