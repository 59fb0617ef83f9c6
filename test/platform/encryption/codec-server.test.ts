import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPayloadConverter } from '@temporalio/common';
import { InvalidConfigurationError } from '../../../src/domain/errors';
import {
  type CodecServer,
  type CodecServerOptions,
  startCodecServer,
} from '../../../src/platform/encryption/codec-server';
import { DataKeys } from '../../../src/platform/encryption/data-keys';
import { createKeyFile, KeyFileSource } from '../../../src/platform/encryption/key-file';
import { EncryptionCodec } from '../../../src/platform/encryption/payload-codec';
import { encryptionContext } from '../../../src/platform/encryption/settings';

const ui = 'http://localhost:8233';
const json = { 'content-type': 'application/json' };

interface JsonPayload {
  metadata: Record<string, string>;
  data: string;
}
const base64 = (text: Uint8Array | string) => Buffer.from(text).toString('base64');
const plain = (): JsonPayload => {
  const { metadata, data } = defaultPayloadConverter.toPayload('hola');
  return { metadata: { encoding: base64(metadata!['encoding']!) }, data: base64(data!) };
};

describe('the codec server', () => {
  let folder: string;
  let codec: EncryptionCodec;
  const servers: CodecServer[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ciclo-codec-server-'));
    await createKeyFile(join(folder, 'ciclo.key'), new Date());
    codec = codecWith('ciclo.key');
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  after(() => rmSync(folder, { recursive: true }));

  const codecWith = (file: string) =>
    new EncryptionCodec(
      new DataKeys({
        writing: new KeyFileSource(join(folder, file)),
        reading: [],
        context: encryptionContext('default'),
      }),
    );
  const start = async (options: Partial<CodecServerOptions> = {}) => {
    const server = await startCodecServer({
      codec,
      namespace: 'default',
      host: '127.0.0.1',
      port: 0,
      corsOrigins: [ui],
      token: null,
      ...options,
    });
    servers.push(server);
    return server.endpoint;
  };
  const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { ...json, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const messageOf = async (response: Response) => ((await response.json()) as { message: string }).message;
  const payloadsOf = async (response: Response) =>
    ((await response.json()) as { payloads: JsonPayload[] }).payloads;

  it('encodes and decodes', async () => {
    const endpoint = await start();
    const encoded = await payloadsOf(await post(`${endpoint}/encode`, { payloads: [plain(), plain()] }));
    assert.equal(Buffer.from(encoded[0]!.metadata['encoding']!, 'base64').toString(), 'binary/encrypted');
    const response = await post(`${endpoint}/decode`, { payloads: encoded }, { 'x-namespace': 'default' });
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.deepEqual(await payloadsOf(response), [plain(), plain()]);
    const none = await post(`${endpoint}/decode`, { payloads: [] });
    assert.deepEqual(await payloadsOf(none), []);
  });

  it('answers pages of the Web UI, and of nobody else', async () => {
    const endpoint = await start();
    const preflight = await fetch(`${endpoint}/decode`, { method: 'OPTIONS', headers: { origin: ui } });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), ui);
    assert.equal(preflight.headers.get('access-control-allow-methods'), 'POST');
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /x-namespace/);
    const asked = await post(`${endpoint}/decode`, { payloads: [plain()] }, { origin: ui });
    assert.equal(asked.headers.get('access-control-allow-origin'), ui);
    for (const method of ['OPTIONS', 'POST']) {
      const stranger = await fetch(`${endpoint}/decode`, {
        method,
        headers: { ...json, origin: 'http://evil.example' },
      });
      assert.equal(stranger.status, 403);
      assert.equal(stranger.headers.get('access-control-allow-origin'), null);
    }
  });

  it('wants its token where there is one', async () => {
    const endpoint = await start({ token: 'sesame' });
    const body = { payloads: [plain()] };
    const refused: Record<string, string>[] = [
      {},
      { authorization: 'sesame' },
      { authorization: 'Bearer no' },
    ];
    for (const headers of refused) {
      const response = await post(`${endpoint}/decode`, body, headers);
      assert.equal(response.status, 401);
      assert.match(await messageOf(response), /--codec-auth/);
    }
    assert.equal((await post(`${endpoint}/decode`, body, { authorization: 'Bearer sesame' })).status, 200);
  });

  it('does not listen beyond this machine without one', async () => {
    await assert.rejects(start({ host: '0.0.0.0' }), (error: Error) => {
      assert.ok(error instanceof InvalidConfigurationError);
      assert.match(error.message, /CICLO_CODEC_TOKEN/);
      return true;
    });
  });

  it('serves its namespace only; an empty name is the default', async () => {
    const endpoint = await start();
    const body = { payloads: [plain()] };
    assert.equal((await post(`${endpoint}/decode`, body, { 'x-namespace': '' })).status, 200);
    const other = await post(`${endpoint}/decode`, body, { 'x-namespace': 'other' });
    assert.equal(other.status, 403);
    assert.match(await messageOf(other), /TEMPORAL_NAMESPACE/);
  });

  it('says what is wrong with a request', async () => {
    const endpoint = await start();
    const statusOf = async (path: string, init: RequestInit) => {
      const response = await fetch(`${endpoint}${path}`, init);
      assert.ok((await messageOf(response)).length > 0);
      return response.status;
    };
    assert.equal(await statusOf('/', { method: 'POST', headers: json, body: '{}' }), 404);
    assert.equal(await statusOf('/decode', { method: 'GET' }), 405);
    assert.equal(await statusOf('/decode', { method: 'POST', body: '{"payloads":[]}' }), 415);
    for (const body of [
      '',
      'no',
      '[]',
      '{}',
      '{"payloads":[{"data":"***"}]}',
      '{"payloads":[{"metadata":{"a":1}}]}',
    ])
      assert.equal(await statusOf('/decode', { method: 'POST', headers: json, body }), 400, body);
    const big = JSON.stringify({ payloads: [{ data: 'A'.repeat(17 * 1024 * 1024) }] });
    const tooMuch = await post(`${endpoint}/decode`, big).catch((error: Error) => error);
    // The server may close the connection before everything was sent.
    if (tooMuch instanceof Response) assert.equal(tooMuch.status, 413);
    assert.equal((await post(`${endpoint}/decode`, { payloads: [plain()] })).status, 200);
  });

  it('names the key that it does not have', async () => {
    const [encrypted] = await codec.encode([defaultPayloadConverter.toPayload('hola')]);
    await createKeyFile(join(folder, 'other.key'), new Date());
    const endpoint = await start({ codec: codecWith('other.key') });
    const metadata = Object.fromEntries(
      Object.entries(encrypted!.metadata!).map(([name, value]) => [name, base64(value)]),
    );
    const response = await post(`${endpoint}/decode`, {
      payloads: [{ metadata, data: base64(encrypted!.data!) }],
    });
    assert.equal(response.status, 400);
    assert.match(await messageOf(response), /CICLO_ENCRYPTION_OLD_KEYS/);
  });

  it('says when its port is taken', async () => {
    const port = Number(new URL(await start()).port);
    await assert.rejects(start({ port }), /in use; choose another with --port/);
  });
});
