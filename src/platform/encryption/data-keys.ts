import { createHash } from 'node:crypto';
import { CicloError } from '../../domain/errors';
import { type DataKey, type EncryptionContext, EncryptionKeyError, type KeySource } from './key-source';

/** How long a data key encrypts, and how many unwrapped ones are remembered. */
export interface DataKeyLimits {
  lifetimeMs: number;
  /** Far below the 2^32 messages that NIST SP 800-38D allows one key with random nonces. */
  mostUses: number;
  mostRemembered: number;
  /** Until then a data key may be used while no new one can be had, asking again after `retryAfterMs`. */
  longestLifetimeMs: number;
  retryAfterMs: number;
}

export const usualDataKeyLimits: DataKeyLimits = {
  lifetimeMs: 60 * 60_000,
  mostUses: 100_000,
  mostRemembered: 1000,
  longestLifetimeMs: 24 * 60 * 60_000,
  retryAfterMs: 30_000,
};

export interface DataKeysOptions {
  /** The key that new data keys are wrapped with; null where nothing is to be encrypted. */
  writing: KeySource | null;
  /** Keys of former times. */
  reading: readonly KeySource[];
  context: EncryptionContext;
  limits?: Partial<DataKeyLimits>;
  nowMs?: () => number;
}

/**
 * Data keys for payloads: the current one for writing, replaced by time and by use, and those of encrypted payloads,
 * each unwrapped once. What fails is not remembered.
 */
export class DataKeys {
  private readonly limits: DataKeyLimits;
  private readonly nowMs: () => number;
  private current: { key: DataKey; sinceMs: number; uses: number } | undefined;
  private replacing: Promise<void> | undefined;
  /** While there is no new data key to be had. */
  private goesOnUntilMs = 0;
  private readonly unwrapped = new Map<string, Promise<Buffer>>();

  constructor(private readonly options: DataKeysOptions) {
    this.limits = { ...usualDataKeyLimits, ...options.limits };
    this.nowMs = options.nowMs ?? Date.now;
  }

  /** Whether new payloads are encrypted. */
  get writes(): boolean {
    return this.options.writing !== null;
  }

  /**
   * The data key to encrypt one payload with. Where a new one cannot be had for a passing reason, the former one goes
   * on for a while: a worker that cannot encrypt has to end.
   */
  async forWriting(): Promise<DataKey> {
    for (;;) {
      if (this.current !== undefined && this.isGood(this.current)) {
        this.current.uses++;
        return this.current.key;
      }
      await (this.replacing ??= this.replace().finally(() => (this.replacing = undefined)));
    }
  }

  private isGood({ sinceMs, uses }: { sinceMs: number; uses: number }): boolean {
    const nowMs = this.nowMs();
    const { lifetimeMs, mostUses } = this.limits;
    return (nowMs - sinceMs < lifetimeMs && uses < mostUses) || nowMs < this.goesOnUntilMs;
  }

  private async replace(): Promise<void> {
    const { writing, context } = this.options;
    if (writing === null) throw new Error('Nothing is encrypted without a key for writing.');
    const sinceMs = this.nowMs();
    try {
      const key = await writing.generateDataKey(context);
      this.current = { key, sinceMs, uses: 0 };
      this.remember(nameOf(key.keyId, key.wrapped), Promise.resolve(key.plaintext));
    } catch (error) {
      const passes = error instanceof CicloError && !error.permanent;
      const { current } = this;
      if (!passes || current === undefined || sinceMs - current.sinceMs >= this.limits.longestLifetimeMs)
        throw error;
      this.goesOnUntilMs = this.nowMs() + this.limits.retryAfterMs;
    }
  }

  /**
   * The data key of an encrypted payload.
   * @throws EncryptionKeyError when none of the configured keys is the one it was wrapped with
   */
  async forReading(keyId: string, wrapped: Buffer): Promise<Buffer> {
    const name = nameOf(keyId, wrapped);
    const known = this.unwrapped.get(name);
    if (known) {
      this.remember(name, known);
      return known;
    }
    const unwrapping = this.unwrap(keyId, wrapped);
    this.remember(name, unwrapping);
    unwrapping.catch(() => this.unwrapped.delete(name));
    return unwrapping;
  }

  /** The one asked for the longest ago is forgotten first. */
  private remember(name: string, key: Promise<Buffer>): void {
    this.unwrapped.delete(name);
    this.unwrapped.set(name, key);
    if (this.unwrapped.size > this.limits.mostRemembered) {
      this.unwrapped.delete(this.unwrapped.keys().next().value!);
    }
  }

  private async unwrap(keyId: string, wrapped: Buffer): Promise<Buffer> {
    const { writing, reading, context } = this.options;
    const held: string[] = [];
    for (const source of writing === null ? reading : [writing, ...reading]) {
      const ids = await source.keyIds();
      if (ids.includes(keyId)) return source.unwrap(keyId, wrapped, context);
      held.push(...ids);
    }
    // A payload says which key it needs, and only configured keys are asked: nobody can have another one used.
    throw new EncryptionKeyError(
      `A payload is encrypted with key ${keyId}, and ${held.length === 0 ? 'no key is configured' : `only ${held.join(', ')} ${held.length === 1 ? 'is' : 'are'} configured`}. ` +
        'Name the key in CICLO_ENCRYPTION_KEY, or in CICLO_ENCRYPTION_OLD_KEYS when it only reads.',
      { keyId, configured: held },
    );
  }
}

function nameOf(keyId: string, wrapped: Buffer): string {
  return createHash('sha256').update(keyId).update('\0').update(wrapped).digest('base64');
}
