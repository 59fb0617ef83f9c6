import type { ConsoleProposal } from '../../api';
import { useSettings } from '../settings/settings';

const looks: Record<ConsoleProposal['status'], { sign: string; look: string }> = {
  open: { sign: '', look: '' },
  accepted: { sign: '✓', look: 'good' },
  assigned: { sign: '→', look: 'good' },
  rejected: { sign: '✕', look: 'bad' },
  merged: { sign: '⤷', look: '' },
  aside: { sign: '‖', look: 'doubt' },
};

/** What was decided, in a word; while that is on its way to the server, so much. */
export function StatusBadge({
  proposal,
  isWaiting,
}: {
  proposal: Pick<ConsoleProposal, 'status' | 'category'>;
  isWaiting: boolean;
}) {
  const { words } = useSettings();
  if (isWaiting) return <span className="badge accent">{words.storing}</span>;
  const { sign, look } = looks[proposal.status];
  if (proposal.status === 'open') return null;
  return (
    <span className={`badge ${look}`}>
      <span aria-hidden="true">{sign}</span> {words.statuses[proposal.status]}
    </span>
  );
}
