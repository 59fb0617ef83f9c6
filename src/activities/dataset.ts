import type { Artifact } from '../domain/artifact';
import { advanceCategoryMap } from '../domain/category-map';
import { buildDataset } from '../domain/dataset';
import type { Discovery } from '../domain/discovery';
import type { LabelledUtterance, Utterance } from '../domain/utterance';
import { toJsonLines } from '../platform/storage/json-lines';
import { putJson, readArtifactJson, readArtifactLines } from './artifacts';
import { readCategoryMap } from './category-map';
import { readDecisions } from './decisions';
import type { ActivityDependencies } from './dependencies';
import { readGoldenSet } from './golden-set';

/** What the data set's stage leaves for the stages after it. */
export interface BuiltDataset {
  /** `category-map/vN.json` */
  categoryMap: Artifact;
  /** `dataset.json` */
  dataset: Artifact;
  /** `items.jsonl`: what both models are asked, golden and validation items together. */
  items: Artifact;
  /** `golden.jsonl`: the golden set from now on. */
  golden: Artifact;
  trainingUtterances: number;
  newIntents: string[];
  counts: Record<string, number>;
  leftOut: Record<string, number>;
}

export type DatasetActivities = ReturnType<typeof createDatasetActivities>;

export function createDatasetActivities({ store }: Pick<ActivityDependencies, 'store'>) {
  return {
    /** Folds the decisions into the category map and builds training, validation and golden set from it. */
    async buildDataset(input: {
      cycle: number;
      cycleUri: string;
      storeUri: string;
      known: Artifact;
      discovery: Artifact;
      utterances: Artifact;
      decisions: Artifact | null;
      categoryMapUri: string | null;
      goldenSetUri: string;
      parameters: { validationShare: number; goldenShare: number; seed: number };
    }): Promise<BuiltDataset> {
      const utterances = await readArtifactLines<Utterance>(store, input.utterances);
      const advanced = advanceCategoryMap(await readCategoryMap(store, input.categoryMapUri), {
        cycle: input.cycle,
        discovery: await readArtifactJson<Discovery>(store, input.discovery),
        events: await readDecisions(store, input.decisions),
        utterances: new Map(utterances.map((utterance) => [utterance.id, utterance])),
      });
      const known = await readArtifactLines<LabelledUtterance>(store, input.known);
      const dataset = buildDataset({
        known,
        accepted: advanced.accepted,
        golden: await readGoldenSet(store, input.goldenSetUri, known),
        parameters: input.parameters,
      });
      const folder = `${input.cycleUri}dataset/`;
      const lines = (name: string, rows: readonly unknown[]) =>
        store.putArtifact(`${folder}${name}.jsonl`, toJsonLines(rows), {
          rows: rows.length,
          schemaVersion: 1,
        });
      const { leftOutByReason, ...counts } = dataset.counts;
      return {
        categoryMap: await putJson(
          store,
          `${input.storeUri}category-map/v${advanced.map.version}.json`,
          advanced.map,
        ),
        dataset: await putJson(store, `${folder}dataset.json`, dataset),
        items: await lines('items', [...dataset.golden, ...dataset.validation]),
        golden: await lines('golden', dataset.golden),
        trainingUtterances: dataset.training.length,
        newIntents: dataset.newIntents.map((intent) => intent.name),
        counts,
        leftOut: leftOutByReason,
      };
    },
  };
}
