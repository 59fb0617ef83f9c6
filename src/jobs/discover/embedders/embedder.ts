import type { Matrix } from '../numeric/matrix';

/** Turns texts into points such that alike texts lie close together. */
export interface Embedder {
  /** As it is named in parameters and in `discovery.json`. */
  readonly name: string;
  /**
   * @param texts all texts of one run: embedders that learn from the texts need them together
   * @returns one row of length 1 for each text; texts with nothing to go by become rows of zeros
   */
  embed(texts: readonly string[], onProgress?: (done: number, total: number) => void): Promise<Matrix>;
}
