import { createHash } from 'node:crypto';
import { InvalidInputError } from '../domain/errors';
import type { EvaluationItem } from '../domain/evaluation';
import { comparisonKey } from '../domain/similarity/comparison';
import type { LabelledUtterance } from '../domain/utterance';
import type { ObjectStore } from '../platform/storage/object-store';
import { parseLabelledCsv } from './labelled-csv';

/** A set of which more is known to the bot measures what it was told, not what it understands. */
const largestKnownShare = 0.5;

/**
 * Reads a golden set: a person's CSV with the columns `text` and `intent`, or the JSON lines of an earlier cycle.
 *
 * @param known the bot's own sample utterances
 * @throws InvalidInputError for one that is empty, lacks a column, has a row without text or intent, has a text twice,
 *   or lies in the training set
 */
export async function readGoldenSet(
  store: ObjectStore,
  uri: string,
  known: readonly LabelledUtterance[],
): Promise<EvaluationItem[]> {
  const text = await store.readText(uri);
  const items = uri.endsWith('.jsonl')
    ? text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as EvaluationItem]))
    : itemsOfCsv(text, uri);
  if (items.length === 0) {
    throw new InvalidInputError(
      `The golden set ${uri} is empty: without labelled utterances no version can be compared. Put at least 30 per intent there (columns text,intent).`,
      { uri },
    );
  }
  refuseKnown(items, known, uri);
  return items;
}

function itemsOfCsv(text: string, uri: string): EvaluationItem[] {
  const lineByText = new Map<string, number>();
  return parseLabelledCsv(text, `The golden set ${uri}`).map(({ line, text: phrase, intent }) => {
    if (phrase === '' || intent === '') {
      throw new InvalidInputError(
        `Line ${line} of the golden set ${uri} has no ${phrase === '' ? 'text' : 'intent'}. Complete it (FallbackIntent for what the bot should not understand), or remove it.`,
        { uri, line },
      );
    }
    const before = lineByText.get(phrase);
    if (before !== undefined) {
      throw new InvalidInputError(
        `Lines ${before} and ${line} of the golden set ${uri} have the same text: it would count twice. Remove one of them.`,
        { uri, line, before },
      );
    }
    lineByText.set(phrase, line);
    const id = createHash('sha256').update(phrase).digest('hex').slice(0, 16);
    return { id, text: phrase, intent, set: 'golden' };
  });
}

function refuseKnown(
  golden: readonly EvaluationItem[],
  known: readonly LabelledUtterance[],
  uri: string,
): void {
  const trained = new Set(known.map(({ text }) => comparisonKey(text)));
  const seen = golden.filter(({ text }) => trained.has(comparisonKey(text))).length;
  if (seen <= largestKnownShare * golden.length) return;
  throw new InvalidInputError(
    `${seen} of the ${golden.length} utterances of the golden set ${uri} are sample utterances of the bot: a comparison would measure what it was told, not what it understands. Replace them by what people really say.`,
    { uri, seen, golden: golden.length },
  );
}
