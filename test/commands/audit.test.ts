import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { AuditTrail } from '../../src/platform/registry/audit-trail';
import { type ObjectStore, openObjectStore } from '../../src/platform/storage/object-store';
import { startTestS3, testBucket, type TestS3 } from '../support/s3';

const client = join(__dirname, '../../dist/client.js');
const storeUri = `s3://${testBucket}/audit-command/`;

describe('ciclo audit and encryption-key, as a person calls them', function () {
  this.timeout(180_000);
  let s3: TestS3;
  let store: ObjectStore;
  let folder: string;
  before(async () => {
    s3 = await startTestS3();
    store = openObjectStore({ s3: s3.client });
    folder = mkdtempSync(join(tmpdir(), 'ciclo-audit-command-'));
    writeFileSync(
      join(folder, 'cafe.yaml'),
      [
        'name: cafe',
        'target: { kind: lex, bot: Cafe, alias: live, localeId: es_ES }',
        `logs: { uri: s3://${testBucket}/logs/ }`,
        `store: { uri: ${storeUri} }`,
        `dataset: { goldenSetUri: s3://${testBucket}/golden.csv }`,
        'notify: { topicArn: "arn:aws:sns:eu-west-1:000000000000:cafe" }',
        '',
      ].join('\n'),
    );
  });
  after(async () => {
    await s3.stop();
    rmSync(folder, { recursive: true });
  });

  async function ciclo(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(process.execPath, [client, ...args], {
      env: {
        ...process.env,
        NO_COLOR: '1',
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: s3.access.endpoint,
        AWS_ENDPOINT_URL_S3: s3.access.endpoint,
        AWS_ACCESS_KEY_ID: s3.access.accessKeyId,
        AWS_SECRET_ACCESS_KEY: s3.access.secretAccessKey,
      },
    });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code: child.exitCode, out, err };
  }

  it('lists the trail, verifies it, and ends with 1 and the entry when it was edited', async () => {
    const trail = new AuditTrail(store, storeUri, 'cafe');
    const at = '2026-11-01T12:00:00.000Z';
    await trail.append([
      { id: 'a', at, event: { kind: 'approval', cycle: 1, author: 'ana', decisions: 3 } },
      { id: 'b', at, event: { kind: 'approval', cycle: 1, author: 'luis', decisions: 3 } },
    ]);
    const pipeline = join(folder, 'cafe.yaml');
    const listed = await ciclo('audit', pipeline);
    assert.equal(listed.code, 0, listed.err);
    assert.match(listed.out, /1 +2026-11-01T12:00:00\.000Z +ana +cycle 1: approved 3 decisions/);
    const sound = await ciclo('audit', pipeline, '--verify', '--json');
    assert.equal(sound.code, 0, sound.err);
    assert.deepEqual(JSON.parse(sound.out), await trail.verify());

    const first = await store.readText(`${storeUri}audit/000001.json`);
    await store.write(`${storeUri}audit/000001.json`, first.replace('"ana"', '"eva"'));
    const edited = await ciclo('audit', pipeline, '--verify');
    assert.equal(edited.code, 1, edited.err);
    assert.match(edited.out, /^Entry 1 is not what number 2 was chained to/);
  });

  it('makes a key file for its owner alone, and adds a key to it', async () => {
    const path = join(folder, 'ciclo.key');
    const created = await ciclo('encryption-key', 'create', path);
    assert.equal(created.code, 0, created.err);
    assert.match(created.out, /export CICLO_ENCRYPTION_KEY=/);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const again = await ciclo('encryption-key', 'create', path);
    assert.equal(again.code, 2);
    assert.match(again.err, /exists already/);
    assert.equal((await ciclo('encryption-key', 'rotate', path)).code, 0);
  });
});
