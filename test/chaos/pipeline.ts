import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineName } from '../../src/domain/pipeline';
import { botName, localeId } from './bot';

export const pipelineName = 'chaos';
export const bucket = 'chaos';
export const logsUri = `s3://${bucket}/logs/`;
export const storeUri = `s3://${bucket}/store/`;
export const aliasName = 'live';
/** What the job definition names, and the stand-in runs a local command for. */
export const image = 'chaos-jobs';

/** Writes `pipelines/chaos.yaml`, with both data jobs on one engine. */
export async function writePipeline(folder: string, engine: EngineName): Promise<void> {
  await mkdir(join(folder, 'pipelines'), { recursive: true });
  await writeFile(
    join(folder, 'pipelines', `${pipelineName}.yaml`),
    `name: ${pipelineName}
language: es
target: { kind: lex, bot: ${botName}, alias: ${aliasName}, localeId: ${localeId} }
logs: { uri: '${logsUri}' }
store: { uri: '${storeUri}' }
schedule: { every: 15d, at: '12:00', timeZone: Europe/Madrid }
ingest: { minimumNewInteractions: 5 }
prepare: { engine: ${engine} }
discover: { engine: ${engine}, minimumSize: 4 }
dataset: { goldenSetUri: 's3://${bucket}/golden/golden.csv' }
evaluate: { concurrency: 8, resamples: 200 }
gate: { policy: accuracy-above }
promote: { smokeTestUtterances: 5 }
notify: { topicArn: 'arn:aws:sns:eu-west-1:000000000000:chaos.fifo' }
engines: { batch: { jobQueue: chaos, jobDefinition: ${image} } }
`,
  );
}
