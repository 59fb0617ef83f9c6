import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { Client, Connection } from '@temporalio/client';
import { unzipSync } from 'fflate';

/** A place that data may get to, and all the text in it. */
export interface Place {
  name: string;
  text: string;
}

/**
 * What Temporal holds of every workflow: its history with what the UI shows of it, search attributes, memo, summary.
 * No payload may pass 256 KB.
 */
export async function temporalPlaces(address: string): Promise<Place[]> {
  const connection = await Connection.connect({ address });
  const temporal = new Client({ connection });
  const places: Place[] = [];
  for await (const execution of temporal.workflow.list()) {
    const { workflowId, runId } = execution;
    const handle = temporal.workflow.getHandle(workflowId, runId);
    const history = await handle.fetchHistory();
    places.push({ name: `history of ${workflowId}`, text: payloadsAsText(history, workflowId) });
    const { raw, searchAttributes, memo } = await handle.describe();
    places.push({
      name: `description of ${workflowId}`,
      text: JSON.stringify({ searchAttributes, memo }) + payloadsAsText(raw, workflowId),
    });
  }
  await connection.close();
  return places;
}

function payloadsAsText(message: unknown, workflowId: string): string {
  return JSON.stringify(message, (_key, value: unknown) => {
    const bytes = bytesOf(value);
    if (bytes === null) return value;
    assert.ok(bytes.length <= 256 * 1024, `a payload of ${bytes.length} bytes in ${workflowId}`);
    return bytes.toString('utf8');
  });
}

function bytesOf(value: unknown): Buffer | null {
  if (value instanceof Uint8Array) return Buffer.from(value);
  // A Buffer has turned itself into this by the time that JSON shows it.
  const isBuffer = typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
  return isBuffer ? Buffer.from((value as unknown as { data: number[] }).data) : null;
}

/**
 * The files of the state folder: logs of worker, servers and jobs, notifications, the bot as Lex has it, counters, and
 * Temporal's database. What S3 holds is asked of S3: the files of its server hold the original logs too.
 */
export async function filePlaces(stateFolder: string): Promise<Place[]> {
  const entries = await readdir(stateFolder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const places: Place[] = [];
  for (const path of paths) {
    const name = relative(stateFolder, path);
    if (name.startsWith(`object-storage${sep}`)) continue;
    // Servers replace their files while they run.
    const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    places.push(...unpacked(name, content));
  }
  return places;
}

/** The objects of S3 below a prefix of the bucket `ciclo`, unpacked. */
export async function objectPlaces(servers: Record<string, string>, prefix: string): Promise<Place[]> {
  const s3 = new S3Client({
    endpoint: servers['AWS_ENDPOINT_URL_S3'],
    region: 'eu-west-1',
    credentials: {
      accessKeyId: String(servers['AWS_ACCESS_KEY_ID']),
      secretAccessKey: String(servers['AWS_SECRET_ACCESS_KEY']),
    },
  });
  const places: Place[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: 'ciclo', Prefix: prefix })) {
    for (const { Key } of page.Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'ciclo', Key }));
      assert.ok(Body);
      places.push(...unpacked(String(Key), Buffer.from(await Body.transformToByteArray())));
    }
  }
  s3.destroy();
  return places;
}

/** Archives and compressed files as what is in them. */
function unpacked(name: string, content: Buffer): Place[] {
  if (content[0] === 0x1f && content[1] === 0x8b) return unpacked(name, gunzipSync(content));
  if (content.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')))
    return Object.entries(unzipSync(content)).flatMap(([entry, bytes]) =>
      unpacked(`${name}/${entry}`, Buffer.from(bytes)),
    );
  return [{ name, text: content.toString('utf8') }];
}
