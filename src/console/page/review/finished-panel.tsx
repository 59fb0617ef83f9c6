import type { Review } from '../../api';
import { useCycle } from '../requests/queries';
import { routeHash } from '../routing/route';
import { useSettings } from '../settings/settings';
import { useReviewSession } from './review-session';

/** That the review is over, what the cycle does now, and the way there. */
export function FinishedPanel() {
  const { words } = useSettings();
  const { path, review } = useReviewSession();
  const { pipeline, cycle: number } = path;
  return (
    <section className="finished" aria-label={words.finishedTitle}>
      <div role="status">
        <strong>{words.finishedTitle}</strong> <WhatNow review={review} />
      </div>
      <a className="button primary" href={routeHash({ pipeline, view: 'cycles', cycle: number })}>
        {words.seeCycle} <kbd>↵</kbd>
      </a>
    </section>
  );
}

function WhatNow({ review: { proposals } }: { review: Review }) {
  const { words } = useSettings();
  const { path } = useReviewSession();
  const cycle = useCycle(path).data;
  const { cycleWords: own } = words;
  if (cycle?.result) return words.cycleEnded(own.outcomes[cycle.result.outcome]);
  if (cycle && cycle.state !== 'running') return words.cycleEnded(own.cycleStates[cycle.state]);
  const isLearning = proposals.some(({ status }) => status === 'accepted' || status === 'assigned');
  const running = cycle?.stages.find(({ name, state }) => state === 'running' && name !== 'review');
  return (
    <>
      {isLearning ? words.cycleGoesOn : words.nothingAccepted}{' '}
      {running && words.runningNow(own.stageNames[running.name])}
    </>
  );
}

/** The way on, for the focus of whoever has just finished. */
export function findWayOn(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.finished a');
}
