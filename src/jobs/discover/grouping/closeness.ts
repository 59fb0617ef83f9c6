import { dot, rowOf, selectRows, zeros, type Matrix } from '../numeric/matrix';
import { quantile } from '../numeric/order-statistics';
import { learnMetric, sizesOf } from './metric';
import { sampleEvenly } from './sample';

/** Of more known units than this only so many, evenly over the groups, are measured. */
const mostMeasured = 6_000;

/** Cosines of known units with the centre of the other units of their group. */
export interface Closeness {
  /** As close as all but this share of the known units: see `strayShare`. */
  least: number;
  usual: number;
}

/** This share of the known units counts as strays. */
const strayShare = 0.03;
/** And so does what is less close than this part of what is usual: of few units none need be a stray. */
const leastPart = 0.25;

/**
 * How close units of one group are in a learned metric when the metric has not seen them: it is learned from one half
 * of each group and measured on the other. Units that the metric has seen lie closer than any new ones ever will.
 * Without a group of two halves nothing is known: then nothing is too far.
 */
export function measureCloseness(points: Matrix, groups: Int32Array, groupCount: number): Closeness {
  const { rows, isSeen } = divideKnown(groups, groupCount);
  const own = Int32Array.from(rows, (row) => groups[row]!);
  const seen = own.map((group, index) => (isSeen[index] ? group : -1));
  const metric = learnMetric(selectRows(points, rows), seen, groupCount);
  const sums = zeros(groupCount, points.columns);
  own.forEach((group, index) => {
    const sum = rowOf(sums, group);
    rowOf(metric, index).forEach((value, column) => (sum[column]! += value));
  });
  const sizes = sizesOf(own, groupCount);
  const cosines = [...own.keys()].flatMap((index) => {
    const group = own[index]!;
    return isSeen[index] || sizes[group]! < 2 ? [] : [cosineWithOthers(metric, index, sums, group)];
  });
  const usual = quantile(cosines, 0.5);
  if (usual === undefined) return { least: -Infinity, usual: 0 };
  return { least: Math.max(quantile(cosines, strayShare)!, leastPart * usual), usual };
}

function cosineWithOthers(metric: Matrix, row: number, sums: Matrix, group: number): number {
  const withOthers = dot(metric, row, sums, group) - dot(metric, row, metric, row);
  const length =
    dot(sums, group, sums, group) - 2 * dot(metric, row, sums, group) + dot(metric, row, metric, row);
  return length > 0 ? withOthers / Math.sqrt(length) : 0;
}

/** Known rows, and whether each is in the half of its group that is seen. */
function divideKnown(groups: Int32Array, groupCount: number): { rows: number[]; isSeen: boolean[] } {
  const rows = sampleEvenly(groups, groupCount, mostMeasured);
  const counts = new Int32Array(groupCount);
  return { rows, isSeen: rows.map((row) => counts[groups[row]!]!++ % 2 === 0) };
}
