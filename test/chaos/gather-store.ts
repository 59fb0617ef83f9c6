import { createHash } from 'node:crypto';
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import type { Artifact } from '../../src/domain/artifact';
import type { StageName } from '../../src/domain/cycle';
import { NotFoundError } from '../../src/domain/errors';
import type { StageManifest } from '../../src/domain/stage-manifest';
import { createS3Client } from '../../src/platform/aws/clients';
import { ModelRegistry } from '../../src/platform/registry/model-registry';
import { openObjectStore } from '../../src/platform/storage/object-store';
import { bucket, logsUri, storeUri } from './pipeline';
import type { StoreRecord } from './records';

/** What the artifact store has of the pipeline, every object read in full. */
export async function gatherStore(): Promise<StoreRecord> {
  const store = openObjectStore();
  const record: StoreRecord = {
    state: null,
    ledger: [],
    logs: [],
    manifests: [],
    damaged: [],
    halfWritten: [],
    models: [],
    latest: null,
  };
  for await (const { uri } of store.list(logsUri)) record.logs.push(uri);
  for await (const { uri } of store.list(storeUri)) {
    const isLines = uri.endsWith('.jsonl');
    if (!isLines && !uri.endsWith('.json')) continue;
    const text = await store.readText(uri);
    const parts = isLines ? text.split('\n').filter((line) => line !== '') : [text];
    if (!parts.every(isJson)) record.halfWritten.push(uri);
    const stage = /\/cycles\/(\d+)\/(\w+)\/manifest\.json$/.exec(uri);
    if (stage && isJson(text))
      record.manifests.push({
        cycle: Number(stage[1]),
        stage: stage[2] as StageName,
        manifest: JSON.parse(text) as StageManifest,
      });
  }
  const { Uploads = [] } = await createS3Client().send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  record.halfWritten.push(...Uploads.map(({ Key }) => `unfinished upload of ${Key}`));
  for (const { manifest } of record.manifests) {
    for (const artifact of Object.values(manifest.outputs)) {
      const problem = await problemOf(artifact);
      if (problem !== null) record.damaged.push({ uri: artifact.uri, problem });
    }
  }
  if (await store.exists(`${storeUri}state.json`)) {
    const state = JSON.parse(await store.readText(`${storeUri}state.json`)) as {
      lastCompletedCycle: number;
      ledgerUri: string | null;
    };
    record.state = state;
    if (state.ledgerUri !== null) {
      const lines = (await store.readText(state.ledgerUri)).split('\n').filter((line) => line !== '');
      record.ledger = lines.map((line) => (JSON.parse(line) as { uri: string }).uri);
    }
  }
  const registry = new ModelRegistry(store, storeUri);
  record.models = (await registry.list()).map(({ model, state }) => ({
    version: model.version,
    cycle: model.cycle,
    botVersion: model.target.botVersion,
    state,
  }));
  record.latest = (await registry.latest())?.model.version ?? null;
  return record;

  async function problemOf({ uri, sha256, bytes }: Artifact): Promise<string | null> {
    try {
      const content = await store.readBuffer(uri);
      if (content.length !== bytes) return `${content.length} bytes instead of ${bytes}`;
      return createHash('sha256').update(content).digest('hex') === sha256 ? null : 'other content';
    } catch (error) {
      if (error instanceof NotFoundError) return 'missing';
      throw error;
    }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
