/** What is missing or not allowed on a machine, in an account, for a pipeline: findings, and how they look. */
export {
  broken,
  fine,
  isBroken,
  notChecked,
  warning,
  type CheckGroup,
  type CheckReport,
  type Finding,
  type FindingLevel,
} from './finding';
export {
  requiredPermissions,
  statementsFor,
  type PolicyStatement,
  type RequiredPermission,
  type ResourceNames,
} from './permissions';
export { renderDoctor, summary, type DoctorStyle } from './render';
