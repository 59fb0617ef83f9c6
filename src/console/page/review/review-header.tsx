import type { Preview } from '../../api';
import { useSettings } from '../settings/settings';
import { useReviewActions } from './actions';
import { FinishedPanel } from './finished-panel';
import { useReviewSession } from './review-session';

interface Properties {
  isPreviewShown: boolean;
  onPreview: () => void;
  /** The newest estimate; undefined while there is none. */
  preview: Preview | undefined;
}

/** How far the review is, by what people said and not by lines; and what is done about all of it. */
export function ReviewHeader({ isPreviewShown, onPreview, preview }: Properties) {
  const { words, numbers, times } = useSettings();
  const { review, standing, isOpen, canUndo, canRedo, waiting } = useReviewSession();
  const actions = useReviewActions();
  const { proposals, decidedProposals, interactions, decidedInteractions } = review.progress;
  const share = interactions === 0 ? 1 : decidedInteractions / interactions;
  const approvals = standing.approvals.map(({ author }) => author).join(', ');
  return (
    <div className="review-header">
      <div className="progress">
        <div
          className="progress-bar"
          role="progressbar"
          aria-label={words.progressLabel}
          aria-valuenow={Math.round(share * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <span style={{ width: `${share * 100}%` }} />
        </div>
        <p>
          <strong className="number">
            {words.covered(numbers.confidence(share), numbers.count(interactions))}
          </strong>{' '}
          <span className="soft number">
            {words.decidedOf(numbers.count(decidedProposals), numbers.count(proposals))} ·{' '}
            {standing.finished ? words.reviewFinished : words.deadline(times.moment(review.deadline))}
            {approvals !== '' && ` · ${words.approvedBy(approvals)}`}
            {!standing.finished &&
              standing.approvalsMissing > 1 &&
              ` · ${words.needsApprovals(standing.approvalsMissing)}`}
          </span>
          {waiting.length > 0 && (
            <span className="badge accent" role="status">
              {waiting.some(({ isDelayed }) => isDelayed)
                ? words.waitingToBeStored(waiting.length)
                : words.storing}
            </span>
          )}
        </p>
      </div>
      <button type="button" aria-pressed={isPreviewShown} onClick={onPreview}>
        {preview ? (
          <span className="number">
            {words.fallback} {numbers.percent(preview.fallback.rate.before)} →{' '}
            {/* One of other decisions says nothing of these. */}
            <strong>
              {preview.decisions === review.standing.decisions
                ? numbers.percent(preview.fallback.rate.after)
                : '…'}
            </strong>
          </span>
        ) : (
          words.preview
        )}{' '}
        <kbd>p</kbd>
      </button>
      <div className="button-group">
        <button type="button" disabled={!isOpen || !canUndo} onClick={actions.undo}>
          {words.keys.undo} <kbd>u</kbd>
        </button>
        <button type="button" disabled={!isOpen || !canRedo} onClick={actions.redo}>
          {words.keys.redo} <kbd>⇧u</kbd>
        </button>
      </div>
      {standing.finished ? (
        <FinishedPanel />
      ) : (
        <button type="button" className="primary" disabled={!review.mayApprove} onClick={actions.finish}>
          {words.keys.finish} <kbd>f</kbd>
        </button>
      )}
    </div>
  );
}
