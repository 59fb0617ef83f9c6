import type { SuggestedMerge } from '../../../domain/discovery';
import { rowOf, stackRows } from '../numeric/matrix';
import { rowProducts } from '../numeric/row-products';
import { closeness } from './closeness';
import { toShare, type Context } from './context';

/** Each topic is compared phrase by phrase only with so many whose centres lie nearest. */
const comparedTopics = 5;

/**
 * Pairs of topics that are closer to each other than the bot's own intents are as a rule: perhaps one and the same.
 * @param ids of the topics
 * @param clash similarity from which two intents clash; null where nothing says what is close
 * @returns the closest pair first; of each the one with more interactions first
 */
export function suggestMerges(
  context: Context,
  ids: readonly string[],
  clash: number | null,
): SuggestedMerge[] {
  if (clash === null) return [];
  const { points } = context;
  const { topics } = context.grouping;
  const interactions = topics.map((topic) =>
    topic.reduce((sum, unit) => sum + context.interactionsOf(unit), 0),
  );
  const near = nearestTopics(context);
  const merges: SuggestedMerge[] = [];
  topics.forEach((one, a) => {
    for (const b of near[a]!) {
      // A pair that each finds near is looked at once.
      if (b < a && near[b]!.includes(a)) continue;
      const other = topics[b]!;
      const similarity = toShare((closeness(points, one, other) + closeness(points, other, one)) / 2);
      const [first, second] = interactions[a]! >= interactions[b]! ? [a, b] : [b, a];
      if (similarity >= clash) merges.push({ proposals: [ids[first]!, ids[second]!], similarity });
    }
  });
  return merges.sort((x, y) => y.similarity - x.similarity || (x.proposals[0] < y.proposals[0] ? -1 : 1));
}

/** For each topic those whose centres lie nearest, the nearest first. */
function nearestTopics({ topicCentres, points }: Context): number[][] {
  const centres = stackRows(topicCentres, points.columns);
  const similarities = rowProducts(centres, centres);
  return topicCentres.map((_, topic) => {
    const own = rowOf(similarities, topic);
    return Array.from(own.keys())
      .filter((other) => other !== topic)
      .sort((a, b) => own[b]! - own[a]! || a - b)
      .slice(0, comparedTopics);
  });
}
