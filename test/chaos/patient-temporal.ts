import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { connectClient } from '../../src/platform/temporal';

const callTimeoutMs = 4_000;
const pauseMs = 100;
/** A connection waits longer and longer between its attempts to come back; a new one is quicker. */
const trustedForMs = 2_000;

/** A Temporal client that outlives its server: every call gets a short deadline, and what fails for long a new connection. */
export class PatientTemporal {
  private client: Client | null = null;
  private connecting: Promise<Client> | null = null;
  private failingSinceMs: number | null = null;
  /** Closed at the end only: calls that are under way would break in ways that nobody can catch. */
  private readonly former: Client[] = [];

  /** One try. @throws whatever went wrong */
  async try<T>(call: (client: Client) => Promise<T>): Promise<T> {
    const client = this.client ?? (await this.connect());
    try {
      const answer = await client.withDeadline(Date.now() + callTimeoutMs, () => call(client));
      this.failingSinceMs = null;
      return answer;
    } catch (error) {
      this.failingSinceMs ??= Date.now();
      if (this.client === client && Date.now() - this.failingSinceMs > trustedForMs) {
        this.former.push(client);
        this.client = null;
        this.failingSinceMs = null;
      }
      throw error;
    }
  }

  /** Tries until it works. */
  async call<T>(call: (client: Client) => Promise<T>, signal: AbortSignal): Promise<T> {
    return patiently(() => this.try(call), signal);
  }

  async close(): Promise<void> {
    const all = [...this.former, ...(this.client ? [this.client] : [])];
    this.client = null;
    for (const { connection } of all) await connection.close().catch(() => undefined);
  }

  private async connect(): Promise<Client> {
    this.connecting ??= connectClient().finally(() => (this.connecting = null));
    return (this.client = await this.connecting);
  }
}

/** Repeats what may fail while servers are down. */
export async function patiently<T>(action: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await action();
    } catch {
      await sleep(pauseMs, undefined, { signal });
    }
  }
}
