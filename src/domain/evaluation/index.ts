export type { Interval } from '../metrics';
export { evaluate, type EvaluationInput } from './evaluate';
export type { EvaluationItem, EvaluationSubject, ModelRole, Prediction, Unanswered } from './inputs';
export type * from './schema';
