export { renderDiscoveryReport, trayName, type DiscoveryReportInput } from './discovery-report';
export { explainNewExamples, explainProposal, type Explanation } from './explain-proposal';
export type { DatasetCounts, FoundIntent, RecordCounts, ReportInput } from './input';
export type { Language } from '../language';
export { wordsOfDiscovery } from './messages';
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
