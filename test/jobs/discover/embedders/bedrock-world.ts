import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { BedrockOptions } from '../../../../src/local/aws/bedrock/service';
import { FaultPlan } from '../../../../src/local/aws/faults/fault-plan';
import type { Pauses } from '../../../../src/platform/aws/ask-all';
import { startStandIn } from '../../../local/aws/stand-in';

/** A Bedrock whose calls can be told to go wrong, and which counts those that went well. */
export interface BedrockWorld {
  client: BedrockRuntimeClient;
  faults: FaultPlan;
  close(): Promise<void>;
}

export async function startBedrock(options: BedrockOptions = {}): Promise<BedrockWorld> {
  const faults = new FaultPlan();
  const aws = await startStandIn({ faults, bedrock: { mostCallsPerSecond: 10_000, ...options } });
  const client = new BedrockRuntimeClient({
    endpoint: aws.endpoint,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    client,
    faults,
    close: async () => {
      client.destroy();
      await aws.close();
    },
  };
}

/** Pauses that take no time and are noted. */
export function notedPauses(): Pauses & { taken: number[] } {
  const taken: number[] = [];
  return {
    taken,
    firstDelayMs: 500,
    longestDelayMs: 30_000,
    wait: (delayMs) => {
      taken.push(delayMs);
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}
