import type { LabelledUtterance, Utterance } from '../../../../src/domain/utterance';
import { Context } from '../../../../src/jobs/discover/describe/context';
import type { UnitFate } from '../../../../src/jobs/discover/groups';
import { normalizeRows, type Matrix } from '../../../../src/jobs/discover/numeric/matrix';
import type { Unit } from '../../../../src/jobs/discover/units';
import { anUtterance } from '../utterances';

/** A phrase at a place: an example of an intent, a member of a topic, or noise. */
export interface Placed {
  at: number[];
  /** A name for what the bot knows, a number for a topic, null for noise. */
  of: string | number | null;
  utterance?: Partial<Utterance>;
}

/** A context whose points are given rather than embedded, so that cosines can be worked out by hand. */
export function contextOf(placed: readonly Placed[]): Context {
  const utterances: Utterance[] = [];
  const known: LabelledUtterance[] = [];
  const units = placed.map(({ of, utterance }, index): Unit => {
    const text = `phrase ${index}`;
    const unit = { text, members: [] as number[], intent: null, inTraining: false, rejected: false };
    if (typeof of === 'string') {
      known.push({ text, intent: of });
      return { ...unit, intent: of, inTraining: true };
    }
    utterances.push(anUtterance(text, { id: `u${index}`, ...utterance }));
    return { ...unit, members: [utterances.length - 1] };
  });
  const topicCount = 1 + Math.max(-1, ...placed.map(({ of }) => (typeof of === 'number' ? of : -1)));
  const topics = Array.from({ length: topicCount }, (_, topic) =>
    placed.flatMap(({ of }, index) => (of === topic ? [index] : [])),
  );
  const fates = placed.map(({ of }): UnitFate => {
    if (typeof of === 'string') return { kind: 'intent', intent: of };
    return of === null ? { kind: 'noise' } : { kind: 'topic', topic: of };
  });
  const grouping = {
    fates,
    topics,
    stabilities: topics.map(() => 1),
    neighbourIntents: placed.map(() => null),
    isSupported: placed.map(() => false),
    divided: placed.length,
  };
  return new Context(utterances, units, pointsOf(placed.map(({ at }) => at)), grouping, 1);
}

function pointsOf(rows: readonly number[][]): Matrix {
  const columns = rows[0]?.length ?? 1;
  return normalizeRows({ rows: rows.length, columns, values: Float32Array.from(rows.flat()) });
}
