import { stageNames, type StageName } from '../../src/domain/cycle';
import { shuffled } from '../../src/domain/random';
import { serverNames, type VictimName } from './victim';

/** Requests after which a crash hurts most: something has begun outside, and nobody may have heard of it. */
export const criticalOperations = [
  'StartImport',
  'BuildBotLocale',
  'CreateBotVersion',
  'UpdateBotAlias',
  'SubmitJob',
  'Publish',
] as const;

/** When to kill: in a stage, just after a request was taken, or so long after the cycle's start. */
export type Moment =
  | { kind: 'stage'; stage: StageName; delayMs: number }
  | { kind: 'request'; operation: (typeof criticalOperations)[number]; delayMs: number }
  | { kind: 'time'; delayMs: number };

export interface Aim {
  victim: VictimName;
  moment: Moment;
  /** How long a server stays down. */
  downMs: number;
}

const aimedPerCycle = 2;
/** Stages in which something goes on outside long enough to be hit later than at once. */
const longStages = new Set<StageName>(['prepare', 'discover', 'review', 'train', 'evaluate', 'promote']);
const longestDelayMs = { longStage: 900, shortStage: 40, request: 12, cycle: 12_000 };
const downMs = { shortest: 100, longest: 2_000 };

/** Draws from a seed what is killed when: every stage and every critical request with every victim, then again. */
export class KillPlan {
  private deck: Aim[] = [];

  constructor(private readonly random: () => number) {}

  /** The kills of the next cycle. */
  draw(): Aim[] {
    const aims: Aim[] = [];
    for (let count = 0; count < aimedPerCycle; count++) {
      if (this.deck.length === 0) this.deck = this.shuffledDeck();
      aims.push(this.deck.pop()!);
    }
    const victim = serverNames[Math.floor(this.random() * serverNames.length)]!;
    aims.push(this.aim(victim, { kind: 'time', delayMs: this.below(longestDelayMs.cycle) }));
    return aims;
  }

  /** Takes back what there was no occasion for, to be tried in a later cycle. */
  giveBack(aims: readonly Aim[]): void {
    this.deck.unshift(...aims.filter(({ moment }) => moment.kind !== 'time'));
  }

  private shuffledDeck(): Aim[] {
    const inStages = stageNames.flatMap((stage) => {
      const victims: VictimName[] =
        stage === 'prepare' || stage === 'discover' ? [...serverNames, 'job'] : [...serverNames];
      const longest = longStages.has(stage) ? longestDelayMs.longStage : longestDelayMs.shortStage;
      return victims.map((victim) =>
        this.aim(victim, { kind: 'stage', stage, delayMs: this.below(longest) }),
      );
    });
    const afterRequests = criticalOperations.flatMap((operation) =>
      (['worker', 'aws', 'temporal'] as const).map((victim) =>
        this.aim(victim, { kind: 'request', operation, delayMs: this.below(longestDelayMs.request) }),
      ),
    );
    return shuffled([...inStages, ...afterRequests], this.random);
  }

  private aim(victim: VictimName, moment: Moment): Aim {
    const span = downMs.longest - downMs.shortest;
    return { victim, moment, downMs: downMs.shortest + this.below(span) };
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
}
