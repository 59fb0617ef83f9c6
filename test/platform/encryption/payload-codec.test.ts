import assert from 'node:assert/strict';
import { createDecipheriv } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, DisableKeyCommand, EnableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { InvalidConfigurationError } from '../../../src/domain/errors';
import { DataKeys, type DataKeyLimits } from '../../../src/platform/encryption/data-keys';
import { createKeyFile, KeyFileSource, rotateKeyFile } from '../../../src/platform/encryption/key-file';
import {
  DecryptionError,
  EncryptionKeyError,
  type KeySource,
} from '../../../src/platform/encryption/key-source';
import { KmsSource } from '../../../src/platform/encryption/kms-source';
import { EncryptionCodec } from '../../../src/platform/encryption/payload-codec';
import {
  createPayloadCodec,
  encryptionContext,
  encryptionSettings,
} from '../../../src/platform/encryption/settings';
import { AccessDeniedError, ServiceUnavailableError } from '../../../src/platform/aws/errors';
import { startStandIn, type StandIn } from '../../local/aws/stand-in';
import { withEnvironment } from '../../support/environment';

const secret = 'quiero la clave del wifi';
const payload = () => defaultPayloadConverter.toPayload({ text: secret });
const valueOf = (one: Payload) => defaultPayloadConverter.fromPayload<{ text: string }>(one);
const metadataOf = (one: Payload, name: string) => Buffer.from(one.metadata![name]!);

describe('encryption of payloads', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ciclo-encryption-'));
    path = join(folder, 'ciclo.key');
    await createKeyFile(path, new Date());
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const codecOf = (
    writing: KeySource | null,
    reading: KeySource[] = [],
    namespace = 'default',
    more: { limits?: Partial<DataKeyLimits>; nowMs?: () => number } = {},
  ) =>
    new EncryptionCodec(new DataKeys({ writing, reading, context: encryptionContext(namespace), ...more }));

  it('leaves nothing to read, and gives back what was put in', async () => {
    const codec = codecOf(new KeyFileSource(path));
    const [encrypted] = await codec.encode([payload()]);
    assert.equal(metadataOf(encrypted!, 'encoding').toString(), 'binary/encrypted');
    assert.ok(!Buffer.from(encrypted!.data!).includes('wifi'));
    assert.ok(!Buffer.from(encrypted!.data!).includes('json/plain'));
    const [decrypted] = await codecOf(new KeyFileSource(path)).decode([encrypted!]);
    assert.equal(metadataOf(decrypted!, 'encoding').toString(), 'json/plain');
    assert.deepEqual(valueOf(decrypted!), { text: secret });
  });

  it('is AES-256-GCM under the wrapped data key, as its form says', async () => {
    const [encrypted] = await codecOf(new KeyFileSource(path)).encode([payload()]);
    const { keys } = JSON.parse(readFileSync(path, 'utf8')) as { keys: { id: string; key: string }[] };
    assert.equal(metadataOf(encrypted!, 'encryption-key-id').toString(), keys[0]!.id);
    const openByHand = (key: Buffer, sealed: Buffer, associated: string) => {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAAD(Buffer.from(associated)).setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    };
    const dataKey = openByHand(
      Buffer.from(keys[0]!.key, 'base64'),
      metadataOf(encrypted!, 'encryption-data-key'),
      '[["application","ciclo"],["namespace","default"],["purpose","temporal-payloads"]]',
    );
    assert.equal(dataKey.length, 32);
    const plain = openByHand(dataKey, Buffer.from(encrypted!.data!), 'ciclo/payload/1');
    assert.deepEqual(plain, Buffer.from(temporal.api.common.v1.Payload.encode(payload()).finish()));
  });

  it('never repeats a nonce, and encrypts nothing twice', async () => {
    const codec = codecOf(new KeyFileSource(path));
    const encrypted = await codec.encode(Array.from({ length: 200 }, payload));
    const nonces = new Set(encrypted.map((one) => Buffer.from(one.data!).toString('hex', 0, 12)));
    assert.equal(nonces.size, 200);
    assert.deepEqual(await codec.encode(encrypted), encrypted);
  });

  it('lets payloads of before encryption pass', async () => {
    const plain = payload();
    assert.deepEqual(await codecOf(new KeyFileSource(path)).decode([plain]), [plain]);
    assert.deepEqual(await codecOf(null).encode([plain]), [plain]);
  });

  it('refuses what was changed, and what belongs to another namespace', async () => {
    const codec = codecOf(new KeyFileSource(path));
    const [encrypted] = await codec.encode([payload()]);
    for (const at of [0, 20, encrypted!.data!.length - 1]) {
      const data = Buffer.from(encrypted!.data!);
      data[at]! ^= 1;
      await assert.rejects(codec.decode([{ ...encrypted, data }]), DecryptionError);
    }
    await assert.rejects(codec.decode([{ ...encrypted, data: Buffer.alloc(3) }]), DecryptionError);
    await assert.rejects(
      codecOf(new KeyFileSource(path), [], 'other').decode([encrypted!]),
      (error: Error) =>
        error instanceof DecryptionError && /another namespace than "other"/.test(error.message),
    );
    await assert.rejects(
      codec.decode([{ metadata: { encoding: Buffer.from('binary/encrypted') }, data: Buffer.alloc(99) }]),
      /another program/,
    );
  });

  it('names the key that is missing, and where to put it', async () => {
    const [encrypted] = await codecOf(new KeyFileSource(path)).encode([payload()]);
    const keyId = metadataOf(encrypted!, 'encryption-key-id').toString();
    const other = join(folder, 'other.key');
    await createKeyFile(other, new Date());
    for (const codec of [codecOf(null), codecOf(new KeyFileSource(other))]) {
      await assert.rejects(codec.decode([encrypted!]), (error: Error) => {
        assert.ok(error instanceof EncryptionKeyError);
        assert.ok(error.message.includes(keyId));
        assert.match(error.message, /CICLO_ENCRYPTION_KEY.*CICLO_ENCRYPTION_OLD_KEYS/);
        return true;
      });
    }
    assert.deepEqual(
      valueOf((await codecOf(new KeyFileSource(other), [new KeyFileSource(path)]).decode([encrypted!]))[0]!),
      { text: secret },
    );
  });

  it('goes on reading after a rotation, and writes with the new key', async () => {
    const [old] = await codecOf(new KeyFileSource(path)).encode([payload()]);
    const id = await rotateKeyFile(path, new Date());
    const codec = codecOf(new KeyFileSource(path));
    const [fresh] = await codec.encode([payload()]);
    assert.equal(metadataOf(fresh!, 'encryption-key-id').toString(), id);
    assert.notEqual(metadataOf(old!, 'encryption-key-id').toString(), id);
    for (const one of await codec.decode([old!, fresh!])) assert.deepEqual(valueOf(one), { text: secret });
  });

  it('replaces data keys by use and by time, and asks for each only once', async () => {
    let nowMs = 0;
    const asked = { generate: 0, unwrap: 0 };
    const file = new KeyFileSource(path);
    const counting: KeySource = {
      keyIds: () => file.keyIds(),
      generateDataKey: (context) => (asked.generate++, file.generateDataKey(context)),
      unwrap: (...given) => (asked.unwrap++, file.unwrap(...given)),
    };
    const codec = codecOf(counting, [], 'default', {
      limits: { mostUses: 3, lifetimeMs: 1000 },
      nowMs: () => nowMs,
    });
    const written = await codec.encode([payload(), payload(), payload(), payload()]);
    assert.equal(asked.generate, 2);
    nowMs = 999;
    await codec.encode([payload()]);
    assert.equal(asked.generate, 2);
    nowMs = 1000;
    await codec.encode([payload()]);
    assert.equal(asked.generate, 3);
    await codec.decode(written);
    assert.equal(asked.unwrap, 0);
    const reader = codecOf(counting);
    await Promise.all([reader.decode(written), reader.decode(written)]);
    assert.equal(asked.unwrap, 2);
  });

  it('goes on with the former data key while no new one can be had, and for a day at most', async () => {
    let nowMs = 0;
    let failure: Error | undefined;
    let asked = 0;
    const file = new KeyFileSource(path);
    const codec = codecOf(
      {
        keyIds: () => file.keyIds(),
        unwrap: (...given) => file.unwrap(...given),
        generateDataKey: (context) => {
          asked++;
          return failure ? Promise.reject(failure) : file.generateDataKey(context);
        },
      },
      [],
      'default',
      { limits: { lifetimeMs: 1000, retryAfterMs: 100, longestLifetimeMs: 5000 }, nowMs: () => nowMs },
    );
    const dataKey = async () =>
      metadataOf((await codec.encode([payload()]))[0]!, 'encryption-data-key').toString('hex');
    const first = await dataKey();
    failure = new ServiceUnavailableError('KMS is down.', {}, false);
    nowMs = 1000;
    assert.equal(await dataKey(), first);
    nowMs = 1099;
    assert.equal(await dataKey(), first);
    assert.equal(asked, 2);
    nowMs = 1100;
    assert.equal(await dataKey(), first);
    assert.equal(asked, 3);
    nowMs = 5000;
    await assert.rejects(dataKey(), ServiceUnavailableError);
    failure = undefined;
    const second = await dataKey();
    assert.notEqual(second, first);
    failure = new EncryptionKeyError('The key was disabled.');
    nowMs = 6000;
    await assert.rejects(dataKey(), EncryptionKeyError);
  });

  it('does not remember a failure', async () => {
    let down = true;
    const file = new KeyFileSource(path);
    const codec = codecOf({
      keyIds: () => file.keyIds(),
      unwrap: (...given) => file.unwrap(...given),
      generateDataKey: (context) =>
        down ? Promise.reject(new Error('down')) : file.generateDataKey(context),
    });
    await assert.rejects(codec.encode([payload()]), /down/);
    await assert.rejects(codec.check(), /down/);
    down = false;
    assert.equal((await codec.encode([payload()])).length, 1);
  });

  describe('with AWS KMS', () => {
    let standIn: StandIn;
    let kms: KMSClient;
    let arn: string;
    before(async () => {
      standIn = await startStandIn();
      kms = new KMSClient({
        endpoint: standIn.endpoint,
        region: 'eu-west-1',
        maxAttempts: 1,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      });
      arn = await newKey();
    });
    after(async () => {
      kms.destroy();
      await standIn.close();
    });
    const newKey = async (Policy?: string) =>
      (await kms.send(new CreateKeyCommand({ Policy }))).KeyMetadata!.Arn!;
    const source = (key = arn) => new KmsSource(kms, key);

    it('encrypts and decrypts, bound to the namespace', async () => {
      const [encrypted] = await codecOf(source()).encode([payload()]);
      assert.equal(metadataOf(encrypted!, 'encryption-key-id').toString(), arn);
      assert.deepEqual(valueOf((await codecOf(source()).decode([encrypted!]))[0]!), { text: secret });
      await assert.rejects(codecOf(source(), [], 'other').decode([encrypted!]), DecryptionError);
    });

    it('reads what an older key and a key file wrote', async () => {
      const written = [
        ...(await codecOf(source()).encode([payload()])),
        ...(await codecOf(new KeyFileSource(path)).encode([payload()])),
      ];
      const codec = codecOf(source(await newKey()), [source(), new KeyFileSource(path)]);
      for (const one of await codec.decode(written)) assert.deepEqual(valueOf(one), { text: secret });
    });

    it('says what to do about a key that is disabled, gone or not allowed', async () => {
      const disabled = await newKey();
      const [encrypted] = await codecOf(source(disabled)).encode([payload()]);
      await kms.send(new DisableKeyCommand({ KeyId: disabled }));
      await assert.rejects(codecOf(source(disabled)).encode([payload()]), (error: Error) => {
        assert.ok(error instanceof EncryptionKeyError);
        assert.match(error.message, /DisabledException.*Enable the key again/s);
        return true;
      });
      const reading = codecOf(source(disabled));
      await assert.rejects(reading.decode([encrypted!]), EncryptionKeyError);
      await kms.send(new EnableKeyCommand({ KeyId: disabled }));
      assert.deepEqual(valueOf((await reading.decode([encrypted!]))[0]!), { text: secret });
      await assert.rejects(
        codecOf(source(arn.replace(/.{12}$/, '000000000000'))).encode([payload()]),
        (error: Error) => error instanceof EncryptionKeyError && /Check the ARN/.test(error.message),
      );
      const denied = await newKey(
        JSON.stringify({ Statement: { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' } }),
      );
      await assert.rejects(codecOf(source(denied)).encode([payload()]), AccessDeniedError);
    });
  });
});

describe('settings of the encryption', () => {
  it('are off where nothing is set, and name keys otherwise', async () => {
    await withEnvironment({ CICLO_ENCRYPTION_KEY: undefined, CICLO_ENCRYPTION_OLD_KEYS: undefined }, () =>
      assert.deepEqual(encryptionSettings(), { key: null, oldKeys: [] }),
    );
    await withEnvironment({ CICLO_ENCRYPTION_KEY: 'a.key', CICLO_ENCRYPTION_OLD_KEYS: 'b.key, c.key' }, () =>
      assert.deepEqual(encryptionSettings(), { key: 'a.key', oldKeys: ['b.key', 'c.key'] }),
    );
  });

  it('refuse an alias', () =>
    withEnvironment({ CICLO_ENCRYPTION_KEY: 'alias/ciclo', CICLO_ENCRYPTION_OLD_KEYS: undefined }, () =>
      assert.throws(encryptionSettings, InvalidConfigurationError),
    ));

  it('say what to do about a key file that is missing', () =>
    withEnvironment(
      { CICLO_ENCRYPTION_KEY: '/there/is/none.key', CICLO_ENCRYPTION_OLD_KEYS: undefined },
      () =>
        assert.rejects(
          createPayloadCodec('default').check(),
          (error: Error) =>
            error instanceof EncryptionKeyError &&
            /npx ciclo encryption-key create \/there\/is\/none\.key/.test(error.message),
        ),
    ));
});
