import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { PrepareResult } from '../../../src/domain/job';
import type { Utterance } from '../../../src/domain/utterance';
import { prepareFolder } from '../../../src/jobs/prepare';
import { readLogObject } from '../../../src/jobs/prepare/object-reader';
import { assertDocumented } from '../../support/bad-input/page';

const wifi = '{"userInput":"teneis wifi","intent":""}\n';
const menu = '{"userInput":"la carta por favor","intent":"ConsultarMenu"}\n';

/** 1 GB with `CICLO_LARGE_INPUT=1`; else enough to pass every limit on a record. */
const longLineMegabytes = process.env.CICLO_LARGE_INPUT === '1' ? 1024 : 96;

describe('prepare and bad logs', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-bad-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const stand = () => ({ [`${pathToFileURL(folder).href}/logs/`]: 's3://my-bucket/logs/' });

  async function prepare(files: Record<string, string | Buffer>) {
    await mkdir(join(folder, 'logs'));
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, 'logs', name), content);
    const { result, paths } = await prepareFolder({
      logsDirectory: join(folder, 'logs'),
      outDirectory: join(folder, 'out'),
      parameters: { localeId: 'es_ES', lowConfidence: 0.6 },
    });
    const { records } = result;
    assert.equal(records.in, records.accepted + records.quarantined);
    const utterances = (await readFile(paths.utterances, 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as Utterance).text);
    return { records, utterances: utterances.sort(), quarantine: await readFile(paths.quarantine, 'utf8') };
  }

  it('quarantines an object that is not JSON, and text between records', async () => {
    const { records, utterances, quarantine } = await prepare({
      'a.txt': 'Dear all, here are the logs.\n',
      'b.jsonl': `${wifi}boom\n${menu}`,
    });
    assert.deepEqual(records, {
      in: 4,
      accepted: 2,
      quarantined: 2,
      quarantinedByReason: { 'unknown-format': 1, 'not-json': 1 },
    });
    assert.deepEqual(utterances, ['la carta por favor', 'teneis wifi']);
    assertDocumented('not-json', quarantine, stand());
  });

  it('quarantines bytes that are not UTF-8', async () => {
    const broken = Buffer.from('{"userInput":"caf\xe9 con leche","intent":""}\n', 'latin1');
    const { records, quarantine } = await prepare({
      'a.jsonl': Buffer.concat([Buffer.from(wifi), broken, Buffer.from(menu)]),
    });
    assert.deepEqual([records.accepted, records.quarantinedByReason], [2, { 'invalid-utf8': 1 }]);
    assert.ok(!quarantine.includes('leche'));
    assertDocumented('invalid-utf8', quarantine, stand());
  });

  it('keeps what can be read of a gzip that was cut short', async () => {
    const lines = Array.from(
      { length: 400 },
      (_, n) => `{"userInput":"mesa para ${n} a las ${(n * 7) % 24}","intent":""}\n`,
    );
    const whole = gzipSync(lines.join(''));
    const { records, quarantine } = await prepare({ 'a.jsonl.gz': whole.subarray(0, whole.length - 900) });
    assert.ok(records.accepted > 0 && records.accepted < 400, String(records.accepted));
    assert.deepEqual(records.quarantinedByReason, { truncated: 1 });
    const at = JSON.parse(quarantine) as { line: number; offset: number };
    assert.equal(at.line, records.accepted + 1);
    assert.equal(at.offset, lines.slice(0, records.accepted).join('').length);
    assertDocumented('cut-gzip', quarantine, {
      ...stand(),
      [`"line":${at.line},"offset":${at.offset}`]: '"line":312,"offset":18406',
    });
  });

  it('reads a gzip bomb no further than 256 MB', async () => {
    const blanks = gzipSync(Buffer.alloc(300 * 1024 * 1024, '\n'));
    assert.ok(blanks.length < 1024 * 1024);
    const { records, utterances, quarantine } = await prepare({
      'a.jsonl.gz': Buffer.concat([gzipSync(wifi), blanks, gzipSync(menu)]),
      'b.jsonl': menu,
    });
    assert.deepEqual(utterances, ['la carta por favor', 'teneis wifi']);
    assert.deepEqual([records.accepted, records.quarantinedByReason], [2, { 'decompression-bomb': 1 }]);
    const at = JSON.parse(quarantine) as { line: number; offset: number };
    assert.ok(at.offset <= 257 * 1024 * 1024, String(at.offset));
    assertDocumented('gzip-bomb', quarantine, {
      ...stand(),
      [`"line":${at.line},"offset":${at.offset}`]: '"line":268435417,"offset":268435456',
    });
  });

  it('stops at a bomb that is packed twice', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(300 * 1024 * 1024, ' ')));
    const { records } = await prepare({ 'a.gz': bomb });
    assert.equal(records.quarantinedByReason['decompression-bomb'], 1);
  });

  it('quarantines a CSV without a column for the text', async () => {
    const { records, quarantine } = await prepare({
      'a.csv': 'timestamp,intent\n2026-11-01T10:00:00Z,ConsultarMenu\n2026-11-01T10:01:00Z,\n',
      'b.jsonl': menu,
    });
    assert.deepEqual([records.accepted, records.quarantinedByReason], [1, { 'unknown-format': 1 }]);
    assertDocumented('log-csv-without-column', quarantine, stand());
  });

  it('keeps formulas as the text that they are', async () => {
    const formulas = ['=SUM(A1:A9)', '+1', '-2+3', '@SUM(A1)', '=cmd|" /C calc"!A0'];
    const { records, utterances } = await prepare({
      'a.csv': `utterance,intent\n${formulas.map((text) => `"${text.replaceAll('"', '""')}",`).join('\n')}\n`,
      'b.jsonl': formulas.map((userInput) => JSON.stringify({ userInput, intent: '' })).join('\n'),
    });
    assert.deepEqual([records.accepted, records.quarantined], [10, 0]);
    assert.deepEqual(utterances, [...formulas].sort());
    assertDocumented('formula-in-log', utterances.join('\n'));
  });

  describe('a line that does not end', () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'a');

    /** The bytes of an object with one long line in it, made as they are read. */
    function* content(before: string, after: string): Iterable<Buffer> {
      yield Buffer.from(before);
      for (let n = 0; n < longLineMegabytes; n++) yield Buffer.from(megabyte);
      yield Buffer.from(after);
    }

    const shapes = {
      'a JSON record': [`${wifi}{"userInput":"`, `","intent":""}\n${menu}`],
      'text between records': [wifi, `\n${menu}`],
      'a row of a CSV': ['utterance,intent\nteneis wifi,\n', ',\nla carta,ConsultarMenu\n'],
      'a quoted field': ['utterance,intent\nteneis wifi,\n"', '",\nla carta,ConsultarMenu\n'],
      'a quote that never closes': ['utterance,intent\nteneis wifi,\n"', '\nla carta,ConsultarMenu\n'],
    } as const;
    const details: string[] = [];

    for (const [what, [before, after]] of Object.entries(shapes)) {
      it(`costs one record and little memory: ${what}`, async () => {
        let accepted = 0;
        const quarantined: string[] = [];
        let peakBytes = 0;
        const begunBytes = process.memoryUsage().arrayBuffers;
        await readLogObject(
          content(before, after),
          {
            accept: () => accepted++,
            quarantine: (reason, detail, { line }) => {
              quarantined.push(`${reason} in line ${line}`);
              details.push(JSON.stringify({ object: 's3://my-bucket/logs/a', line, reason, detail }));
            },
          },
          'es_ES',
          () => {
            peakBytes = Math.max(peakBytes, process.memoryUsage().arrayBuffers - begunBytes);
          },
        );
        assert.equal(accepted, 2);
        assert.equal(quarantined.length, 1, quarantined.join('; '));
        assert.match(quarantined[0]!, what === 'text between records' ? /not-json/ : /too-long/);
        assert.ok(peakBytes < 80 * 1024 * 1024, `${Math.round(peakBytes / 1e6)} MB were held`);
      });
    }

    it('is documented', () => {
      const kinds = [0, 1, 2].map((index) => details[index]!);
      assertDocumented('long-line', kinds.join('\n'));
    });
  });

  describe('a disk that is full', () => {
    /** Runs the job with a limit on the size of every file, which the system reports as it does a full disk. */
    async function prepareWithin(kilobytes: number, temporary: string, out: string) {
      const script = `trap '' XFSZ; ulimit -f ${kilobytes}; exec "$0" --import tsx src/client.ts prepare --logs "$1" --out "$2"`;
      const child = spawn('bash', ['-c', script, process.execPath, join(folder, 'logs'), out], {
        env: { ...process.env, TMPDIR: temporary },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const errors = textOf(child.stderr);
      child.stdout.resume();
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, message: (await errors).trim() };
    }

    it('is named with its folder, and leaves nothing that looks done', async () => {
      await mkdir(join(folder, 'logs'));
      await mkdir(join(folder, 'tmp'));
      const lines = Array.from(
        { length: 30_000 },
        (_, n) => `{"userInput":"quiero la mesa ${n} del salon ${n * 7919}","intent":""}\n`,
      );
      await writeFile(join(folder, 'logs', 'a.jsonl'), lines.join(''));
      const out = join(folder, 'out');
      const { code, message } = await prepareWithin(1024, join(folder, 'tmp'), out);
      assert.equal(code, 1, message);
      assert.match(message, /^The disk of .*tmp is full/);
      assert.deepEqual(
        (await readdir(out)).filter((name) => name !== 'objects.jsonl'),
        [],
      );
      assert.deepEqual(
        (await readdir(join(folder, 'tmp'))).filter((name) => name.startsWith('ciclo-')),
        [],
      );
      assertDocumented('disk-full-temporary', message.replace(/[\d,]+ MB is free/, '0 MB is free'), {
        [join(folder, 'tmp')]: '/tmp',
      });
      const again = await prepareWithin(1024 * 1024, join(folder, 'tmp'), out);
      assert.equal(again.code, 0, again.message);
      const result = JSON.parse(await readFile(join(out, 'result.json'), 'utf8')) as PrepareResult;
      assert.equal(result.records.accepted, 30_000);
    });
  });
});
