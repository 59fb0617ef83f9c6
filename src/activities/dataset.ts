import { parse } from 'csv-parse/sync';
import { createHash } from 'node:crypto';
import type { Artifact } from '../domain/artifact';
import { advanceCategoryMap } from '../domain/category-map';
import { delimiterOf } from '../domain/csv-delimiter';
import { buildDataset } from '../domain/dataset';
import type { Discovery } from '../domain/discovery';
import { InvalidInputError } from '../domain/errors';
import type { EvaluationItem } from '../domain/evaluation';
import type { DecisionEvent } from '../domain/review';
import type { LabelledUtterance, Utterance } from '../domain/utterance';
import type { ObjectStore } from '../platform/storage/object-store';
import { toJsonLines } from '../platform/storage/json-lines';
import { putJson, readArtifactJson, readArtifactLines } from './artifacts';
import { readCategoryMap } from './category-map';
import type { ActivityDependencies } from './dependencies';

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
      events: DecisionEvent[];
      categoryMapUri: string | null;
      goldenSetUri: string;
      parameters: { validationShare: number; goldenShare: number; seed: number };
    }): Promise<BuiltDataset> {
      const utterances = await readArtifactLines<Utterance>(store, input.utterances);
      const advanced = advanceCategoryMap(await readCategoryMap(store, input.categoryMapUri), {
        cycle: input.cycle,
        discovery: await readArtifactJson<Discovery>(store, input.discovery),
        events: input.events,
        utterances: new Map(utterances.map((utterance) => [utterance.id, utterance])),
      });
      const dataset = buildDataset({
        known: await readArtifactLines<LabelledUtterance>(store, input.known),
        accepted: advanced.accepted,
        golden: await readGoldenSet(store, input.goldenSetUri),
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

/**
 * Reads a golden set: a person's CSV with the columns `text` and `intent`, or the JSON lines of an earlier cycle.
 * @throws InvalidInputError for one that is empty, lacks a column or has a row without text or intent
 */
async function readGoldenSet(store: ObjectStore, uri: string): Promise<EvaluationItem[]> {
  const text = await store.readText(uri);
  if (uri.endsWith('.jsonl'))
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as EvaluationItem]));
  const rows: unknown[] = parse(text, {
    bom: true,
    columns: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
    delimiter: delimiterOf(text),
  });
  const items = rows.map((row): EvaluationItem => {
    const { record, info } = row as { record: { text?: string; intent?: string }; info: { lines: number } };
    const { text: phrase, intent } = record;
    if (!phrase || !intent) {
      throw new InvalidInputError(
        `Line ${info.lines} of the golden set ${uri} has no text or no intent: it needs the columns "text" and "intent" (FallbackIntent for what the bot should not understand).`,
        { uri, line: info.lines },
      );
    }
    return {
      id: createHash('sha256').update(phrase).digest('hex').slice(0, 16),
      text: phrase,
      intent,
      set: 'golden',
    };
  });
  if (items.length === 0) {
    throw new InvalidInputError(
      `The golden set ${uri} is empty: without labelled utterances no version can be compared. Put at least 30 per intent there (columns text,intent).`,
      { uri },
    );
  }
  return items;
}
