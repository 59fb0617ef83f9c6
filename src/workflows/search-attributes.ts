import { SearchAttributeType, defineSearchAttributeKey } from '@temporalio/common';

/** What workflows can be found by in Temporal. Never anything a person said. */
export const pipelineAttribute = defineSearchAttributeKey('CicloPipeline', SearchAttributeType.KEYWORD);
export const cycleAttribute = defineSearchAttributeKey('CicloCycle', SearchAttributeType.INT);
export const stageAttribute = defineSearchAttributeKey('CicloStage', SearchAttributeType.KEYWORD);
export const waitingAttribute = defineSearchAttributeKey('CicloWaitingForReview', SearchAttributeType.BOOL);
export const verdictAttribute = defineSearchAttributeKey('CicloVerdict', SearchAttributeType.KEYWORD);

/** All of them: a namespace must know them before the first cycle. */
export const searchAttributes = [
  pipelineAttribute,
  cycleAttribute,
  stageAttribute,
  waitingAttribute,
  verdictAttribute,
];
