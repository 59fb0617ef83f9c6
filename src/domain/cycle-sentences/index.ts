export { endingReasons } from './endings';
export { stageNotes } from './stage-notes';
