import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BatchClient } from '@aws-sdk/client-batch';
import { LexModelsV2Client } from '@aws-sdk/client-lex-models-v2';
import { LexRuntimeV2Client } from '@aws-sdk/client-lex-runtime-v2';
import { SNSClient } from '@aws-sdk/client-sns';
import { type LocalAwsOptions, startLocalAws } from '../../../src/local/aws/start';

/** Short, but long enough to see the statuses on the way. */
export const quickLatency = {
  importMs: 60,
  buildMs: 60,
  versionMs: 90,
  aliasMs: 60,
  exportMs: 40,
  changeMs: 40,
  recognizeMs: 1,
};

export interface StandIn {
  endpoint: string;
  stateDirectory: string;
  models: LexModelsV2Client;
  runtime: LexRuntimeV2Client;
  batch: BatchClient;
  sns: SNSClient;
  /** Ends the stand-in and starts it again on the same state; the clients are those of the new one. */
  restart(): Promise<StandIn>;
  close(): Promise<void>;
}

/** The unmodified SDK clients, told only where the endpoint is. */
export function clientsOf(endpoint: string) {
  const configuration = {
    endpoint,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  return {
    models: new LexModelsV2Client(configuration),
    runtime: new LexRuntimeV2Client(configuration),
    batch: new BatchClient(configuration),
    sns: new SNSClient(configuration),
  };
}

export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'local-aws-'));
}

export async function startStandIn(options: Partial<LocalAwsOptions> = {}): Promise<StandIn> {
  const stateDirectory = options.stateDirectory ?? temporaryDirectory();
  const aws = await startLocalAws({ latency: quickLatency, ...options, stateDirectory });
  const clients = clientsOf(aws.endpoint);
  const stop = async () => {
    for (const client of Object.values(clients)) client.destroy();
    await aws.stop();
  };
  return {
    endpoint: aws.endpoint,
    stateDirectory,
    ...clients,
    restart: async () => {
      await stop();
      return startStandIn({ ...options, stateDirectory });
    },
    close: async () => {
      await stop();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}

/**
 * Asks until the answer is right.
 * @throws Error when it is not so in time
 */
export async function until<T>(
  ask: () => Promise<T>,
  right: (answer: T) => boolean,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (right(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`Still not right after ${timeoutMs} ms: ${JSON.stringify(answer)}`);
    await delay(10);
  }
}

/** The error that a call ends with. */
export async function failureOf(
  call: Promise<unknown>,
): Promise<Error & { $metadata?: { httpStatusCode?: number } }> {
  try {
    await call;
  } catch (error) {
    return error as Error;
  }
  throw new Error('The call succeeded.');
}

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that nobody has waited for is dead, too.
    return process.platform !== 'linux' || !/^State:\sZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
