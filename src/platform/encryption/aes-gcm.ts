import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM with the sizes of NIST SP 800-38D: a random nonce of 96 bits and a tag of 128. */
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Bytes of an AES-256 key. */
export const keyBytes = 32;

/**
 * @param associated what is not secret but must be the same when the text is opened
 * @returns nonce, encrypted text and tag in one
 */
export function seal(key: Buffer, text: Uint8Array, associated: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(associated);
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens what `seal` made.
 * @throws Error when key, text or associated data are not those it was sealed with
 */
export function open(key: Buffer, sealed: Uint8Array, associated: Buffer): Buffer {
  if (sealed.byteLength < nonceBytes + tagBytes) throw new Error('Too short to be an encrypted text.');
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(associated)
    .setAuthTag(bytes.subarray(bytes.length - tagBytes));
  return Buffer.concat([
    decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes)),
    decipher.final(),
  ]);
}
