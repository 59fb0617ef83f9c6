import type { BorderlinePhrase } from '../../../domain/discovery';
import { dot, rowOf, selectRows } from '../numeric/matrix';
import { rowProducts } from '../numeric/row-products';
import type { Context } from './context';

const mostRepresentatives = 8;
const mostBorderline = 5;
/** Phrases closer to each other than this say the same to a reader: one of them is shown. */
const sameToAReader = 0.95;
/** Only so many of the least typical members are compared with everything else. */
const edgeMembers = 50;

/**
 * Phrases that show what units are about: of the most typical half those that are said most, which are also those
 * that are spelt well; what says nearly the same as one of them makes room for another as long as there is one.
 * @param typical units, most typical first
 */
export function representativesOf(context: Context, typical: readonly number[]): string[] {
  const core = typical.slice(0, Math.max(Math.ceil(typical.length / 2), mostRepresentatives));
  const rank = new Map(core.map((unit, index) => [unit, index]));
  const bySaid = [...core].sort(
    (a, b) => context.interactionsOf(b) - context.interactionsOf(a) || rank.get(a)! - rank.get(b)!,
  );
  const chosen: number[] = [];
  const repeated: number[] = [];
  for (const unit of bySaid) {
    const isRepeated = chosen.some(
      (other) => dot(context.points, unit, context.points, other) >= sameToAReader,
    );
    (isRepeated ? repeated : chosen).push(unit);
    if (chosen.length === mostRepresentatives) break;
  }
  return [...chosen, ...repeated].slice(0, mostRepresentatives).map((unit) => context.units[unit]!.text);
}

/**
 * Members of a topic that lie about as near to another intent or topic as to their own: those with the smallest
 * margin between the two cosines, the most doubtful first. A person looks at these before accepting.
 * @param typical the topic's units, most typical first
 * @param nameOfTopic how another topic is referred to
 */
export function borderlineOf(
  context: Context,
  topic: number,
  typical: readonly number[],
  nameOfTopic: (topic: number) => string,
): BorderlinePhrase[] {
  const { points, intentCentres, allCentres } = context;
  const intents = [...intentCentres.keys()];
  const own = intents.length + topic;
  if (allCentres.rows < 2) return [];
  const edge = typical.slice(-edgeMembers);
  const similarities = rowProducts(selectRows(points, edge), allCentres);
  const doubtful = edge.map((unit, row) => {
    const cosines = rowOf(similarities, row);
    let [nearest, best] = [-1, -Infinity];
    cosines.forEach((similarity, centre) => {
      if (centre !== own && similarity > best) [nearest, best] = [centre, similarity];
    });
    const near = nearest < intents.length ? intents[nearest]! : nameOfTopic(nearest - intents.length);
    return { unit, near, margin: cosines[own]! - best };
  });
  // What is as sure as the typical member is no edge, however small the topic.
  const typicalMargin = doubtful.map(({ margin }) => margin).sort((a, b) => a - b)[doubtful.length >> 1]!;
  return doubtful
    .filter(({ margin }) => margin < typicalMargin)
    .sort((a, b) => a.margin - b.margin || a.unit - b.unit)
    .slice(0, mostBorderline)
    .map(({ unit, near }) => ({ text: context.units[unit]!.text, near }));
}
