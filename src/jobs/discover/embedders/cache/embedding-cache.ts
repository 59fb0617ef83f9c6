import { createHash } from 'node:crypto';
import { NotFoundError } from '../../../../domain/errors';
import type { ObjectStore } from '../../../../platform/storage/object-store';
import { joinUri } from '../../../../platform/storage/uri';
import { rowOf } from '../../numeric/matrix';
import { BrokenShardError, keyOf, readShard, writeShard, type Shard } from './shard';

/** Where points are kept between cycles. */
export interface EmbeddingStore {
  store: ObjectStore;
  /** Prefix, ending in `/`. */
  uri: string;
}

/** Points that were kept, by the key of their text. */
export interface KeptPoints {
  /** Numbers of a point; 0 when there is none. */
  columns: number;
  byKey: Map<string, Float32Array>;
  warnings: string[];
}

/**
 * Points of one model, by the SHA-256 of their texts; the texts themselves are not kept. Objects are only ever added,
 * named by their content, so that cycles which write at the same time lose nothing.
 */
export class EmbeddingCache {
  private readonly prefix: string;
  private readonly store: ObjectStore;

  /** @param identity of the model: another one has other points */
  constructor({ store, uri }: EmbeddingStore, identity: string) {
    this.store = store;
    this.prefix = `${joinUri(uri, keyOf(identity).slice(0, 32))}/`;
  }

  /** Reads the points of the texts with these keys. A broken object is passed over with a warning. */
  async read(wanted: ReadonlySet<string>): Promise<KeptPoints> {
    const kept: KeptPoints = { columns: 0, byKey: new Map(), warnings: [] };
    for await (const { uri } of this.store.list(this.prefix)) {
      if (kept.byKey.size === wanted.size) break;
      const shard = await this.shardAt(uri, kept);
      if (shard === null) continue;
      kept.columns = shard.points.columns;
      shard.keys.forEach((key, row) => {
        if (wanted.has(key)) kept.byKey.set(key, rowOf(shard.points, row).slice());
      });
    }
    return kept;
  }

  async add(shard: Shard): Promise<void> {
    const bytes = writeShard(shard);
    const name = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    await this.store.write(`${this.prefix}${name}.bin`, bytes, { contentType: 'application/octet-stream' });
  }

  private async shardAt(uri: string, kept: KeptPoints): Promise<Shard | null> {
    try {
      const shard = readShard(await this.store.readBuffer(uri));
      if (kept.columns === 0 || kept.columns === shard.points.columns) return shard;
      throw new BrokenShardError(
        `it has ${shard.points.columns} numbers a point, others have ${kept.columns}`,
      );
    } catch (error) {
      // Deleted since it was listed.
      if (error instanceof NotFoundError) return null;
      if (!(error instanceof BrokenShardError)) throw error;
      kept.warnings.push(
        `Kept points in ${uri} were not used, because ${error.message}; they were made again. Delete the object.`,
      );
      return null;
    }
  }
}
