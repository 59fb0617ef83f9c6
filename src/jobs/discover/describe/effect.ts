import type { NeighbourEffect, ProposalEffect, Traffic } from '../../../domain/discovery';
import { pairedDifferenceLowerBound, wilsonInterval } from '../../../domain/metrics';
import type { Utterance } from '../../../domain/utterance';
import { centreOf, dot, rowOf, selectRows, stackRows, zeros, type Matrix } from '../numeric/matrix';
import { rowProducts } from '../numeric/row-products';
import { nearestCentres } from './closeness';
import { evenly, interactionsOf, toShare, type Context } from './context';

const folds = 5;
/** So many phrases stand for an intent or a topic. */
const mostPhrases = 60;
const comparedNeighbours = 8;
const shownNeighbours = 3;

/** A known example with what the known intents make of it when it is held out. */
interface HeldOut {
  unit: number;
  fold: number;
  intent: number;
  predicted: number;
  /** Cosine to the centre of the predicted intent. */
  score: number;
}

/**
 * What accepting one topic would probably do, estimated by a nearest-centre classifier on the embeddings (Rocchio; in
 * the spirit of nearest class means, Mensink et al. 2013): five times a fifth of each intent's examples, and of the
 * topic's own phrases, is held out and goes to the nearest centre of the rest. The bot's own engine is another one, so
 * this orders proposals and warns; it promises nothing.
 */
export class EffectEstimator {
  private readonly intents: string[];
  /** For each fold the centre of each intent without that fold, one row each. */
  private readonly centres: Matrix[];
  /** The centre of each topic, one row each. */
  private readonly topics: Matrix;
  private readonly heldOut: HeldOut[];
  private readonly examplesOf: number[];

  constructor(
    private readonly context: Context,
    private readonly traffic: Traffic,
  ) {
    this.intents = [...context.unitsByIntent.keys()];
    const examples = this.intents.map((intent) => this.examplesFor(intent));
    this.centres = byFold((fold) =>
      stackRows(
        examples.map((rows) => this.centreWithout(rows, fold)),
        context.points.columns,
      ),
    );
    this.topics = stackRows(context.topicCentres, context.points.columns);
    this.heldOut = examples.flatMap((rows, intent) => {
      if (rows.length < 2) return [];
      const nearest = this.nearestOf(rows);
      return rows.map((unit, position) => {
        const { index, score } = nearest[position]!;
        return { unit, fold: position % folds, intent, predicted: index, score };
      });
    });
    this.examplesOf = this.intents.map(
      (_, intent) => this.heldOut.filter((one) => one.intent === intent).length,
    );
  }

  /** @param typical the topic's units, most typical first */
  estimate(topic: number, typical: readonly number[], members: readonly Utterance[]): ProposalEffect {
    const phrases = evenly(typical, mostPhrases);
    const centres = byFold((fold) => this.centreWithout(phrases, fold));
    const nearest = this.nearestOf(phrases, topic);
    const ownPredictions = phrases.map((unit, position) => {
      const own = dot(this.context.points, unit, centres[position % folds]!, 0);
      const { index, score } = nearest[position]!;
      return score >= own ? index : null;
    });
    const hasRivals = this.context.allCentres.rows > 1;
    const recognised = ownPredictions.filter((prediction) => prediction === null).length;
    const own = hasRivals && phrases.length >= 2 ? ownRecall(recognised, phrases.length) : null;
    const missed = interactionsOf(members.filter(({ outcome }) => outcome === 'missed'));
    const share = this.traffic.missed === 0 ? 0 : missed / this.traffic.missed;
    return {
      fallback: {
        interactions: missed,
        share: toShare(share),
        likelyShare: toShare(own === null ? share : (share * own.recognised) / own.phrases),
      },
      own,
      neighbours: this.neighbours(topic, centres, ownPredictions),
    };
  }

  private neighbours(
    topic: number,
    centres: readonly Matrix[],
    ownPredictions: readonly (number | null)[],
  ): NeighbourEffect[] {
    const { points, topicCentres } = this.context;
    const isTaken = ({ unit, fold, score }: HeldOut) => dot(points, unit, centres[fold]!, 0) > score;
    const effects = nearestCentres(this.context, topicCentres[topic]!, comparedNeighbours).flatMap((name) => {
      const intent = this.intents.indexOf(name);
      const examples = this.examplesOf[intent]!;
      if (examples === 0) return [];
      const count = { right: 0, lost: 0, wrong: 0, wrongAfter: 0 };
      for (const one of this.heldOut) {
        if (one.predicted !== intent) continue;
        if (one.intent === intent) {
          count.right++;
          if (isTaken(one)) count.lost++;
        } else {
          count.wrong++;
          if (!isTaken(one)) count.wrongAfter++;
        }
      }
      const swallowed = ownPredictions.filter((prediction) => prediction === intent).length;
      return {
        intent: name,
        examples,
        f1Before: f1(count.right, count.wrong, examples),
        f1After: f1(count.right - count.lost, count.wrongAfter + swallowed, examples),
        examplesLost: count.lost,
        worstRecallChange: -toShare(-pairedDifferenceLowerBound(0, count.lost, examples)),
      };
    });
    // The order of nearness decides between those that lose the same.
    return effects
      .sort((a, b) => a.f1After - a.f1Before - (b.f1After - b.f1Before))
      .slice(0, shownNeighbours);
  }

  /** The bot's own examples; where it has none of an intent, what it understood as that intent. */
  private examplesFor(intent: string): number[] {
    const rows = this.context.unitsByIntent.get(intent)!;
    const inTraining = rows.filter((unit) => this.context.units[unit]!.inTraining);
    return evenly(inTraining.length > 0 ? inTraining : rows, mostPhrases);
  }

  /** The centre of rows without those of one fold; without any where nothing is left. */
  private centreWithout(rows: readonly number[], fold: number): Matrix {
    const rest = rows.filter((_, position) => position % folds !== fold);
    return rest.length > 0 ? centreOf(this.context.points, rest) : zeros(1, this.context.points.columns);
  }

  /**
   * The nearest centre to each of some units, of which the first is in the first fold, the second in the second, and so
   * on: of the intents without that fold and, for the units of a topic, of the other topics, which compete too: a
   * person may accept all of them. They are numbered after the intents.
   */
  private nearestOf(units: readonly number[], topic?: number): { index: number; score: number }[] {
    const { points } = this.context;
    const rivals = topic === undefined ? null : rowProducts(selectRows(points, units), this.topics);
    const result = new Array<{ index: number; score: number }>(units.length);
    this.centres.forEach((centres, fold) => {
      const positions = [...units.keys()].filter((position) => position % folds === fold);
      const rows = positions.map((position) => units[position]!);
      const similarities = rowProducts(selectRows(points, rows), centres);
      positions.forEach((position, row) => {
        let [index, score] = [-1, -Infinity];
        rowOf(similarities, row).forEach((similarity, intent) => {
          if (similarity > score) [index, score] = [intent, similarity];
        });
        if (rivals !== null) {
          rowOf(rivals, position).forEach((similarity, other) => {
            if (other !== topic && similarity > score) {
              [index, score] = [this.intents.length + other, similarity];
            }
          });
        }
        result[position] = { index, score };
      });
    });
    return result;
  }
}

function byFold<T>(make: (fold: number) => T): T[] {
  return Array.from({ length: folds }, (_, fold) => make(fold));
}

function ownRecall(recognised: number, phrases: number): NonNullable<ProposalEffect['own']> {
  const { lower, upper } = wilsonInterval(recognised, phrases);
  return { phrases, recognised, lower: toShare(lower), upper: toShare(upper) };
}

function f1(right: number, wrong: number, examples: number): number {
  return right === 0 ? 0 : toShare((2 * right) / (right + wrong + examples));
}
