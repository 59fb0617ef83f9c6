import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A ciphertext blob as the stand-in forms it: version, key id, nonce, tag, encrypted bytes. KMS's own form is secret. */
const version = 1;
const idBytes = 36;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + idBytes + nonceBytes + tagBytes;

/** @param context is authenticated, whatever the order of its names */
export function encryptBlob(
  keyId: string,
  material: Buffer,
  text: Uint8Array,
  context: Record<string, string>,
): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', material, nonce).setAAD(canonical(context));
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([Buffer.from([version]), Buffer.from(keyId), nonce, cipher.getAuthTag(), encrypted]);
}

/** Id of the key that a blob was encrypted with; null for what is no blob of the stand-in's. */
export function keyIdOfBlob(blob: Buffer): string | null {
  return blob.length > headBytes && blob[0] === version ? blob.toString('latin1', 1, 1 + idBytes) : null;
}

/** @throws Error when blob, key or context are not those of the encryption */
export function decryptBlob(material: Buffer, blob: Buffer, context: Record<string, string>): Buffer {
  const nonce = blob.subarray(1 + idBytes, 1 + idBytes + nonceBytes);
  const tag = blob.subarray(1 + idBytes + nonceBytes, headBytes);
  const decipher = createDecipheriv('aes-256-gcm', material, nonce, { authTagLength: tagBytes })
    .setAAD(canonical(context))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(blob.subarray(headBytes)), decipher.final()]);
}

function canonical(context: Record<string, string>): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}
