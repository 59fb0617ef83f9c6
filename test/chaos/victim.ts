import { setTimeout as sleep } from 'node:timers/promises';

export const serverNames = ['worker', 'aws', 's3', 'temporal'] as const;
export type ServerName = (typeof serverNames)[number];
/** What is killed: a server, or the process of a data job. */
export type VictimName = ServerName | 'job';

interface RunningServer {
  pid: number;
  ended: Promise<string>;
  stop(): Promise<void>;
}

/** After a server that ended by itself; a supervisor would wait about as long. */
const supervisorDelayMs = 500;

/** A server that is killed and comes back at the same address. */
export class Victim {
  private server: RunningServer | null = null;
  private killed = false;
  private stopped = false;
  private coming: Promise<void> = Promise.resolve();
  /** How it ended, each time that nobody had killed it. */
  readonly endedByItself: string[] = [];

  /** @param launch starts it on its old data, at its old address, and waits until it answers */
  constructor(
    readonly name: ServerName,
    private readonly launch: () => Promise<RunningServer>,
  ) {}

  get pid(): number | null {
    return this.server?.pid ?? null;
  }

  /** Starts it, and from then on again whenever it ends. */
  async start(): Promise<void> {
    const server = await this.launch();
    this.server = server;
    this.killed = false;
    void server.ended.then((how) => {
      if (this.server !== server || this.killed || this.stopped) return;
      this.endedByItself.push(how);
      this.comeBack(server, supervisorDelayMs);
    });
  }

  /**
   * SIGKILL.
   * @param downMs time until it is started again
   * @returns the process that was killed; null when it was down already
   */
  kill(downMs: number): number | null {
    const { server } = this;
    if (server === null || this.stopped) return null;
    this.killed = true;
    process.kill(server.pid, 'SIGKILL');
    this.comeBack(server, downMs);
    return server.pid;
  }

  /** Resolves when it answers again after a kill. */
  async up(): Promise<void> {
    await this.coming;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.coming.catch(() => undefined);
    await this.server?.stop();
  }

  private comeBack(server: RunningServer, downMs: number): void {
    this.server = null;
    this.coming = (async () => {
      await server.stop();
      await sleep(downMs);
      if (!this.stopped) await this.start();
    })();
    // Whoever waits for it hears of a failure; nobody may be waiting.
    this.coming.catch(() => undefined);
  }
}
