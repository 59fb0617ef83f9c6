import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JobFailure, PrepareResult, PrepareSpec } from '../../src/domain/job';

describe('the entry point of the jobs', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const uri = (name: string) => pathToFileURL(join(folder, name)).href;

  function run(...commandLine: string[]): Promise<{ code: number | null; errors: string }> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/jobs/main.ts', ...commandLine], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, errors })));
  }

  async function writeSpec(changes: Partial<PrepareSpec> = {}): Promise<string> {
    const spec: PrepareSpec = {
      job: 'prepare',
      outputUri: `${uri('out')}/`,
      objectsUri: uri('objects.jsonl'),
      carriedOverUri: null,
      parameters: { localeId: 'es_ES', lowConfidence: 0.6 },
      ...changes,
    };
    await writeFile(join(folder, 'spec.json'), JSON.stringify(spec));
    return uri('spec.json');
  }

  const readJson = async <T>(name: string) =>
    JSON.parse(await readFile(join(folder, 'out', name), 'utf8')) as T;

  it('runs a job, writes its result and ends with 0', async () => {
    await writeFile(join(folder, 'log.json'), '{"userInput":"teneis wifi","intent":""}');
    await writeFile(
      join(folder, 'objects.jsonl'),
      JSON.stringify({ uri: uri('log.json'), etag: 'x', bytes: 39 }),
    );
    const { code, errors } = await run('prepare', '--spec', await writeSpec());
    assert.equal(code, 0, errors);
    const result = await readJson<PrepareResult>('result.json');
    assert.equal(result.records.accepted, 1);
    assert.equal(result.utterances.uri, uri('out/utterances.jsonl'));
  });

  it('writes the failure and ends with 2 where another try cannot help', async () => {
    await writeFile(
      join(folder, 'objects.jsonl'),
      JSON.stringify({ uri: uri('gone.json'), etag: 'x', bytes: 39 }),
    );
    const { code } = await run('prepare', '--spec', await writeSpec());
    assert.equal(code, 2);
    const failure = await readJson<JobFailure>('failure.json');
    assert.equal(failure.type, 'NotFoundError');
    assert.equal(failure.permanent, true);
    assert.match(failure.message, /gone\.json/);
  });

  it('ends with 2 and says how it is called for a command line that is wrong', async () => {
    for (const commandLine of [
      [],
      ['prepare'],
      ['dance', '--spec', 'file:///x'],
      ['prepare', '--speck', 'x'],
    ]) {
      const { code, errors } = await run(...commandLine);
      assert.equal(code, 2);
      assert.match(errors, /Usage: node jobs\/main\.js prepare\|discover --spec URI/);
    }
  });
});
