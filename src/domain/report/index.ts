export type { DatasetCounts, RecordCounts, ReportInput } from './input';
export type { Language } from './language';
export {
  renderNotification,
  type ApprovalsState,
  type Notification,
  type NotificationInput,
} from './notification';
export type { EndedWatch } from './notification-watch';
export { decisionSentence, reasonText } from './reasons';
export { renderReport } from './render';
export { renderModelCard } from './model-card';
