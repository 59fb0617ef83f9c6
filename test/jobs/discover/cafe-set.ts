import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { botArchiveFromFiles, knownUtterances } from '../../../src/domain/bot-archive';
import type { LabelledUtterance, Utterance } from '../../../src/domain/utterance';
import { prepareFolder } from '../../../src/jobs/prepare';
import { cafeFolder, readFolder } from '../../domain/bot-archive/folder';

export interface CafeSet {
  utterances: Utterance[];
  known: LabelledUtterance[];
  /** What each utterance is about, by id: an intent, `hidden:…`, `junk` or `foreign`; some texts have none. */
  topics: Map<string, string>;
  /** The hidden topics that occur. */
  hidden: string[];
}

const example = resolve('examples/cafe');

/** The café's logs as the job "prepare" leaves them, and what its bot knows. */
export async function readCafeSet(): Promise<CafeSet> {
  const out = await mkdtemp(join(tmpdir(), 'ciclo-test-'));
  try {
    const { paths } = await prepareFolder({
      logsDirectory: join(example, 'logs'),
      outDirectory: out,
      parameters: { localeId: 'es_ES', lowConfidence: 0.6 },
    });
    const lines = (await readFile(paths.utterances, 'utf8')).split('\n').filter(Boolean);
    const utterances = lines.map((line) => JSON.parse(line) as Utterance);
    const truth = parse(await readFile(join(example, 'truth.csv'), 'utf8'), { columns: true });
    const topicOf = new Map((truth as { text: string; topic: string }[]).map((row) => [row.text, row.topic]));
    const topics = new Map(
      utterances.flatMap(({ id, text }) => (topicOf.has(text) ? [[id, topicOf.get(text)!] as const] : [])),
    );
    return {
      utterances,
      known: knownUtterances(botArchiveFromFiles(readFolder(cafeFolder)), 'es_ES'),
      topics,
      hidden: [...new Set(topics.values())].filter((topic) => topic.startsWith('hidden:')).sort(),
    };
  } finally {
    await rm(out, { recursive: true });
  }
}
