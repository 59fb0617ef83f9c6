import { normalizeRows, zeros, type Matrix } from '../../../../src/jobs/discover/numeric/matrix';
import { gaussian, seededRandom } from '../../../../src/jobs/discover/numeric/random';

/** Points on the sphere around centres, and the centre of each. */
export interface Mixture {
  points: Matrix;
  groups: Int32Array;
}

/**
 * Gaussians around centres drawn by chance, on the sphere; like those of sentence encoders, the directions differ in
 * their variance: that of direction k is proportional to 1 / (k + 1).
 * @param spread length of the deviations from a centre, where the centres' own is 1
 */
export function gaussianMixture(
  size: { rows: number; columns: number; groups: number },
  spread: number,
  seed: number,
): Mixture {
  const random = seededRandom(seed);
  const draw = gaussian(random);
  const deviations = Float64Array.from({ length: size.columns }, (_, column) => 1 / Math.sqrt(column + 1));
  const length = Math.hypot(...deviations);
  const centres = zeros(size.groups, size.columns);
  for (let index = 0; index < centres.values.length; index++) {
    centres.values[index] = (draw() * deviations[index % size.columns]!) / length;
  }
  const points = zeros(size.rows, size.columns);
  const groups = Int32Array.from({ length: size.rows }, () => Math.floor(random() * size.groups));
  for (let row = 0, index = 0; row < size.rows; row++) {
    const centre = groups[row]! * size.columns;
    for (let column = 0; column < size.columns; column++, index++) {
      points.values[index] =
        centres.values[centre + column]! + (spread * draw() * deviations[column]!) / length;
    }
  }
  return { points: normalizeRows(points), groups };
}
