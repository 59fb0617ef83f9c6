import { readFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { PrepareResult, PrepareSpec } from '../../src/domain/job';
import { runMeasured, type Measured } from '../support/measured-process';

/** What a program counted; all programs must agree. */
export interface Counts {
  /** Sound lines of customers. */
  turns: number;
  /** Distinct phrases, without those that hold personal data. */
  phrases: number;
}

export interface PeerRun {
  measured: Measured;
  counts: Counts;
}

/** Runs one of the scripts in `peers/`. */
export async function runPeer(python: string, peer: string, logs: string): Promise<PeerRun> {
  const measured = await runMeasured(python, [join(__dirname, 'peers', `${peer}_peer.py`), logs]);
  const printed = JSON.parse(measured.stdout) as { turns: number; phrasesWithoutPersonalData: number };
  return { measured, counts: { turns: printed.turns, phrases: printed.phrasesWithoutPersonalData } };
}

export interface OurRun {
  measured: Measured;
  result: PrepareResult;
  phrasesWithoutPersonalData: number;
}

/** Runs the job as engines run it: a process that reads a specification and writes its artifacts. */
export async function runPrepareJob(dist: string, logs: string, outDirectory: string): Promise<OurRun> {
  await mkdir(outDirectory, { recursive: true });
  const objectsPath = join(outDirectory, 'objects.jsonl');
  await writeFile(
    objectsPath,
    (await logObjects(logs)).map((object) => `${JSON.stringify(object)}\n`).join(''),
  );
  const spec: PrepareSpec = {
    job: 'prepare',
    outputUri: `${pathToFileURL(outDirectory).href}/`,
    objectsUri: pathToFileURL(objectsPath).href,
    carriedOverUri: null,
    parameters: { localeId: 'es_ES', lowConfidence: 0.6 },
  };
  const specPath = join(outDirectory, 'spec.json');
  await writeFile(specPath, JSON.stringify(spec));
  const program = join(dist, 'jobs', 'main.js');
  const specUri = pathToFileURL(specPath).href;
  const measured = await runMeasured(process.execPath, [program, 'prepare', '--spec', specUri]);
  const result = JSON.parse(await readFile(join(outDirectory, 'result.json'), 'utf8')) as PrepareResult;
  return { measured, result, phrasesWithoutPersonalData: await countPlainPhrases(outDirectory) };
}

async function logObjects(logs: string): Promise<{ uri: string; etag: string; bytes: number }[]> {
  const names = (await readdir(logs, { recursive: true })).filter((name) => name.includes('.jsonl')).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(logs, name);
      return { uri: pathToFileURL(path).href, etag: name, bytes: (await stat(path)).size };
    }),
  );
}

async function countPlainPhrases(outDirectory: string): Promise<number> {
  let phrases = 0;
  for await (const line of createInterface({
    input: createReadStream(join(outDirectory, 'utterances.jsonl')),
  }))
    if (!/"text":"[^"]*<[A-Z]+_\d+>/.test(line)) phrases++;
  return phrases;
}
