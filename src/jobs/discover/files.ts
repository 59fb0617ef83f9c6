import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Discovery } from '../../domain/discovery';
import type { DiscoverParameters } from '../../domain/job';
import type { Utterance } from '../../domain/utterance';
import type { ReportProgress } from '../progress';
import { discover } from './discover';
import { readTable } from './table';

export interface DiscoverFilesOptions {
  /** CSV with the column `text` (optional: `id`, `count`), or JSON lines with the fields of an `Utterance`. */
  utterancesPath: string;
  /** CSV or JSON lines with `text` and `intent`. */
  knownPath?: string;
  /** CSV or JSON lines with `text`. */
  rejectedPath?: string;
  outPath: string;
  parameters: DiscoverParameters;
  onProgress?: ReportProgress;
}

const share = z.number().min(0).max(1);
/** CSV knows only texts: an empty cell is a missing value. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());

const utteranceRow = z.object({
  text: z.string(),
  id: optional(z.union([z.string(), z.number()]).transform(String)),
  count: optional(z.coerce.number().int().min(1)),
  language: optional(z.string()),
  firstSeen: optional(z.string()),
  lastSeen: optional(z.string()),
  outcome: optional(z.enum(['understood', 'uncertain', 'missed'])),
  intent: optional(z.string()),
  confidence: optional(z.coerce.number().pipe(share)),
});
const knownRow = z.object({ text: z.string(), intent: z.string().min(1) });
const rejectedRow = z.object({ text: z.string() });

/**
 * The job "discover" on plain files: the same as in a cycle. Rows without an outcome count as missed; equal ids get
 * a number behind, so that every row has an assignment of its own.
 * @throws NotFoundError for a file that does not exist
 * @throws InvalidInputError naming file and line, for what cannot be read
 * @throws InvalidConfigurationError when the embedder cannot be used
 */
export async function discoverFiles(options: DiscoverFilesOptions): Promise<Discovery> {
  const utterances = uniqueIds((await readTable(options.utterancesPath, utteranceRow)).map(toUtterance));
  const known = options.knownPath === undefined ? [] : await readTable(options.knownPath, knownRow);
  const rejected =
    options.rejectedPath === undefined ? [] : await readTable(options.rejectedPath, rejectedRow);
  const discovery = await discover(
    { utterances, known, rejected: rejected.map(({ text }) => text), parameters: options.parameters },
    options.onProgress,
  );
  await mkdir(dirname(options.outPath), { recursive: true });
  await writeFile(options.outPath, `${JSON.stringify(discovery, null, 2)}\n`);
  return discovery;
}

function toUtterance(row: z.infer<typeof utteranceRow>): Utterance {
  return {
    id: row.id ?? createHash('sha256').update(row.text).digest('hex').slice(0, 16),
    text: row.text,
    language: row.language ?? 'und',
    count: row.count ?? 1,
    firstSeen: row.firstSeen ?? null,
    lastSeen: row.lastSeen ?? null,
    outcome: row.outcome ?? 'missed',
    intent: row.intent ?? null,
    confidence: row.confidence ?? null,
    alternative: null,
  };
}

function uniqueIds(utterances: readonly Utterance[]): Utterance[] {
  const seen = new Map<string, number>();
  return utterances.map((utterance) => {
    const times = (seen.get(utterance.id) ?? 0) + 1;
    seen.set(utterance.id, times);
    return times === 1 ? utterance : { ...utterance, id: `${utterance.id}-${times}` };
  });
}
