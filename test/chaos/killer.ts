import { setTimeout as sleep } from 'node:timers/promises';
import type { StageName } from '../../src/domain/cycle';
import { jobProcesses } from './job-processes';
import { JournalTail } from './journal-tail';
import type { Aim } from './kill-plan';
import type { VictimName } from './victim';
import type { World } from './world';

const lookMs = 5;

/** A kill that was done. */
export interface Kill {
  cycle: number;
  victim: VictimName;
  /** Milliseconds since 1970. */
  atMs: number;
  pid: number;
  aim: Aim;
}

/** Kills what a cycle's aims name, when their moments come. */
export class Killer {
  readonly kills: Kill[] = [];
  private waiting: Aim[] = [];

  constructor(private readonly world: World) {}

  /**
   * Watches a cycle until the signal ends it.
   * @param stage the stage that runs, as far as is known
   * @returns the aims for which there was no occasion
   */
  async watch(
    cycle: number,
    aims: readonly Aim[],
    stage: () => StageName | null,
    over: AbortSignal,
  ): Promise<Aim[]> {
    const startedMs = Date.now();
    const journal = new JournalTail(this.world.awsFolder);
    this.waiting = [...aims];
    while (!over.aborted && this.waiting.length > 0) {
      const requests = new Set(
        journal.next().flatMap(({ operation, status }) => (status < 300 ? [operation] : [])),
      );
      const current = stage();
      const due = this.waiting.filter(({ moment }) => {
        switch (moment.kind) {
          case 'stage':
            return moment.stage === current;
          case 'request':
            // Before the promotion, only aliases of the evaluation are pointed somewhere.
            return (
              requests.has(moment.operation) &&
              (moment.operation !== 'UpdateBotAlias' || current === 'promote')
            );
          case 'time':
            return Date.now() - startedMs >= moment.delayMs;
        }
      });
      for (const aim of due) {
        this.waiting = this.waiting.filter((other) => other !== aim);
        void this.fire(cycle, aim, over);
      }
      await sleep(lookMs);
    }
    return this.waiting;
  }

  private async fire(cycle: number, aim: Aim, over: AbortSignal): Promise<void> {
    const { victim, moment, downMs } = aim;
    if (moment.kind !== 'time') await sleep(moment.delayMs);
    const pid = victim === 'job' ? await this.killJob(over) : this.world.victims[victim].kill(downMs);
    if (pid === null) this.waiting.push(aim);
    else this.kills.push({ cycle, victim, atMs: Date.now(), pid, aim });
  }

  /** Waits for a job's process and kills it. */
  private async killJob(over: AbortSignal): Promise<number | null> {
    for (;;) {
      const [pid] = jobProcesses(String(process.env['AWS_ENDPOINT_URL_S3']));
      if (pid !== undefined) {
        process.kill(pid, 'SIGKILL');
        return pid;
      }
      if (over.aborted) return null;
      await sleep(lookMs * 4);
    }
  }
}
