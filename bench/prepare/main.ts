import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildDist } from '../support/build';
import { describeMachine } from '../support/machine';
import type { Measured } from '../support/measured-process';
import { benchCacheFolder, pythonEnvironment } from '../support/python';
import { markdownTable, megabytes, ratio } from '../support/table';
import { disagreements } from './agreement';
import { generateLogs } from './logs';
import { runPeer, runPrepareJob, type OurRun, type PeerRun } from './programs';

/** It takes many minutes for more, on one processor, and adds nothing to the comparison. */
const pandasMegabytes = 1024;

const usage = `Usage: npm run bench -- prepare [--sizes 1024,4096] [--forms plain,gzip] [--peers duckdb,polars,pandas]

Measures the job prepare on generated logs beside programs that only filter and group them.
  --sizes   of the logs before compression, in MB (default: 1024)
  --forms   plain, gzip or both (default: both)
  --peers   whom to compare with, duckdb always among them (default: all; pandas up to ${pandasMegabytes} MB)`;

const knownPeers = ['duckdb', 'polars', 'pandas'];
const knownForms = ['plain', 'gzip'] as const;
type Form = (typeof knownForms)[number];

/** What prepare shall reach on two processors. */
const target = { megabytesPerSecond: 40, shareOfDuckDb: 0.5, memoryBytes: 1e9 };

interface Row {
  logs: string;
  program: string;
  measured: Measured;
  bytes: number;
  duckDb: Measured;
}

async function main(): Promise<void> {
  const { sizes, forms, peers } = readArguments();
  const dist = buildDist();
  const python = await pythonEnvironment(join(__dirname, 'peers', 'requirements.txt'));
  await mkdir(benchCacheFolder(), { recursive: true });
  const folder = await mkdtemp(join(benchCacheFolder(), 'prepare-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));

  const rows: Row[] = [];
  const leftOut: string[] = [];
  for (const size of sizes) {
    const peersOfSize = peers ?? knownPeers.filter((peer) => peer !== 'pandas' || size <= pandasMegabytes);
    if (peers === null && !peersOfSize.includes('pandas'))
      leftOut.push(
        `${size} MB: without pandas, which is measured up to ${pandasMegabytes} MB unless it is named.`,
      );
    rows.push(...(await measureSize(size, { forms, peers: peersOfSize, dist, python, folder })));
  }
  console.log(`\n${[describeMachine(), table(rows), ...leftOut, verdict(rows)].join('\n\n')}`);
}

interface Setting {
  forms: readonly Form[];
  peers: string[];
  dist: string;
  python: string;
  folder: string;
}

async function measureSize(sizeMegabytes: number, setting: Setting): Promise<Row[]> {
  const { forms, peers, dist, python, folder } = setting;
  const folders = Object.fromEntries(forms.map((form) => [form, join(folder, form)]));
  console.error(`Writing ${sizeMegabytes} MB of logs`);
  const truth = await generateLogs(sizeMegabytes * 1e6, folders);
  const rows: Row[] = [];
  for (const form of forms) {
    const logs = folders[form]!;
    const name = `${sizeMegabytes} MB, ${form}`;
    console.error(`${name}: prepare`);
    const ours: OurRun = await runPrepareJob(dist, logs, join(folder, 'out'));
    const runs = new Map<string, PeerRun>();
    for (const peer of peers) {
      console.error(`${name}: ${peer}`);
      runs.set(peer, await runPeer(python, peer, logs));
    }
    const wrong = disagreements(truth, ours, runs);
    if (wrong.length > 0) throw new Error(`The programs did not count the same. ${wrong.join('; ')}`);
    console.error(
      `${name}: all agree on ${truth.turns} turns and ${ours.phrasesWithoutPersonalData} distinct phrases`,
    );
    const measured = [['prepare', ours.measured], ...[...runs].map(([peer, run]) => [peer, run.measured])];
    for (const [program, figures] of measured as [string, Measured][])
      rows.push({
        logs: name,
        program,
        measured: figures,
        bytes: truth.bytes,
        duckDb: runs.get('duckdb')!.measured,
      });
    await rm(join(folder, 'out'), { recursive: true });
    await rm(logs, { recursive: true });
  }
  return rows;
}

function table(rows: Row[]): string {
  return markdownTable(
    ['logs', 'program', 'seconds', 'MB/s', "of DuckDB's speed", 'processor seconds', 'peak memory'],
    rows.map(({ logs, program, measured, bytes, duckDb }) => [
      logs,
      program,
      measured.seconds.toFixed(1),
      megabytesPerSecond(bytes, measured).toFixed(1),
      ratio(duckDb.seconds, measured.seconds),
      measured.cpuSeconds.toFixed(1),
      megabytes(measured.peakMemoryBytes),
    ]),
  );
}

function verdict(rows: Row[]): string {
  return rows
    .filter(({ program }) => program === 'prepare')
    .map(({ logs, measured, bytes, duckDb }) => {
      const missed: string[] = [];
      if (megabytesPerSecond(bytes, measured) < target.megabytesPerSecond)
        missed.push(`${target.megabytesPerSecond} MB/s`);
      if (duckDb.seconds / measured.seconds < target.shareOfDuckDb) missed.push("half of DuckDB's speed");
      if (measured.peakMemoryBytes >= target.memoryBytes)
        missed.push(`less than ${megabytes(target.memoryBytes)}`);
      return `${logs}: ${missed.length === 0 ? 'all targets reached' : `not reached: ${missed.join(', ')}`}`;
    })
    .join('\n');
}

function megabytesPerSecond(bytes: number, { seconds }: Measured): number {
  return bytes / 1e6 / seconds;
}

/** `peers`: null where none are named. */
function readArguments(): { sizes: number[]; forms: Form[]; peers: string[] | null } {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '1024' },
      forms: { type: 'string', default: knownForms.join(',') },
      peers: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const forms = knownForms.filter((form) => values.forms.split(',').includes(form));
  const named = values.peers?.split(',') ?? null;
  const peers = named && knownPeers.filter((peer) => named.includes(peer) || peer === 'duckdb');
  const areKnown =
    sizes.every((size) => size > 0) &&
    values.forms.split(',').every((form) => (knownForms as readonly string[]).includes(form)) &&
    (named ?? []).every((peer) => knownPeers.includes(peer));
  if (values.help || !areKnown) {
    console.error(usage);
    process.exit(values.help ? 0 : 2);
  }
  return { sizes, forms, peers };
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
