import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Discovery } from '../../domain/discovery';
import type { DiscoveryMap } from '../../domain/discovery-map';
import { renderDiscoveryReport } from '../../domain/report';
import { detectLanguage } from '../../domain/text/language';
import type { DiscoverParameters } from '../../domain/job';
import type { Utterance } from '../../domain/utterance';
import type { ReportProgress } from '../progress';
import { discover } from './discover';
import type { EmbedderSurroundings } from './embedders';
import { parsePreviousDiscovery } from './previous';
import { readTable, readUtf8 } from './table';

export interface DiscoverFilesOptions {
  /** CSV with the column `text` (optional: `id`, `count`), or JSON lines with the fields of an `Utterance`. */
  utterancesPath: string;
  /** CSV or JSON lines with `text` and `intent`. */
  knownPath?: string;
  /** CSV or JSON lines with `text`. */
  rejectedPath?: string;
  /** `discovery.json` of an earlier run, whose ids are kept for proposals that persist. */
  previousPath?: string;
  outPath: string;
  /** Where the map of the utterances goes as well, as JSON. */
  mapPath?: string;
  /** Where a report as HTML goes as well. */
  reportPath?: string;
  /** Where points are kept and models are read. */
  surroundings?: EmbedderSurroundings;
  parameters: DiscoverParameters;
  onProgress?: ReportProgress;
}

const share = z.number().min(0).max(1);
const time = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'a date, e.g. 2026-11-05T21:36:44Z')
  .transform((text) => new Date(text).toISOString());
/** CSV knows only texts: an empty cell is a missing value. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());

const utteranceRow = z.object({
  text: z.string(),
  id: optional(z.union([z.string(), z.number()]).transform(String)),
  count: optional(z.coerce.number().int().min(1)),
  language: optional(z.string()),
  firstSeen: optional(time),
  lastSeen: optional(time),
  outcome: optional(z.enum(['understood', 'uncertain', 'missed'])),
  intent: optional(z.string()),
  confidence: optional(z.coerce.number().pipe(share)),
  alternative: optional(z.object({ intent: z.string(), confidence: share })),
});
const knownRow = z.object({ text: z.string(), intent: z.string().min(1) });
const rejectedRow = z.object({ text: z.string() });

/**
 * The job "discover" on plain files: the same as in a cycle. Rows without an outcome count as missed, the language of
 * those that state none is told by their words as the job "prepare" tells it; equal ids get a number behind, so that
 * every row has an assignment of its own.
 * @throws NotFoundError for a file that does not exist
 * @throws InvalidInputError naming file and line, for what cannot be read
 * @throws InvalidConfigurationError when the embedder cannot be used
 */
export async function discoverFiles(options: DiscoverFilesOptions): Promise<Discovery> {
  const { language } = options.parameters;
  const rows = await readTable(options.utterancesPath, utteranceRow);
  const utterances = uniqueIds(rows.map((row) => toUtterance(row, language)));
  const known = options.knownPath === undefined ? [] : await readTable(options.knownPath, knownRow);
  const rejected =
    options.rejectedPath === undefined ? [] : await readTable(options.rejectedPath, rejectedRow);
  const previous =
    options.previousPath === undefined
      ? undefined
      : parsePreviousDiscovery(await readUtf8(options.previousPath), options.previousPath);
  const { mapPath, reportPath } = options;
  let map: DiscoveryMap | null = null;
  const discovery = await discover(
    {
      utterances,
      known,
      rejected: rejected.map(({ text }) => text),
      previous,
      surroundings: options.surroundings,
      parameters: options.parameters,
    },
    options.onProgress,
    mapPath === undefined && reportPath === undefined ? undefined : (drawn) => (map = drawn),
  );
  await write(options.outPath, `${JSON.stringify(discovery, null, 2)}\n`);
  if (mapPath !== undefined) await write(mapPath, `${JSON.stringify(map)}\n`);
  if (reportPath !== undefined) {
    await write(
      reportPath,
      renderDiscoveryReport({ language: language === 'es' ? 'es' : 'en', discovery, map }),
    );
  }
  return discovery;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function toUtterance(row: z.infer<typeof utteranceRow>, botLanguage: string): Utterance {
  return {
    id: row.id ?? createHash('sha256').update(row.text).digest('hex').slice(0, 16),
    text: row.text,
    language: row.language ?? detectLanguage(row.text, botLanguage),
    count: row.count ?? 1,
    firstSeen: row.firstSeen ?? row.lastSeen ?? null,
    lastSeen: row.lastSeen ?? row.firstSeen ?? null,
    outcome: row.outcome ?? 'missed',
    intent: row.intent ?? null,
    confidence: row.confidence ?? null,
    alternative: row.alternative ?? null,
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
