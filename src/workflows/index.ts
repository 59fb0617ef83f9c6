/** Everything that the worker runs as a workflow. */
export { importUtterances } from './import-utterances';
export { promote } from './promote';
export { retrain } from './retrain';
export { review } from './review';
export { rollback } from './rollback';
export { scheduledCycle } from './scheduled-cycle';
export { watchPromotion } from './watch-promotion';
export { withdrawPromotion } from './withdraw-promotion';
