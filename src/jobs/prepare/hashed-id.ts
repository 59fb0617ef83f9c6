import { hash } from 'node:crypto';

/** An identifier of 64 bits in two halves, as unsigned numbers. */
export interface Halves {
  high: number;
  low: number;
}

/** The first 64 bits of a text's SHA-256. */
export function hashedId(text: string): Halves {
  const digest = hash('sha256', text, 'binary');
  return { high: fourBytes(digest, 0), low: fourBytes(digest, 4) };
}

function fourBytes(bytes: string, from: number): number {
  return (
    ((bytes.charCodeAt(from) << 24) |
      (bytes.charCodeAt(from + 1) << 16) |
      (bytes.charCodeAt(from + 2) << 8) |
      bytes.charCodeAt(from + 3)) >>>
    0
  );
}
