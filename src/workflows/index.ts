/** Everything that the worker runs as a workflow. */
export { promote } from './promote';
export { retrain } from './retrain';
export { review } from './review';
export { rollback } from './rollback';
export { scheduledCycle } from './scheduled-cycle';
