import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { connectClient } from '../../src/platform/temporal';

const callTimeoutMs = 3_000;
const pauseMs = 100;

/** A Temporal client that outlives its server: every call gets a short deadline, and a new connection after a failure. */
export class PatientTemporal {
  private client: Client | null = null;

  /** One try. @throws whatever went wrong; the next call connects anew */
  async try<T>(call: (client: Client) => Promise<T>): Promise<T> {
    const client = (this.client ??= await connectClient());
    try {
      return await client.withDeadline(Date.now() + callTimeoutMs, () => call(client));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Tries until it works. */
  async call<T>(call: (client: Client) => Promise<T>, signal: AbortSignal): Promise<T> {
    return patiently(() => this.try(call), signal);
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = null;
    await client?.connection.close().catch(() => undefined);
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
