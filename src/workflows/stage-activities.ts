import { proxyActivities } from '@temporalio/workflow';
import type { AuditActivities } from '../activities/audit';
import type { CycleActivities } from '../activities/cycle';
import type { DataJobActivities } from '../activities/data-jobs';
import type { DatasetActivities } from '../activities/dataset';
import type { DraftActivities } from '../activities/draft';
import type { EvaluationActivities } from '../activities/evaluation';
import type { IngestActivities } from '../activities/ingest';
import type { NotifyActivities } from '../activities/notify';
import type { RegistryActivities } from '../activities/registry';
import type { ReportActivities } from '../activities/report';
import type { ReviewActivities } from '../activities/review';
import type { LexActivities } from '../activities/targets/lex';
import type { TrafficActivities } from '../activities/targets/lex/traffic';
import type { WatchActivities } from '../activities/watch';
import { activityOptions } from './activity-options';
import { withSummaries } from './activity-summaries';

/** Short steps on the artifact store: tried again soon, and not for long. */
export const quick = withSummaries(
  proxyActivities<
    AuditActivities &
      CycleActivities &
      IngestActivities &
      ReviewActivities &
      DatasetActivities &
      DraftActivities &
      EvaluationActivities &
      RegistryActivities &
      ReportActivities &
      NotifyActivities &
      WatchActivities
  >(activityOptions.quick),
);

/** Statistics over many answers. */
export const calculation = withSummaries(proxyActivities<EvaluationActivities>(activityOptions.calculation));

/** Data jobs on an engine: started once or attached to, followed by heartbeats. */
export const jobs = withSummaries(proxyActivities<DataJobActivities>(activityOptions.jobs));

/** Steps of the Lex models API; conflicts and quotas choose their own, longer delays. */
export const lex = withSummaries(proxyActivities<LexActivities>(activityOptions.lex));

/** Asking a model thousands of questions: resumes where it stopped, so many attempts cost little. */
export const modelQuestions = withSummaries(proxyActivities<LexActivities>(activityOptions.modelQuestions));

/** Reading what real traffic says. */
export const traffic = withSummaries(proxyActivities<TrafficActivities>(activityOptions.traffic));
