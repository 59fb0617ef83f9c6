import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AuditEntry, AuditRecord } from '../../domain/audit';
import { ConflictError, InvalidInputError } from '../../domain/errors';
import { decisionActions } from '../../domain/review';
import type { ObjectStore } from '../storage/object-store';
import { joinUri } from '../storage/uri';

/** More writers at the same moment are not to be expected. */
const appendAttempts = 50;
const readsAtOnce = 16;
const entryName = /^(\d{6,})\.json$/;

const about = { cycle: z.int(), author: z.string() };
const promotion = {
  modelVersion: z.int(),
  botVersion: z.string(),
  alias: z.string(),
  author: z.string().nullable(),
};
const rollback = {
  fromModelVersion: z.int(),
  toModelVersion: z.int(),
  botVersion: z.string(),
  alias: z.string(),
  author: z.string(),
};
const eventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('decision'),
    ...about,
    number: z.int(),
    action: z.enum(decisionActions),
    proposals: z.array(z.string()),
    name: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('approval'), ...about, decisions: z.int() }),
  z.strictObject({
    kind: z.literal('review-finished'),
    cycle: z.int(),
    outcome: z.enum(['finished', 'deadline-proceed', 'deadline-abandon']),
    decisions: z.int(),
    approvers: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('promotion-started'), ...promotion }),
  z.strictObject({ kind: z.literal('promoted'), ...promotion }),
  z.strictObject({ kind: z.literal('promotion-withdrawn'), ...promotion }),
  z.strictObject({ kind: z.literal('rollback-started'), ...rollback }),
  z.strictObject({ kind: z.literal('rolled-back'), ...rollback }),
]);
const entrySchema: z.ZodType<AuditEntry> = z.strictObject({
  schemaVersion: z.literal(1),
  number: z.int().min(1),
  previousSha256: z.string().nullable(),
  pipeline: z.string(),
  id: z.string(),
  at: z.string(),
  event: eventSchema,
});

/** Where the chain ends: what an auditor notes elsewhere, to find out later whether the end was cut off. */
export interface AuditHead {
  number: number;
  sha256: string;
}

/** What is wrong with a trail, and at which entry. */
export interface AuditProblem {
  number: number;
  problem: string;
}

export interface AuditVerification {
  entries: number;
  /** Null for an empty trail. */
  head: AuditHead | null;
  problems: AuditProblem[];
}

interface StoredEntry {
  number: number;
  sha256: string;
  /** Null for what is no entry. */
  entry: AuditEntry | null;
}

/**
 * `audit/NNNNNN.json`: one object an event, each created only if there is none of its number, and each with the
 * SHA-256 of the one before. Nothing here writes over or deletes an entry.
 */
export class AuditTrail {
  private readonly prefix: string;

  constructor(
    private readonly store: ObjectStore,
    storeUri: string,
    private readonly pipeline: string,
  ) {
    this.prefix = `${joinUri(storeUri, 'audit')}/`;
  }

  /**
   * Notes records in their order. One that is there already, from an attempt whose answer was lost, is passed over.
   *
   * @returns where the chain ends then; null for an empty trail
   * @throws ConflictError when others were faster too often
   */
  async append(records: readonly AuditRecord[]): Promise<AuditHead | null> {
    let stored = await this.readAll();
    for (const record of records) {
      for (let attempt = 1; ; attempt++) {
        if (stored.some(({ entry }) => entry?.id === record.id)) break;
        const last = stored.at(-1);
        const entry: AuditEntry = {
          schemaVersion: 1,
          number: (last?.number ?? 0) + 1,
          previousSha256: last?.sha256 ?? null,
          pipeline: this.pipeline,
          ...record,
        };
        const body = Buffer.from(`${JSON.stringify(entry, null, 2)}\n`);
        try {
          await this.store.write(this.uriOf(entry.number), body, {
            ifNoneMatch: '*',
            contentType: 'application/json',
          });
          stored.push({ number: entry.number, sha256: sha256Of(body), entry });
          break;
        } catch (error) {
          if (!(error instanceof ConflictError) || attempt === appendAttempts) throw error;
          stored = [...stored, ...(await this.readAll(stored.length))];
        }
      }
    }
    const last = stored.at(-1);
    return last ? { number: last.number, sha256: last.sha256 } : null;
  }

  /**
   * Every entry, in order.
   * @throws InvalidInputError for an object that is no entry; `verify` says more
   */
  async entries(): Promise<AuditEntry[]> {
    return (await this.readAll()).map(({ number, entry }) => {
      if (entry) return entry;
      throw new InvalidInputError(
        `${this.uriOf(number)} is no entry of the audit trail. Look with "npx ciclo audit ${this.pipeline} --verify".`,
        { uri: this.uriOf(number) },
      );
    });
  }

  /**
   * Checks every entry against the next one: what was edited, removed, put in between or exchanged breaks the chain
   * there. What the chain alone cannot show is an end that was cut off, or a whole new chain: a head noted elsewhere
   * shows that.
   *
   * @param knownSha256 of a former head, which the trail must still hold
   */
  async verify(knownSha256: string | null = null): Promise<AuditVerification> {
    const stored = await this.readAll();
    const problems: AuditProblem[] = [];
    const add = (number: number, problem: string) => problems.push({ number, problem });
    const ids = new Map<string, number>();
    let previous: StoredEntry | undefined;
    for (const one of stored) {
      const expected = (previous?.number ?? 0) + 1;
      for (let missing = expected; missing < one.number; missing++) add(missing, 'is missing');
      const { entry } = one;
      if (entry === null) {
        add(one.number, 'is no entry: it was overwritten or damaged');
      } else {
        if (entry.number !== one.number) add(one.number, `calls itself number ${entry.number}`);
        if (entry.pipeline !== this.pipeline) add(one.number, `is of pipeline "${entry.pipeline}"`);
        const twin = ids.get(entry.id);
        if (twin !== undefined) add(one.number, `tells the same event as number ${twin}`);
        ids.set(entry.id, one.number);
        if (one.number === expected && entry.previousSha256 !== (previous?.sha256 ?? null)) {
          add(
            previous?.number ?? one.number,
            previous
              ? `is not what number ${one.number} was chained to: one of the two was changed`
              : 'is chained to an entry before it, and there is none',
          );
        }
      }
      previous = one;
    }
    if (knownSha256 !== null && !stored.some(({ sha256 }) => sha256 === knownSha256)) {
      add(
        (previous?.number ?? 0) + 1,
        `or an entry before it had the hash ${knownSha256}, which no entry has now: the end was cut off, or the trail was written anew`,
      );
    }
    return {
      entries: stored.length,
      head: previous ? { number: previous.number, sha256: previous.sha256 } : null,
      problems,
    };
  }

  /** @param skip how many entries at the beginning are known already */
  private async readAll(skip = 0): Promise<StoredEntry[]> {
    const numbers: number[] = [];
    for await (const { uri } of this.store.list(this.prefix)) {
      const digits = entryName.exec(uri.slice(this.prefix.length))?.[1];
      if (digits !== undefined) numbers.push(Number(digits));
    }
    const wanted = numbers.sort((a, b) => a - b).slice(skip);
    const found: StoredEntry[] = [];
    for (let start = 0; start < wanted.length; start += readsAtOnce) {
      const batch = wanted.slice(start, start + readsAtOnce);
      found.push(...(await Promise.all(batch.map((number) => this.readOne(number)))));
    }
    return found;
  }

  private async readOne(number: number): Promise<StoredEntry> {
    const content = await this.store.readBuffer(this.uriOf(number));
    const parsed = entrySchema.safeParse(jsonOf(content));
    return { number, sha256: sha256Of(content), entry: parsed.success ? parsed.data : null };
  }

  private uriOf(number: number): string {
    return `${this.prefix}${String(number).padStart(6, '0')}.json`;
  }
}

function jsonOf(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}

function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
