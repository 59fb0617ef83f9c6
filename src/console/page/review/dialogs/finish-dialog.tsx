import { useState } from 'react';
import { RequestError } from '../../requests/client';
import { usePreview } from '../../requests/queries';
import { focusOnceThere } from '../../keyboard/focus';
import { Dialog } from '../../dialogs/dialog';
import { useSettings } from '../../settings/settings';
import { useNotices } from '../../shell/notices';
import { Text } from '../../text/phrase';
import { findWayOn } from '../finished-panel';
import { useReviewSession } from '../review-session';

/** Says what finishing will do, and does it. */
export function FinishDialog({ onClose }: { onClose: () => void }) {
  const { words, numbers } = useSettings();
  const { notify } = useNotices();
  const { path, review, standing, waiting, pending, finish } = useReviewSession();
  const preview = usePreview(path, true).data;
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { proposals, progress } = review;
  const accepted = proposals.filter(({ status, kind }) => status === 'accepted' && kind === 'new-intent');
  const assigned = proposals.filter(
    ({ status, kind }) => status === 'assigned' || (status === 'accepted' && kind === 'new-examples'),
  );
  const count = (status: string) => proposals.filter((one) => one.status === status).length;
  const open = progress.proposals - progress.decidedProposals;
  const isLast = standing.approvalsMissing <= 1;

  const run = async () => {
    setIsSending(true);
    setProblem(null);
    try {
      const answer = await finish();
      onClose();
      if (answer.finished) focusOnceThere(findWayOn);
      else notify({ kind: 'done', text: words.approved(answer.approvalsMissing) });
    } catch (error) {
      setProblem(error instanceof RequestError ? words.errors(error) : String(error));
      setIsSending(false);
    }
  };
  return (
    <Dialog
      title={words.finishTitle}
      onClose={onClose}
      submit={{
        label: waiting.length > 0 ? words.storing : isLast ? words.finishNow : words.approve,
        isOff: isSending || pending.length > 0,
        run: () => void run(),
      }}
    >
      <p>{words.finishLead}</p>
      <ul className="consequences">
        <li>
          {words.willCreate(accepted.length)}
          {accepted.length > 0 && (
            <>
              {': '}
              {accepted.slice(0, 12).map((one, index) => (
                <span key={one.id}>
                  {index > 0 && ', '}
                  <strong>
                    <Text text={one.category ?? one.name} characters={100} />
                  </strong>
                </span>
              ))}
              {accepted.length > 12 && ' …'}
            </>
          )}
        </li>
        {assigned.length > 0 && (
          <li>{words.willExtend(new Set(assigned.map(({ category }) => category)).size)}</li>
        )}
        {count('rejected') > 0 && <li>{words.willForget(count('rejected'))}</li>}
        {count('aside') + open > 0 && (
          <li>{words.willComeBack(count('aside') + open, numbers.count(open))}</li>
        )}
        {preview && (
          <li>
            {preview.decisions === standing.decisions
              ? words.previewLine(
                  numbers.percent(preview.fallback.rate.before),
                  numbers.percent(preview.fallback.rate.after),
                )
              : words.previewWords.computing}
          </li>
        )}
      </ul>
      {open > 0 && <p className="notice doubt">{words.stillOpen(open)}</p>}
      {!isLast && <p className="notice">{words.moreApprovals(standing.approvalsMissing - 1)}</p>}
      {waiting.length > 0 && <p className="notice doubt">{words.waitingToBeStored(waiting.length)}</p>}
      <p className="soft">{words.finishNote}</p>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
