import type { Utterance } from '../../../domain/utterance';
import type { Grouping } from '../groups';
import { centreOf, dot, selectRows, stackRows, type Matrix } from '../numeric/matrix';
import type { Unit } from '../units';

/** A grouping that may say how well each topic holds when the data change a little, 0–1. */
export type MeasuredGrouping = Grouping & { stabilities?: readonly number[] };

/** So many examples stand for an intent when something is compared with it. */
export const comparedExamples = 60;

/** What all descriptions look at. */
export class Context {
  /** Units that are known to belong to each intent. */
  readonly unitsByIntent: ReadonlyMap<string, readonly number[]>;
  /** The centre of the units of each intent. */
  readonly intentCentres: ReadonlyMap<string, Matrix>;
  /** The centre of each topic. */
  readonly topicCentres: readonly Matrix[];
  /** The centres of the intents, in the order of `intentCentres`, and after them those of the topics. */
  readonly allCentres: Matrix;
  private readonly examples = new Map<string, Matrix>();

  /** @param points one row of length 1 for each unit */
  constructor(
    readonly utterances: readonly Utterance[],
    readonly units: readonly Unit[],
    readonly points: Matrix,
    readonly grouping: MeasuredGrouping,
    readonly seed: number,
  ) {
    const byIntent = new Map<string, number[]>();
    units.forEach((unit, index) => {
      if (unit.intent === null) return;
      const rows = byIntent.get(unit.intent);
      if (rows) rows.push(index);
      else byIntent.set(unit.intent, [index]);
    });
    this.unitsByIntent = new Map([...byIntent].sort((a, b) => (a[0] < b[0] ? -1 : 1)));
    this.intentCentres = new Map(
      [...this.unitsByIntent].map(([intent, rows]) => [intent, centreOf(points, rows)]),
    );
    this.topicCentres = grouping.topics.map((topic) => centreOf(points, topic));
    this.allCentres = stackRows([...this.intentCentres.values(), ...this.topicCentres], points.columns);
  }

  /** Points of examples that stand for an intent when others are compared with it. */
  examplesOf(intent: string): Matrix {
    let examples = this.examples.get(intent);
    if (examples === undefined) {
      examples = selectRows(this.points, evenly(this.unitsByIntent.get(intent)!, comparedExamples));
      this.examples.set(intent, examples);
    }
    return examples;
  }

  /** Cosine of a unit and a centre, not below 0. */
  similarity(unit: number, centre: Matrix): number {
    return toShare(dot(this.points, unit, centre, 0));
  }

  /** Units, the most typical first. */
  byTypicality(rows: readonly number[], centre: Matrix): number[] {
    return rows
      .map((unit) => ({ unit, closeness: dot(this.points, unit, centre, 0) }))
      .sort((a, b) => b.closeness - a.closeness || a.unit - b.unit)
      .map(({ unit }) => unit);
  }

  /** Mean cosine of units to their centre, 0–1. */
  cohesion(rows: readonly number[], centre: Matrix): number {
    return toShare(rows.reduce((sum, unit) => sum + this.similarity(unit, centre), 0) / rows.length);
  }

  /** The utterances of units, in the order of the units, the most frequent of each first. */
  members(rows: readonly number[]): Utterance[] {
    return rows.flatMap((unit) =>
      this.units[unit]!.members.map((member) => this.utterances[member]!).sort(
        (a, b) => b.count - a.count || (a.id < b.id ? -1 : 1),
      ),
    );
  }

  /** Interactions in which the utterances of a unit were said. */
  interactionsOf(unit: number): number {
    return this.units[unit]!.members.reduce((sum, member) => sum + this.utterances[member]!.count, 0);
  }
}

/** The sum of the utterances' counts. */
export function interactionsOf(utterances: readonly Utterance[]): number {
  return utterances.reduce((sum, utterance) => sum + utterance.count, 0);
}

/** Four decimals are all that anybody reads, and keep rounding differences out of the result. */
export function toShare(similarity: number): number {
  return Math.round(Math.min(Math.max(similarity, 0), 1) * 10_000) / 10_000;
}

/** At most so many items, evenly spaced over a list, the first one among them. */
export function evenly<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]!);
}
