import { multiply, normalizeRows, zeros, type Matrix, type SparseMatrix } from '../numeric/matrix';
import { truncatedSvd } from '../numeric/svd';
import { tfidf } from '../numeric/tfidf';

const dimensions = 100;
/** Contexts count by this power of their frequency: it keeps rare ones from looking telling (Levy et al. 2015). */
const contextPower = 0.75;

/**
 * A point for each text from the company that its words keep in all texts: "wifi" and "internet" come close when both
 * stand beside "clave". Words are compared by the positive pointwise mutual information of standing in one text, which
 * is factorized (Levy & Goldberg 2014; Levy, Goldberg & Dagan 2015, "Improving distributional similarity": half of the
 * singular values' weight on either side); a text is the sum of its words, by their TF-IDF.
 * @param documents the words of each text
 * @returns one row of length 1 for each text; zeros where none of its words stands in a second text
 */
export function contextPoints(documents: readonly (readonly string[])[], seed: number): Matrix {
  const { matrix: texts } = tfidf(documents, { minimumDocuments: 2 });
  const { scores, singularValues } = truncatedSvd(mutualInformation(texts), dimensions, seed);
  const { columns, values } = scores;
  for (let entry = 0; entry < values.length; entry++) {
    const singular = singularValues[entry % columns]!;
    if (singular > 0) values[entry]! /= Math.sqrt(singular);
  }
  return texts.columns === 0 ? zeros(texts.rows, 0) : normalizeRows(multiply(texts, normalizeRows(scores)));
}

/** Words × words: ln of how many times as often two stand in one text as chance would have it, where that is positive. */
function mutualInformation(texts: SparseMatrix): SparseMatrix {
  const size = texts.columns;
  const together = countTogether(texts);
  const totals = Float64Array.from(together, (row) =>
    [...row.values()].reduce((sum, count) => sum + count, 0),
  );
  const weights = totals.map((total) => total ** contextPower);
  const weightOfAll = weights.reduce((sum, weight) => sum + weight, 0);
  const offsets = new Int32Array(size + 1);
  const indices: number[] = [];
  const values: number[] = [];
  together.forEach((row, word) => {
    for (const [context, count] of row) {
      const information = Math.log((count * weightOfAll) / (totals[word]! * weights[context]!));
      if (information <= 0) continue;
      indices.push(context);
      values.push(information);
    }
    offsets[word + 1] = indices.length;
  });
  return {
    rows: size,
    columns: size,
    offsets,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}

/** For each word the words of its texts, itself among them, and in how many of the texts. */
function countTogether({ rows, columns, offsets, indices }: SparseMatrix): Map<number, number>[] {
  const together = Array.from({ length: columns }, () => new Map<number, number>());
  for (let row = 0; row < rows; row++) {
    for (let a = offsets[row]!; a < offsets[row + 1]!; a++) {
      const counts = together[indices[a]!]!;
      for (let b = offsets[row]!; b < offsets[row + 1]!; b++) {
        counts.set(indices[b]!, (counts.get(indices[b]!) ?? 0) + 1);
      }
    }
  }
  return together;
}
