import type { EmbeddingUsage } from '../../../domain/embedding';
import { CicloError } from '../../../domain/errors';
import { normalizeRows, rowOf, zeros, type Matrix } from '../numeric/matrix';
import { EmbeddingCache, type EmbeddingStore, type KeptPoints } from './cache/embedding-cache';
import { keyOf } from './cache/shard';
import type { Embedder, EncodedBatch, ReportEmbedding, SentenceEncoder } from './embedder';

/** So many new points are kept at a time: what was paid for outlives a crash. */
const rowsOfShard = 2_048;
const nothingKept = (): KeptPoints => ({ columns: 0, byKey: new Map(), warnings: [] });

/**
 * An embedder of a model that encodes text by text: each distinct text once, and only those whose points were not kept
 * from before.
 *
 * @param open finds the model; called when there is something to embed
 * @param kept where points are kept; null for nowhere
 */
export function encoderEmbedder(
  name: string,
  open: () => Promise<SentenceEncoder>,
  kept: EmbeddingStore | null,
): Embedder {
  return {
    name,
    async embed(texts, onProgress = () => {}) {
      const rowsByText = groupByText(texts);
      if (rowsByText.size === 0) return { ...zeros(texts.length, 1), usage: unused() };
      const encoder = await open();
      const cache = kept && new EmbeddingCache(kept, encoder.identity);
      const { points, usage } = await embedDistinct([...rowsByText.keys()], encoder, cache, onProgress);
      const all = zeros(texts.length, points.columns);
      [...rowsByText.values()].forEach((rows, index) => {
        for (const row of rows) rowOf(all, row).set(rowOf(points, index));
      });
      return { ...all, usage };
    },
  };
}

/** Nothing was embedded. */
export function unused(): EmbeddingUsage {
  return { hits: 0, misses: 0, estimate: null, warnings: [] };
}

/** The rows of each distinct text that has something to go by. */
function groupByText(texts: readonly string[]): Map<string, number[]> {
  const rowsByText = new Map<string, number[]>();
  texts.forEach((text, row) => {
    if (text.trim() === '') return;
    const rows = rowsByText.get(text);
    if (rows) rows.push(row);
    else rowsByText.set(text, [row]);
  });
  return rowsByText;
}

async function embedDistinct(
  texts: readonly string[],
  encoder: SentenceEncoder,
  cache: EmbeddingCache | null,
  onProgress: ReportEmbedding,
): Promise<{ points: Matrix; usage: EmbeddingUsage }> {
  const keys = texts.map(keyOf);
  const kept = cache ? await cache.read(new Set(keys)) : nothingKept();
  const missing = keys.flatMap((key, index) => (kept.byKey.has(key) ? [] : [index]));
  const missingTexts = missing.map((index) => texts[index]!);
  const estimate = missing.length > 0 ? encoder.estimate(missingTexts) : null;
  const unit = estimate ? `phrases embedded (about ${estimate.usd.toFixed(4)} USD)` : 'phrases embedded';
  let done = texts.length - missing.length;
  onProgress(done, texts.length, unit);

  let points: Matrix | null = null;
  const found = (columns: number) => (points ??= zeros(texts.length, columns));
  const fresh = new NewPoints(cache);
  try {
    if (missing.length > 0) {
      await encoder.encode(missingTexts, async (batch) => {
        requireNumbers(batch.points);
        const own = normalizeRows(batch.points);
        const all = found(own.columns);
        batch.indices.forEach((index, row) => rowOf(all, missing[index]!).set(rowOf(own, row)));
        done += batch.indices.length;
        onProgress(done, texts.length, unit);
        await fresh.add(batch, (index) => keys[missing[index]!]!);
      });
    }
  } finally {
    await fresh.flush();
  }
  const all = found(kept.columns);
  if (kept.byKey.size > 0 && kept.columns !== all.columns) {
    throw new CicloError(
      `The model gives ${all.columns} numbers a point, but points that were kept of the same model have ${kept.columns}. Delete the kept points below embeddings/ in the pipeline's store and run the stage again.`,
      { columns: all.columns, keptColumns: kept.columns },
    );
  }
  keys.forEach((key, index) => {
    const point = kept.byKey.get(key);
    if (point) rowOf(all, index).set(point);
  });
  const usage = {
    hits: texts.length - missing.length,
    misses: missing.length,
    estimate,
    warnings: kept.warnings,
  };
  return { points: all, usage };
}

function requireNumbers({ values }: Matrix): void {
  if (values.every(Number.isFinite)) return;
  throw new CicloError(
    'The model gives points that are no numbers. Check that its files belong together, or choose another model.',
  );
}

/** New points on their way into the cache. */
class NewPoints {
  private keys: string[] = [];
  private rows: Float32Array[] = [];

  constructor(private readonly cache: EmbeddingCache | null) {}

  async add({ indices, points }: EncodedBatch, keyAt: (index: number) => string): Promise<void> {
    if (this.cache === null) return;
    indices.forEach((index, row) => {
      this.keys.push(keyAt(index));
      this.rows.push(rowOf(points, row));
    });
    if (this.keys.length >= rowsOfShard) await this.flush();
  }

  async flush(): Promise<void> {
    const { keys, rows } = this;
    if (this.cache === null || keys.length === 0) return;
    // Others may add while this is written.
    this.keys = [];
    this.rows = [];
    const points = zeros(rows.length, rows[0]!.length);
    rows.forEach((row, index) => rowOf(points, index).set(row));
    await this.cache.add({ keys, points });
  }
}
