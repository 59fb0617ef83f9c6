import type { NearestIntent } from '../../../domain/discovery';
import { centreOf, dot, rowOf, selectRows, type Matrix } from '../numeric/matrix';
import { quantile } from '../numeric/order-statistics';
import { rowProducts } from '../numeric/row-products';
import { comparedExamples, evenly, toShare, type Context } from './context';

/** So many members stand for a topic when it is compared. */
const comparedMembers = 30;
const bestCosines = 3;
/** Only intents with the nearest centres are compared phrase by phrase. */
const comparedIntents = 5;
/** Intents that it takes to say what is usual among them. */
const fewestIntents = 5;
/** This share of the bot's own intents is further from its nearest than what counts as a clash. */
const usualShare = 0.9;

/**
 * How close units come to others: the mean over them of their three best cosines (of fewer, where there are fewer).
 * @returns 0–1
 */
export function closeness(points: Matrix, from: readonly number[], to: readonly number[]): number {
  return closenessOf(
    selectRows(points, evenly(from, comparedMembers)),
    selectRows(points, evenly(to, comparedExamples)),
  );
}

function closenessOf(members: Matrix, examples: Matrix): number {
  const counted = Math.min(bestCosines, examples.rows);
  if (members.rows === 0 || counted === 0) return 0;
  const similarities = rowProducts(members, examples);
  let sum = 0;
  for (let member = 0; member < members.rows; member++) {
    for (const similarity of best(rowOf(similarities, member), counted)) {
      sum += Math.max(similarity, 0) / counted;
    }
  }
  return toShare(sum / members.rows);
}

/** The greatest of some numbers, the least of them first. */
function best(numbers: Float32Array, howMany: number): Float32Array {
  const found = new Float32Array(howMany).fill(-Infinity);
  for (const number of numbers) {
    if (!(number > found[0]!)) continue;
    let place = 0;
    for (; place + 1 < howMany && number > found[place + 1]!; place++) found[place] = found[place + 1]!;
    found[place] = number;
  }
  return found;
}

/** The intents whose centres lie nearest to a centre, nearest first. */
export function nearestCentres(context: Context, centre: Matrix, howMany: number): string[] {
  return [...context.intentCentres]
    .map(([intent, other]) => ({ intent, similarity: dot(centre, 0, other, 0) }))
    .sort((a, b) => b.similarity - a.similarity || (a.intent < b.intent ? -1 : 1))
    .slice(0, howMany)
    .map(({ intent }) => intent);
}

/**
 * The intent whose examples come closest to units.
 * @param except an intent that does not count
 */
export function nearestIntent(
  context: Context,
  rows: readonly number[],
  except: string | null = null,
): Omit<NearestIntent, 'clashes'> | null {
  const centre = centreOf(context.points, rows);
  const members = selectRows(context.points, evenly(rows, comparedMembers));
  let nearest: Omit<NearestIntent, 'clashes'> | null = null;
  for (const name of nearestCentres(context, centre, comparedIntents + 1)) {
    if (name === except) continue;
    const similarity = closenessOf(members, context.examplesOf(name));
    if (nearest === null || similarity > nearest.similarity) nearest = { name, similarity };
  }
  return nearest;
}

/**
 * The similarity from which two intents clash, measured on the bot's own: nine in ten of them are further from their
 * nearest than this. It differs from bot to bot and from embedder to embedder.
 * @returns null where the bot has too few intents to tell
 */
export function clashSimilarity(context: Context): number | null {
  const similarities = [...context.unitsByIntent].flatMap(
    ([intent, rows]) => nearestIntent(context, rows, intent)?.similarity ?? [],
  );
  return similarities.length < fewestIntents ? null : quantile(similarities, usualShare)!;
}
