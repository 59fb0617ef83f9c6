/** The data set of a cycle: training additions, validation items, golden set. */
export { buildDataset, type DatasetInput } from './build';
export type { Dataset, DatasetCounts, LeftOut, LeftOutReason, SetAside, TrainingExample } from './dataset';
export { toSampleUtterance, type SampleRefusal } from './sample-utterance';
export { screenExamples, type UsableExample } from './screen';
