import { seededRandom } from '../../../../domain/random';
import { shuffle } from './random';
import { type SparseMatrix, type SparseVector } from './sparse';

/** One linear separator a class, each against all the others. Plain data. */
export interface LinearModel {
  classes: number;
  /** Row by feature, column by class: what one feature says of every class lies together. */
  weights: Float32Array;
  bias: Float32Array;
}

/** Penalty of a margin that is missed: scikit-learn's `C`. */
const penalty = 1;
/** Passes over the data end when no projected gradient is farther from 0 than this, or after so many passes. */
const tolerance = 0.1;
const mostPasses = 60;

/**
 * Trains linear support vector machines, one against the rest, with the squared hinge loss.
 * @param labels class of each row, from 0
 */
export function trainLinearSvm(
  data: SparseMatrix,
  labels: Int32Array,
  classes: number,
  seed: number,
): LinearModel {
  const weights = new Float32Array(data.columns * classes);
  const bias = new Float32Array(classes);
  const curvature = diagonal(data);
  for (let target = 0; target < classes; target++) {
    const separator = separate(data, labels, target, curvature, seed + target);
    for (let column = 0; column < data.columns; column++)
      weights[column * classes + target] = separator[column]!;
    bias[target] = separator[data.columns]!;
  }
  return { classes, weights, bias };
}

/** How far the vector lies on each class's side: the distance counts in margins, 1 being a clear yes. */
export function marginsOf(model: LinearModel, vector: SparseVector): Float64Array {
  const margins = Float64Array.from(model.bias);
  for (let i = 0; i < vector.indices.length; i++) {
    const row = vector.indices[i]! * model.classes;
    const value = vector.values[i]!;
    for (let k = 0; k < model.classes; k++) margins[k]! += value * model.weights[row + k]!;
  }
  return margins;
}

/** Diagonal of the dual problem: squared length with the constant feature of the bias, and 1 / 2C. */
function diagonal(data: SparseMatrix): Float64Array {
  const curvature = new Float64Array(data.rows);
  for (let row = 0; row < data.rows; row++) {
    let squares = 1;
    for (let i = data.offsets[row]!; i < data.offsets[row + 1]!; i++) squares += data.values[i]! ** 2;
    curvature[row] = squares + 1 / (2 * penalty);
  }
  return curvature;
}

/**
 * Dual coordinate descent with shrinking for the L2-regularised squared hinge loss (Hsieh, Chang, Lin, Keerthi,
 * Sundararajan: A Dual Coordinate Descent Method for Large-scale Linear SVM, ICML 2008, algorithm 3).
 * @returns the weights, the bias behind them
 */
function separate(
  data: SparseMatrix,
  labels: Int32Array,
  target: number,
  curvature: Float64Array,
  seed: number,
): Float64Array {
  const { rows, columns, offsets, indices, values } = data;
  const random = seededRandom(seed);
  const weights = new Float64Array(columns + 1);
  const alpha = new Float64Array(rows);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const softening = 1 / (2 * penalty);
  let active = rows;
  let shrinkAbove = Infinity;

  for (let pass = 0; pass < mostPasses; pass++) {
    let highest = -Infinity;
    let lowest = Infinity;
    shuffle(order, random, active);
    for (let position = 0; position < active; position++) {
      const row = order[position]!;
      const side = labels[row] === target ? 1 : -1;
      const from = offsets[row]!;
      const to = offsets[row + 1]!;
      let product = weights[columns]!;
      for (let i = from; i < to; i++) product += weights[indices[i]!]! * values[i]!;
      const gradient = side * product - 1 + softening * alpha[row]!;

      let projected = gradient;
      if (alpha[row] === 0) {
        if (gradient > shrinkAbove) {
          active--;
          order[position] = order[active]!;
          order[active] = row;
          position--;
          continue;
        }
        projected = Math.min(gradient, 0);
      }
      highest = Math.max(highest, projected);
      lowest = Math.min(lowest, projected);
      if (Math.abs(projected) < 1e-12) continue;

      const before = alpha[row]!;
      const after = Math.max(before - gradient / curvature[row]!, 0);
      alpha[row] = after;
      const step = (after - before) * side;
      for (let i = from; i < to; i++) weights[indices[i]!]! += step * values[i]!;
      weights[columns]! += step;
    }
    if (highest - lowest <= tolerance) {
      if (active === rows) break;
      // Converged on what is left: look once more at all that was set aside.
      active = rows;
      shrinkAbove = Infinity;
    } else {
      shrinkAbove = highest <= 0 ? Infinity : highest;
    }
  }
  return weights;
}
