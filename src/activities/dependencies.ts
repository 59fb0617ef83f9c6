import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { LexModelsV2Client } from '@aws-sdk/client-lex-models-v2';
import type { LexRuntimeV2Client } from '@aws-sdk/client-lex-runtime-v2';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { PipelineConfiguration } from '../domain/pipeline';
import type { JobEngine } from '../platform/engines/engine';
import type { ObjectStore } from '../platform/storage/object-store';

/** What activities need of the outside world; the worker makes it once. */
export interface ActivityDependencies {
  store: ObjectStore;
  lexModels: LexModelsV2Client;
  lexRuntime: LexRuntimeV2Client;
  sns: SNSClient;
  cloudWatch: CloudWatchClient;
  /** The pipeline file of that name, parsed. */
  loadPipeline(name: string): Promise<PipelineConfiguration>;
  /** What browsers call the review console, without a slash at the end; absent where none is served. */
  consoleUrl?: string;
  /** Version of Ciclo, for manifests. */
  codeVersion: string;
  workerEngine: JobEngine;
  batchEngine(batch: { jobQueue: string; jobDefinition: string }): JobEngine;
}
