import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Images } from './batch/images';
import { createBatch } from './batch/service';
import { createBedrock, type BedrockOptions } from './bedrock/service';
import { LexMetrics } from './cloudwatch/lex-metrics';
import { createCloudWatch } from './cloudwatch/service';
import { createDispatcher } from './dispatch';
import { ServiceError } from './errors';
import { type Policy, everything } from './iam/policy';
import { createIam } from './iam/service';
import { type FaultPlan, withFaults } from './faults/fault-plan';
import { awsFaultProtocol } from './faults/protocols';
import { Journal } from './journal';
import { createKms } from './kms/service';
import { downloadPath, exportedArchive } from './lex/exports';
import { receiveUpload, uploadPath } from './lex/imports';
import { type LexLatency, usualLatency } from './lex/latency';
import { lexLimits } from './lex/limits';
import { createLex, type LexService } from './lex/service';
import { restJsonError } from './protocol/rest-json';
import { type WireHandler, type WireRequest, type WireResponse } from './protocol/wire';
import { serve } from './server';
import { createSns } from './sns/service';
import { createSts } from './sts/service';
import { Later } from './state/later';
import { lockState } from './state/lock';

export interface LocalAwsOptions {
  /** Everything is kept here; made when absent. */
  stateDirectory: string;
  /** A free one by default. */
  port?: number;
  /** Local commands by the container image that they stand for; a job's command is appended. */
  images?: Images;
  latency?: Partial<LexLatency>;
  /** Batch jobs that run at once: 2 by default. */
  mostRunningJobs?: number;
  /** From SIGTERM to SIGKILL when a job is terminated: 10 seconds by default. */
  killGraceMs?: number;
  /** The shortest timeout of a job's attempt: 60 by default, as in Batch. */
  minimumTimeoutSeconds?: number;
  /** Conversations at once on a Lex alias: 50 by default; the test alias always takes 2. */
  aliasConcurrency?: number;
  /** How long a Lex upload URL is good for: 5 minutes by default. */
  uploadUrlLifetimeMs?: number;
  /** What the account may ask of Bedrock, and how often; all models that the stand-in knows by default. */
  bedrock?: BedrockOptions;
  /** Calls that are to go wrong. */
  faults?: FaultPlan;
  /** What IAM says that the caller may do: everything by default. Calls are not held to it; `faults` refuses those. */
  policies?: readonly Policy[];
  /** The clock of the metrics, in milliseconds since 1970; the machine's by default. */
  metricsNow?: () => number;
}

export interface LocalAws {
  /** For `AWS_ENDPOINT_URL`. */
  endpoint: string;
  /** Ends the server and the jobs that run; the state stays. */
  stop(): Promise<void>;
}

/**
 * Starts the stand-in for Amazon Lex V2, SNS, AWS Batch, Bedrock, KMS, CloudWatch, STS and IAM on 127.0.0.1. Signatures
 * are not verified.
 * @throws Error when the port or the state folder is in use
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { stateDirectory } = options;
  mkdirSync(stateDirectory, { recursive: true });
  const unlock = lockState(stateDirectory);
  const later = new Later();
  let endpoint = '';
  let handler: WireHandler | null = null;
  // The port comes first: the URLs that Lex hands out name it.
  const server = await serve((request) => handler!(request), options.port ?? 0).catch((error: unknown) => {
    unlock();
    throw error;
  });
  endpoint = server.endpoint;
  const metrics = new LexMetrics(join(stateDirectory, 'cloudwatch', 'lex.jsonl'), options.metricsNow);
  const lex = createLex({
    directory: join(stateDirectory, 'lex'),
    latency: { ...usualLatency, ...options.latency },
    uploadUrlLifetimeMs: options.uploadUrlLifetimeMs ?? lexLimits.uploadUrlLifetimeMs,
    aliasConcurrency: options.aliasConcurrency ?? 50,
    metrics,
    later,
    endpoint: () => endpoint,
  });
  const batch = createBatch({
    directory: join(stateDirectory, 'batch'),
    images: options.images ?? {},
    mostRunning: options.mostRunningJobs ?? 2,
    killGraceMs: options.killGraceMs ?? 10_000,
    minimumTimeoutSeconds: options.minimumTimeoutSeconds ?? 60,
  });
  const dispatch = createDispatcher(
    {
      'Lex Models V2': lex.models,
      'Lex Runtime V2': lex.runtime,
      Batch: batch.handlers,
      'Bedrock Runtime': createBedrock(options.bedrock),
    },
    {
      SNS: createSns(join(stateDirectory, 'sns')),
      STS: createSts(),
      IAM: createIam(options.policies ?? [everything]),
    },
    { KMS: createKms(join(stateDirectory, 'kms')), CloudWatch: createCloudWatch(metrics) },
    new Journal(stateDirectory),
  );
  handler = async (request) => transferArchive(lex, request) ?? dispatch(request);
  if (options.faults !== undefined) handler = withFaults(options.faults, awsFaultProtocol(), handler);
  return {
    endpoint,
    stop: async () => {
      await server.close();
      await later.stop();
      await batch.stop();
      unlock();
    },
  };
}

/** Uploads and downloads of bot archives: plain PUT and GET of the URLs that Lex hands out. */
function transferArchive(lex: LexService, { method, path, body }: WireRequest): WireResponse | null {
  try {
    if (method === 'PUT' && path.startsWith(uploadPath)) {
      receiveUpload(lex.context, path.slice(uploadPath.length), body);
      return { status: 200, headers: {}, body: '' };
    }
    if (method === 'GET' && path.startsWith(downloadPath)) {
      const zip = exportedArchive(lex.context, path.slice(downloadPath.length));
      return { status: 200, headers: { 'content-type': 'application/zip' }, body: zip };
    }
    return null;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return restJsonError(error);
  }
}
