export { formObjections } from './form';
export { proposalObjections } from './proposals';
export { reviewObjections } from './reviews';
