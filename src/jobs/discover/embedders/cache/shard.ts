import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import type { Matrix } from '../../numeric/matrix';

/**
 * Points of texts as one immutable object. Little-endian: the mark, columns and rows as uint32, the SHA-256 of each text
 * (32 bytes), the points as float32 row after row, and the SHA-256 of everything before it.
 */
const mark = Buffer.from('CICLOEM1');
const headerBytes = mark.length + 8;
const digestBytes = 32;

/** What a shard holds. */
export interface Shard {
  /** SHA-256 of each text in hexadecimal digits, in the order of the rows. */
  keys: string[];
  points: Matrix;
}

/** Bytes that are no shard, or not a whole one. */
export class BrokenShardError extends Error {}

/** The key of a text. */
export function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function writeShard({ keys, points }: Shard): Buffer {
  requireLittleEndian();
  const { rows, columns, values } = points;
  const header = Buffer.alloc(headerBytes);
  mark.copy(header);
  header.writeUInt32LE(columns, mark.length);
  header.writeUInt32LE(rows, mark.length + 4);
  const content = Buffer.concat([
    header,
    ...keys.map((key) => Buffer.from(key, 'hex')),
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  ]);
  return Buffer.concat([content, createHash('sha256').update(content).digest()]);
}

/** @throws BrokenShardError saying what is wrong with the bytes */
export function readShard(bytes: Buffer): Shard {
  requireLittleEndian();
  if (bytes.length < headerBytes + digestBytes) throw new BrokenShardError('it is cut short');
  if (!bytes.subarray(0, mark.length).equals(mark)) throw new BrokenShardError('it is of another kind');
  const columns = bytes.readUInt32LE(mark.length);
  const rows = bytes.readUInt32LE(mark.length + 4);
  const end = headerBytes + rows * (digestBytes + columns * 4);
  if (bytes.length !== end + digestBytes) throw new BrokenShardError('it is cut short');
  const content = bytes.subarray(0, end);
  if (!createHash('sha256').update(content).digest().equals(bytes.subarray(end)))
    throw new BrokenShardError('its checksum is wrong');
  const pointsStart = headerBytes + rows * digestBytes;
  const keys = Array.from({ length: rows }, (_, row) =>
    bytes.toString('hex', headerBytes + row * digestBytes, headerBytes + (row + 1) * digestBytes),
  );
  // A copy, because views of float32 need an address that is a multiple of four.
  const values = new Float32Array(Uint8Array.from(content.subarray(pointsStart)).buffer);
  return { keys, points: { rows, columns, values } };
}

function requireLittleEndian(): void {
  if (endianness() !== 'LE')
    throw new Error('shards of points are read and written on little-endian machines');
}
