import type { NearProposal, SuggestedMerge } from '../../../domain/discovery';
import { rowOf, stackRows } from '../numeric/matrix';
import { rowProducts } from '../numeric/row-products';
import { closeness } from './closeness';
import { toShare, type Context } from './context';

/** Each topic is compared phrase by phrase only with so many whose centres lie nearest. */
const comparedTopics = 5;
/** So many of them are told of each proposal. */
const mostNear = 3;

/** Two topics that were compared. */
interface Pair {
  /** Topics by number, the one with more interactions first. */
  topics: [number, number];
  /** 0–1 */
  similarity: number;
}

/** Which topics could be one. */
export interface Neighbourhood {
  /** The closest pair first. */
  suggestedMerges: SuggestedMerge[];
  /** By topic, the nearest first. */
  near: NearProposal[][];
}

/**
 * What lies near each topic; and pairs that are closer to each other than the bot's own intents are as a rule: perhaps
 * one and the same.
 * @param ids of the topics
 * @param clash similarity from which two intents clash; null where nothing says what is close
 */
export function neighbourhoodOf(
  context: Context,
  ids: readonly string[],
  clash: number | null,
): Neighbourhood {
  const pairs = comparePairs(context).sort(
    (x, y) => y.similarity - x.similarity || (ids[x.topics[0]]! < ids[y.topics[0]]! ? -1 : 1),
  );
  const near: NearProposal[][] = ids.map(() => []);
  for (const { topics, similarity } of pairs) {
    const [one, other] = topics;
    if (near[one]!.length < mostNear) near[one]!.push({ proposal: ids[other]!, similarity });
    if (near[other]!.length < mostNear) near[other]!.push({ proposal: ids[one]!, similarity });
  }
  return {
    suggestedMerges: pairs
      .filter(({ similarity }) => clash !== null && similarity >= clash)
      .map(({ topics: [one, other], similarity }) => ({ proposals: [ids[one]!, ids[other]!], similarity })),
    near,
  };
}

function comparePairs(context: Context): Pair[] {
  const { points } = context;
  const { topics } = context.grouping;
  const interactions = topics.map((topic) =>
    topic.reduce((sum, unit) => sum + context.interactionsOf(unit), 0),
  );
  const near = nearestTopics(context);
  return topics.flatMap((one, a) =>
    near[a]! // A pair that each finds near is looked at once.
      .filter((b) => a < b || !near[b]!.includes(a))
      .map((b): Pair => {
        const other = topics[b]!;
        return {
          topics: interactions[a]! >= interactions[b]! ? [a, b] : [b, a],
          similarity: toShare((closeness(points, one, other) + closeness(points, other, one)) / 2),
        };
      }),
  );
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
