import assert from 'node:assert/strict';
import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  GenerateDataKeyCommand,
  KMSClient,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { startStandIn, type StandIn } from '../stand-in';

const kmsOf = ({ endpoint }: StandIn) =>
  new KMSClient({
    endpoint,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
const context = { application: 'ciclo', namespace: 'default' };
const named = (name: string) => (error: Error) => error.name === name;

describe('local KMS', () => {
  let standIn: StandIn;
  let kms: KMSClient;
  before(async () => {
    standIn = await startStandIn();
    kms = kmsOf(standIn);
  });
  after(async () => {
    kms.destroy();
    await standIn.close();
  });

  const createKey = async (Policy?: string) => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'payloads', Policy }));
    return { id: KeyMetadata!.KeyId!, arn: KeyMetadata!.Arn! };
  };
  const dataKey = async (KeyId: string) =>
    kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext: context }));

  it('makes a key and describes it by id and by ARN', async () => {
    const { id, arn } = await createKey();
    assert.equal(arn, `arn:aws:kms:eu-west-1:000000000000:key/${id}`);
    for (const KeyId of [id, arn]) {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
      assert.equal(KeyMetadata?.Arn, arn);
      assert.equal(KeyMetadata?.Description, 'payloads');
      assert.equal(KeyMetadata?.KeyState, 'Enabled');
      assert.ok(KeyMetadata?.CreationDate instanceof Date);
    }
  });

  it('gives data keys that come back only with the same context', async () => {
    const { arn } = await createKey();
    const { Plaintext, CiphertextBlob, KeyId } = await dataKey(arn);
    assert.equal(KeyId, arn);
    assert.equal(Plaintext?.byteLength, 32);
    assert.equal(Buffer.from(CiphertextBlob!).includes(Buffer.from(Plaintext)), false);
    const again = await kms.send(
      new DecryptCommand({
        CiphertextBlob,
        EncryptionContext: { namespace: 'default', application: 'ciclo' },
      }),
    );
    assert.deepEqual(again.Plaintext, Plaintext);
    await assert.rejects(
      kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { ...context, namespace: 'other' } })),
      named('InvalidCiphertextException'),
    );
    const changed = Buffer.from(CiphertextBlob!);
    changed[changed.length - 1]! ^= 1;
    await assert.rejects(
      kms.send(new DecryptCommand({ CiphertextBlob: changed, EncryptionContext: context })),
      named('InvalidCiphertextException'),
    );
  });

  it('refuses as KMS does', async () => {
    const { arn } = await createKey();
    const { CiphertextBlob } = await dataKey(arn);
    await assert.rejects(dataKey('1234abcd-12ab-34cd-56ef-1234567890ab'), named('NotFoundException'));
    await assert.rejects(
      kms.send(
        new DecryptCommand({
          KeyId: (await createKey()).arn,
          CiphertextBlob,
          EncryptionContext: context,
        }),
      ),
      named('IncorrectKeyException'),
    );
    await kms.send(new DisableKeyCommand({ KeyId: arn }));
    await assert.rejects(dataKey(arn), named('DisabledException'));
    await assert.rejects(
      kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context })),
      named('DisabledException'),
    );
    await kms.send(new EnableKeyCommand({ KeyId: arn }));
    await dataKey(arn);
    const denied = await createKey(
      JSON.stringify({
        Statement: [{ Effect: 'Deny', Principal: '*', Action: 'kms:GenerateDataKey', Resource: '*' }],
      }),
    );
    await assert.rejects(dataKey(denied.arn), named('AccessDeniedException'));
    await assert.rejects(kms.send(new GenerateDataKeyCommand({ KeyId: arn })), named('ValidationException'));
    await assert.rejects(kms.send(new ListKeysCommand({})), named('NotImplementedException'));
  });

  it('keeps its keys through a restart', async () => {
    const { arn } = await createKey();
    const { Plaintext, CiphertextBlob } = await dataKey(arn);
    kms.destroy();
    standIn = await standIn.restart();
    kms = kmsOf(standIn);
    const again = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
    assert.deepEqual(again.Plaintext, Plaintext);
  });
});
