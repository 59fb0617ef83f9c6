import { type Payload, type PayloadCodec, METADATA_ENCODING_KEY } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { open, seal } from './aes-gcm';
import type { DataKeys } from './data-keys';
import { DecryptionError } from './key-source';

/** What the metadata of an encrypted payload calls its parts. */
export const encryptedEncoding = 'binary/encrypted';
const keyIdName = 'encryption-key-id';
const dataKeyName = 'encryption-data-key';

const { Payload: PayloadMessage } = temporal.api.common.v1;
/** A payload is bound to its form, so that what is sealed for another purpose is not taken for one. */
const associated = Buffer.from('ciclo/payload/1');

/**
 * Envelope encryption of what Temporal stores: each payload is sealed whole, its own metadata included, with a data
 * key that travels with it, wrapped by the key that its metadata names. Payloads of before encryption pass as they are.
 */
export class EncryptionCodec implements PayloadCodec {
  constructor(private readonly dataKeys: DataKeys) {}

  /**
   * Finds out whether new payloads can be encrypted, before anything depends on it.
   * @throws EncryptionKeyError when the key for writing cannot be used
   */
  async check(): Promise<void> {
    if (this.dataKeys.writes) await this.dataKeys.forWriting();
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    if (!this.dataKeys.writes) return payloads;
    return Promise.all(
      payloads.map(async (payload) => {
        if (isEncrypted(payload)) return payload;
        const { keyId, plaintext, wrapped } = await this.dataKeys.forWriting();
        return {
          metadata: {
            [METADATA_ENCODING_KEY]: Buffer.from(encryptedEncoding),
            [keyIdName]: Buffer.from(keyId),
            [dataKeyName]: wrapped,
          },
          data: seal(plaintext, PayloadMessage.encode(payload).finish(), associated),
        };
      }),
    );
  }

  /**
   * @throws EncryptionKeyError when the key of a payload is not configured or cannot be used
   * @throws DecryptionError when a payload was changed
   */
  async decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.all(
      payloads.map(async (payload) => (isEncrypted(payload) ? this.decrypt(payload) : payload)),
    );
  }

  private async decrypt({ metadata, data }: Payload): Promise<Payload> {
    const keyId = metadata?.[keyIdName];
    const wrapped = metadata?.[dataKeyName];
    if (!keyId || !wrapped || !data) {
      throw new DecryptionError(
        'An encrypted payload does not say which key it needs: another program encrypted it. Use that program’s codec to read it.',
      );
    }
    const id = Buffer.from(keyId).toString('utf8');
    const key = await this.dataKeys.forReading(id, Buffer.from(wrapped));
    try {
      const { metadata: former, data: content, ...rest } = PayloadMessage.decode(open(key, data, associated));
      return { ...rest, metadata: former, data: content };
    } catch (cause) {
      throw new DecryptionError(
        `A payload that was encrypted with key ${id} was changed since: it cannot be decrypted. Read it from a copy of the history.`,
        { keyId: id },
        true,
        { cause },
      );
    }
  }
}

function isEncrypted({ metadata }: Payload): boolean {
  const encoding = metadata?.[METADATA_ENCODING_KEY];
  return (
    encoding !== undefined &&
    encoding !== null &&
    Buffer.from(encoding).toString('utf8') === encryptedEncoding
  );
}
