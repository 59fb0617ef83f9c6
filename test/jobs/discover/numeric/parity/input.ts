import { normalizeRows, zeros, type Matrix } from '../../../../../src/jobs/discover/numeric/matrix';
import { seededRandom } from '../../../../../src/jobs/discover/numeric/random';

/** The input of `generate.py`, which draws the same numbers: only sums and products, so that they agree to the last bit. */
const [rows, columns, groupCount, documentCount, vocabulary] = [600, 24, 12, 200, 40];
const spread = 0.5;

export interface ParityInput {
  points: Matrix;
  groups: number[];
  documents: string[][];
}

export function parityInput(): ParityInput {
  const random = seededRandom(20);
  // Nearly normal: the sum of four evenly distributed numbers, of mean 0.
  const bump = () => random() + random() + random() + random() - 2;
  const centres = Array.from({ length: groupCount * columns }, bump);
  const points = zeros(rows, columns);
  const groups = Array.from({ length: rows }, (_, row) => {
    const group = Math.floor(random() * groupCount);
    for (let column = 0; column < columns; column++) {
      points.values[row * columns + column] = centres[group * columns + column]! + spread * bump();
    }
    return group;
  });
  const documents = Array.from({ length: documentCount }, () => {
    const topic = Math.floor(random() * 8);
    return Array.from({ length: 4 + Math.floor(random() * 8) }, () => {
      const isCommon = random() < 0.4;
      const word = isCommon ? random() * random() * vocabulary : topic * 5 + random() * 5;
      return `w${Math.floor(word)}`;
    });
  });
  return { points: normalizeRows(points), groups, documents };
}
