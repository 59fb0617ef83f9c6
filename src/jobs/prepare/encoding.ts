import { isUtf8 } from 'node:buffer';

/** Turns the bytes of a text into UTF-8, chunk by chunk. */
export interface Transcoder {
  toUtf8(chunk: Buffer): Buffer;
  end(): Buffer;
}

/**
 * Recognises how a text is encoded: by its byte-order mark, by the zero bytes of UTF-16, and for a CSV, as
 * spreadsheets of Western Europe save it, Windows-1252 where it is not UTF-8. JSON is UTF-8 by its standard.
 *
 * @param head the first bytes
 * @returns null for UTF-8 and what may be taken for it
 */
export function detectTranscoder(head: Buffer): Transcoder | null {
  if (head[0] === 0xff && head[1] === 0xfe) return transcoder('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return transcoder('utf-16be');
  if (head.length >= 4 && head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0)
    return transcoder('utf-16le');
  if (head.length >= 4 && head[0] === 0 && head[1] !== 0 && head[2] === 0 && head[3] !== 0)
    return transcoder('utf-16be');
  return looksLikeJson(head) || isUtf8(withoutCutCharacter(head)) ? null : transcoder('windows-1252');
}

function looksLikeJson(head: Buffer): boolean {
  return (
    /^(?:\xEF\xBB\xBF)?\s*[{[]/.test(head.toString('latin1', 0, 64)) ||
    /\n\s*\{"/.test(head.toString('latin1', 0, head.length))
  );
}

function transcoder(encoding: string): Transcoder {
  const decoder = new TextDecoder(encoding);
  return {
    toUtf8: (chunk) => Buffer.from(decoder.decode(chunk, { stream: true })),
    end: () => Buffer.from(decoder.decode()),
  };
}

/** Leaves a character off that the end of the buffer cuts through: up to three bytes. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
  }
  return bytes;
}
