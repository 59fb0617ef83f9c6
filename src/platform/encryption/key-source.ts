import { CicloError } from '../../domain/errors';

/** The key that a payload was encrypted with is not among the configured ones, or cannot be used. */
export class EncryptionKeyError extends CicloError {}

/** An encrypted payload was changed, or belongs to another namespace. */
export class DecryptionError extends CicloError {}

/** What a data key is for; whoever unwraps it has to say the same, or is refused. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** A key for payloads, and the same key as the key above it encrypted it. */
export interface DataKey {
  /** Of the key above it: a KMS key's ARN, or an id in a key file. */
  keyId: string;
  /** 32 bytes. */
  plaintext: Buffer;
  wrapped: Buffer;
}

/** A key that encrypts data keys, wherever it is kept. */
export interface KeySource {
  /** Ids of the keys that it can unwrap with. */
  keyIds(): Promise<readonly string[]>;
  /** @throws EncryptionKeyError when the key cannot be used */
  generateDataKey(context: EncryptionContext): Promise<DataKey>;
  /**
   * @throws EncryptionKeyError when the key cannot be used
   * @throws DecryptionError when the wrapped key was changed or the context is another
   */
  unwrap(keyId: string, wrapped: Buffer, context: EncryptionContext): Promise<Buffer>;
}
