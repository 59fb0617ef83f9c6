import type { BorderlinePhrase } from '../../../domain/discovery';
import { dot } from '../numeric/matrix';
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
  const { points, intentCentres, topicCentres } = context;
  const others = [
    ...[...intentCentres].map(([near, centre]) => ({ near, centre })),
    ...topicCentres.flatMap((centre, other) =>
      other === topic ? [] : [{ near: nameOfTopic(other), centre }],
    ),
  ];
  if (others.length === 0) return [];
  const doubtful = typical.slice(-edgeMembers).map((unit) => {
    let [near, best] = ['', -Infinity];
    for (const other of others) {
      const similarity = dot(points, unit, other.centre, 0);
      if (similarity > best) [near, best] = [other.near, similarity];
    }
    return { unit, near, margin: dot(points, unit, topicCentres[topic]!, 0) - best };
  });
  // What is as sure as the typical member is no edge, however small the topic.
  const typicalMargin = doubtful.map(({ margin }) => margin).sort((a, b) => a - b)[doubtful.length >> 1]!;
  return doubtful
    .filter(({ margin }) => margin < typicalMargin)
    .sort((a, b) => a.margin - b.margin || a.unit - b.unit)
    .slice(0, mostBorderline)
    .map(({ unit, near }) => ({ text: context.units[unit]!.text, near }));
}
