import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { translateAwsError } from '../aws/errors';
import { presentableWords } from '../aws/service-words';
import {
  type DataKey,
  DecryptionError,
  type EncryptionContext,
  EncryptionKeyError,
  type KeySource,
} from './key-source';

/** KMS's names for a key that cannot be used as it is, and what to do about each. */
const unusableKey: Record<string, string> = {
  DisabledException: 'Enable the key again in KMS, or write with another one.',
  KMSInvalidStateException: 'The key waits for its deletion or its material: cancel the deletion in KMS.',
  NotFoundException: 'Check the ARN in CICLO_ENCRYPTION_KEY and CICLO_ENCRYPTION_OLD_KEYS, and its region.',
  InvalidKeyUsageException: 'A symmetric key for encryption and decryption is needed.',
};
const notOurs = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

/** One key of AWS KMS, by its ARN; its own rotation of key material needs nothing from here. */
export class KmsSource implements KeySource {
  constructor(
    private readonly kms: KMSClient,
    private readonly keyArn: string,
  ) {}

  keyIds(): Promise<string[]> {
    return Promise.resolve([this.keyArn]);
  }

  async generateDataKey(context: EncryptionContext): Promise<DataKey> {
    try {
      const { Plaintext, CiphertextBlob } = await this.kms.send(
        new GenerateDataKeyCommand({
          KeyId: this.keyArn,
          KeySpec: 'AES_256',
          EncryptionContext: { ...context },
        }),
      );
      return {
        keyId: this.keyArn,
        plaintext: Buffer.from(Plaintext!),
        wrapped: Buffer.from(CiphertextBlob!),
      };
    } catch (error) {
      throw this.named(error, 'GenerateDataKey', context);
    }
  }

  async unwrap(keyId: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer> {
    try {
      const { Plaintext } = await this.kms.send(
        new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: { ...context } }),
      );
      return Buffer.from(Plaintext!);
    } catch (error) {
      throw this.named(error, 'Decrypt', context);
    }
  }

  private named(error: unknown, operation: string, context: EncryptionContext): Error {
    const { name, message } = error as Error;
    const facts = { keyId: this.keyArn, operation, service: name };
    const advice = unusableKey[name];
    if (advice !== undefined) {
      return new EncryptionKeyError(
        `KMS key ${this.keyArn} cannot be used: ${name}: ${presentableWords(message)}. ${advice}`,
        facts,
        true,
        { cause: error },
      );
    }
    if (notOurs.has(name)) {
      return new DecryptionError(
        `KMS cannot decrypt a data key with ${this.keyArn} (${name}): it was changed, or it belongs to another namespace than "${context['namespace'] ?? ''}". Check TEMPORAL_NAMESPACE.`,
        facts,
        true,
        { cause: error },
      );
    }
    return translateAwsError(error, { operation, subject: `KMS key ${this.keyArn}` });
  }
}
