import type { EmbeddingUsage } from '../../../domain/embedding';
import type { Matrix } from '../numeric/matrix';

/** Told how many of all distinct texts have their points, and what they are called. */
export type ReportEmbedding = (done: number, total: number, unit: string) => void;

/** One point for each text, as a row, and what making them took. */
export interface Embeddings extends Matrix {
  usage: EmbeddingUsage;
}

/** Turns texts into points such that alike texts lie close together. */
export interface Embedder {
  /** As it is named in parameters and in `discovery.json`. */
  readonly name: string;
  /**
   * @param texts all texts of one run: embedders that learn from the texts need them together
   * @returns one row of length 1 for each text; texts with nothing to go by become rows of zeros
   */
  embed(texts: readonly string[], onProgress?: ReportEmbedding): Promise<Embeddings>;
}

/** Some of the texts, by their indices, and their points. */
export interface EncodedBatch {
  indices: readonly number[];
  points: Matrix;
}

/** A model that gives each text a point of its own, whatever the other texts are. */
export interface SentenceEncoder {
  /** Everything that a point depends on beside its text: points are kept by it. */
  readonly identity: string;
  /**
   * What encoding these texts will cost; null where nothing is paid.
   * @throws BudgetExceededError when that is more than it may
   */
  estimate(texts: readonly string[]): { tokens: number; usd: number } | null;
  /**
   * @param texts none of them blank
   * @param onBatch gets every text's point once, in whatever order
   */
  encode(texts: readonly string[], onBatch: (batch: EncodedBatch) => Promise<void>): Promise<void>;
}
