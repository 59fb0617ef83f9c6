import { createAuditActivities } from './audit';
import { createCycleActivities } from './cycle';
import { createDataJobActivities } from './data-jobs';
import { createDatasetActivities } from './dataset';
import type { ActivityDependencies } from './dependencies';
import { createDraftActivities } from './draft';
import { createEvaluationActivities } from './evaluation';
import { createIngestActivities } from './ingest';
import { keptAlive } from './kept-alive';
import { createNotifyActivities } from './notify';
import { createRegistryActivities } from './registry';
import { createReportActivities } from './report';
import { createReviewActivities } from './review';
import { createLexActivities } from './targets/lex';
import { createTrafficActivities } from './targets/lex/traffic';
import { createWatchActivities } from './watch';

/** All activities of the worker. */
export function createActivities(dependencies: ActivityDependencies) {
  return {
    ...keptAlive({
      ...createAuditActivities(dependencies),
      ...createCycleActivities(dependencies),
      ...createIngestActivities(dependencies),
      ...createReviewActivities(dependencies),
      ...createDatasetActivities(dependencies),
      ...createDraftActivities(dependencies),
      ...createEvaluationActivities(dependencies),
      ...createRegistryActivities(dependencies),
      ...createReportActivities(dependencies),
      ...createNotifyActivities(dependencies),
      ...createTrafficActivities(dependencies),
      ...createWatchActivities(dependencies),
    }),
    ...createDataJobActivities(dependencies),
    ...createLexActivities(dependencies),
  };
}
