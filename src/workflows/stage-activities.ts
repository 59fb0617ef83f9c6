import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { CycleActivities } from '../activities/cycle';
import type { DataJobActivities } from '../activities/data-jobs';
import type { DatasetActivities } from '../activities/dataset';
import type { EvaluationActivities } from '../activities/evaluation';
import type { IngestActivities } from '../activities/ingest';
import type { NotifyActivities } from '../activities/notify';
import type { RegistryActivities } from '../activities/registry';
import type { ReportActivities } from '../activities/report';
import type { ReviewActivities } from '../activities/review';
import type { LexActivities } from '../activities/targets/lex';
import { withSummaries } from './activity-summaries';

/** Short steps on the artifact store: tried again soon, and not for long. */
export const quick = withSummaries(
  proxyActivities<
    CycleActivities &
      IngestActivities &
      ReviewActivities &
      DatasetActivities &
      EvaluationActivities &
      RegistryActivities &
      ReportActivities &
      NotifyActivities
  >({
    startToCloseTimeout: '10 minutes',
    retry: {
      initialInterval: '1 second',
      backoffCoefficient: 2,
      maximumInterval: '1 minute',
      maximumAttempts: 8,
    },
  }),
);

/** Data jobs on an engine: started once or attached to, followed by heartbeats. */
export const jobs = withSummaries(
  proxyActivities<DataJobActivities>({
    startToCloseTimeout: '12 hours',
    heartbeatTimeout: '30 seconds',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: '2 seconds',
      backoffCoefficient: 2,
      maximumInterval: '2 minutes',
      maximumAttempts: 5,
    },
  }),
);

/** Steps of the Lex models API; conflicts and quotas choose their own, longer delays. */
export const lex = withSummaries(
  proxyActivities<LexActivities>({
    startToCloseTimeout: '2 hours',
    heartbeatTimeout: '30 seconds',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: '1 second',
      backoffCoefficient: 2,
      maximumInterval: '2 minutes',
      maximumAttempts: 10,
    },
  }),
);

/** Asking a model thousands of questions: resumes where it stopped, so many attempts cost little. */
export const modelQuestions = withSummaries(
  proxyActivities<LexActivities>({
    startToCloseTimeout: '12 hours',
    heartbeatTimeout: '30 seconds',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: '1 second',
      backoffCoefficient: 2,
      maximumInterval: '1 minute',
      maximumAttempts: 20,
    },
  }),
);
