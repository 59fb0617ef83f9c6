import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidInputError, NotFoundError } from '../../../src/domain/errors';
import type { JobProgress, PrepareResult } from '../../../src/domain/job';
import type { Utterance } from '../../../src/domain/utterance';
import { prepareFolder, runPrepare } from '../../../src/jobs/prepare';
import { openObjectStore } from '../../../src/platform/storage/object-store';

const parameters = { localeId: 'es_ES', lowConfidence: 0.6 };

describe('the job prepare', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  interface Prepared {
    result: PrepareResult;
    utterances: Utterance[];
    quarantine: Record<string, unknown>[];
  }

  async function readLines<T>(path: string): Promise<T[]> {
    const text = await readFile(path, 'utf8');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  }

  async function prepare(files: Record<string, string>): Promise<Prepared> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, 'logs', name)), { recursive: true });
      await writeFile(join(folder, 'logs', name), content);
    }
    const { result, paths } = await prepareFolder({
      logsDirectory: join(folder, 'logs'),
      outDirectory: join(folder, 'out'),
      parameters,
    });
    const { records, interactions } = result;
    const leftOut = Object.values(interactions.leftOutByReason).reduce((sum, count) => sum + count, 0);
    assert.equal(records.in, records.accepted + records.quarantined);
    assert.equal(
      records.accepted,
      interactions.understood + interactions.uncertain + interactions.missed + leftOut,
    );
    return {
      result,
      utterances: await readLines<Utterance>(paths.utterances),
      quarantine: await readLines(paths.quarantine),
    };
  }

  const jsonLines = (...records: object[]) => records.map((record) => JSON.stringify(record)).join('\n');
  const log = (userInput: string, intent: string | null, more: object = {}) => ({
    userInput,
    intent,
    ...more,
  });

  it('collapses spellings of a phrase, keeping the most frequent one, its times and its outcome', async () => {
    const { utterances, result } = await prepare({
      'a.jsonl': jsonLines(
        log('¿Tenéis wifi?', 'FallbackIntent', { timestamp: '2026-03-02T10:00:00Z' }),
        log('teneis wifi', null, { timestamp: '2026-03-01T10:00:00Z' }),
        log('teneis  wifi', null, { timestamp: '2026-03-05T10:00:00Z' }),
        log('TENEIS WIFI!', 'PedirCafe', { timestamp: '2026-03-03T10:00:00Z', confidence: 0.9 }),
        log('un cortado', 'PedirCafe', { confidence: 0.8 }),
      ),
    });
    assert.deepEqual(
      utterances,
      [
        {
          id: '',
          text: 'teneis wifi',
          language: 'es',
          count: 4,
          firstSeen: '2026-03-01T10:00:00.000Z',
          lastSeen: '2026-03-05T10:00:00.000Z',
          outcome: 'missed',
          intent: null,
          confidence: null,
          alternative: null,
        },
        {
          id: '',
          text: 'un cortado',
          language: 'es',
          count: 1,
          firstSeen: null,
          lastSeen: null,
          outcome: 'understood',
          intent: 'PedirCafe',
          confidence: 0.8,
          alternative: null,
        },
      ].map((expected, index) => ({ ...expected, id: utterances[index]!.id })),
    );
    assert.ok(utterances.every(({ id }) => /^[0-9a-f]{16}$/.test(id)));
    assert.deepEqual(result.interactions, { understood: 2, uncertain: 0, missed: 3, leftOutByReason: {} });
  });

  it('tells understood, uncertain and missed apart', async () => {
    const { utterances } = await prepare({
      'a.jsonl': jsonLines(
        log('uno', 'A', { confidence: 0.6 }),
        log('dos', 'A', { confidence: 0.59 }),
        log('tres', 'A'),
        log('cuatro', ''),
      ),
    });
    const outcomes = Object.fromEntries(utterances.map(({ text, outcome }) => [text, outcome]));
    assert.deepEqual(outcomes, { uno: 'understood', dos: 'uncertain', tres: 'understood', cuatro: 'missed' });
  });

  it('takes the intent chosen most often and its mean confidence', async () => {
    const { utterances } = await prepare({
      'a.jsonl': jsonLines(
        log('un cafe', 'A', { confidence: 0.7 }),
        log('un café', 'A', { confidence: 0.9 }),
        log('un cafe', 'B', { confidence: 1 }),
      ),
    });
    assert.equal(utterances[0]?.intent, 'A');
    assert.equal(utterances[0]?.confidence, 0.8);
  });

  it('replaces personal data before anything is written', async () => {
    const secret = ['612345678', '12345678Z', 'ana@example.com', 'Zubizarreta'];
    const { utterances, result } = await prepare({
      'a.jsonl': jsonLines(
        log(`me llamo Ana Zubizarreta, mi móvil es ${secret[0]}`, 'Reservar', { sessionId: secret[0] }),
        log(`mi dni es ${secret[1]}`, null, { sessionId: secret[0] }),
        log(`mi dni es ${secret[1]}`, null),
      ),
      'b.jsonl': `{"userInput": "${secret[2]}\n{"userInput": 7, "intent": "${secret[2]}"}`,
    });
    assert.deepEqual(
      utterances.map(({ text }) => text),
      ['mi dni es <DNI_1>', 'me llamo <NAME_1>, mi móvil es <PHONE_1>'],
    );
    assert.deepEqual(result.redacted, { DNI: 2, NAME: 1, PHONE: 1 });
    for (const name of ['utterances.jsonl', 'quarantine.jsonl', 'result.json', 'objects.jsonl']) {
      const written = await readFile(join(folder, 'out', name), 'utf8');
      for (const value of secret) assert.ok(!written.includes(value), `${name} holds ${value}`);
    }
  });

  it('leaves out the answers to the questions of the bot, in the order of time and within a session', async () => {
    const turn = (sessionId: string, minute: number, inputTranscript: string, type?: string) => ({
      messageVersion: '2.0',
      timestamp: new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString(),
      sessionId,
      inputTranscript,
      sessionState: type ? { dialogAction: { type } } : {},
      interpretations: [{ nluConfidence: '0.9', intent: { name: 'Reservar' } }],
    });
    const { utterances, result } = await prepare({
      'a.jsonl': jsonLines(
        turn('uno', 3, 'sí', 'Close'),
        turn('dos', 2, 'hola wifi', 'ElicitIntent'),
        turn('uno', 1, 'una mesa', 'ElicitSlot'),
      ),
      'b.jsonl': jsonLines(
        turn('uno', 2, 'a las ocho', 'ConfirmIntent'),
        turn('dos', 3, 'la clave', 'Close'),
        turn('uno', 4, 'gracias'),
        turn('uno', 5, 'otra mesa', 'ElicitSlot'),
        turn('uno', 5 + 24 * 60 + 1, 'al otro día'),
      ),
    });
    assert.deepEqual(utterances.map(({ text }) => text).sort(), [
      'al otro día',
      'gracias',
      'hola wifi',
      'la clave',
      'otra mesa',
      'una mesa',
    ]);
    assert.deepEqual(result.interactions.leftOutByReason, { 'mid-dialogue': 2 });
  });

  it('counts a request once that is delivered twice', async () => {
    const { utterances, result } = await prepare({
      'a.jsonl': jsonLines(log('wifi', null, { requestId: 'r1' }), log('wifi', null, { requestId: 'r2' })),
      'b.jsonl': jsonLines(log('wifi', null, { requestId: 'r1' }), log('wifi', null)),
    });
    assert.equal(utterances[0]?.count, 3);
    assert.deepEqual(result.interactions.leftOutByReason, { duplicate: 1 });
  });

  it('quarantines what it cannot read, with object, line and reason', async () => {
    const { result, quarantine } = await prepare({
      'deep/er/a.jsonl': '{"userInput":"uno","intent":"A"}\nboom\n',
      'b.csv': 'utterance,intent\nhola, que tal,X\nwifi,\n',
      'c.bin': '\u0000\u0001',
      '.hidden/d.jsonl': '{"userInput":"no","intent":"A"}',
      '.e.jsonl': '{"userInput":"no","intent":"A"}',
    });
    assert.deepEqual(result.records, {
      in: 5,
      accepted: 2,
      quarantined: 3,
      quarantinedByReason: { 'bad-csv-row': 1, 'unknown-format': 1, 'not-json': 1 },
    });
    assert.deepEqual(
      quarantine.map(({ object, line, reason }) => [String(object).split('/logs/')[1], line, reason]),
      [
        ['b.csv', 2, 'bad-csv-row'],
        ['c.bin', 1, 'unknown-format'],
        ['deep/er/a.jsonl', 2, 'not-json'],
      ],
    );
    assert.equal(result.quarantine.rows, 3);
    assert.equal(result.utterances.rows, 2);
  });

  it('writes the same bytes for the same logs', async () => {
    const files = {
      'a.jsonl': jsonLines(
        ...Array.from({ length: 5000 }, (_, n) => log(`frase ${n % 700}`, n % 3 ? 'A' : null)),
      ),
    };
    const first = await prepare(files);
    const second = await prepare(files);
    assert.equal(first.result.utterances.sha256, second.result.utterances.sha256);
    const order = first.utterances.map(({ count, text }) => [-count, text] as const);
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1)),
    );
  });

  it('adds what was carried over to the phrases, but not to the counts of records and interactions', async () => {
    const store = openObjectStore();
    const uri = (name: string) => pathToFileURL(join(folder, name)).href;
    const carried: Utterance = {
      id: '0123456789abcdef',
      text: 'teneis wifi',
      language: 'es',
      count: 5,
      firstSeen: '2026-01-01T00:00:00.000Z',
      lastSeen: '2026-02-01T00:00:00.000Z',
      outcome: 'missed',
      intent: null,
      confidence: null,
      alternative: { intent: 'PedirCafe', confidence: 0.3 },
    };
    await writeFile(
      join(folder, 'carried.jsonl'),
      jsonLines(carried, { ...carried, text: 'y perros', count: 1 }),
    );
    const content = jsonLines(
      log('¿teneis wifi?', 'A', { timestamp: '2026-03-01T00:00:00Z' }),
      log('un té', 'A'),
    );
    await writeFile(join(folder, 'log.jsonl'), content);
    await writeFile(
      join(folder, 'objects.jsonl'),
      jsonLines({ uri: uri('log.jsonl'), etag: 'x', bytes: content.length }),
    );
    const seen: JobProgress[] = [];
    const result = await runPrepare(
      {
        job: 'prepare',
        outputUri: `${uri('out')}/`,
        objectsUri: uri('objects.jsonl'),
        carriedOverUri: uri('carried.jsonl'),
        parameters,
      },
      store,
      (progress) => seen.push(progress),
    );
    const utterances = await readLines<Utterance>(join(folder, 'out', 'utterances.jsonl'));
    assert.deepEqual(
      utterances.map(({ text, count, outcome, firstSeen, lastSeen }) => ({
        text,
        count,
        outcome,
        firstSeen,
        lastSeen,
      })),
      [
        {
          text: 'teneis wifi',
          count: 6,
          outcome: 'missed',
          firstSeen: carried.firstSeen,
          lastSeen: '2026-03-01T00:00:00.000Z',
        },
        { text: 'un té', count: 1, outcome: 'understood', firstSeen: null, lastSeen: null },
        {
          text: 'y perros',
          count: 1,
          outcome: 'missed',
          firstSeen: carried.firstSeen,
          lastSeen: carried.lastSeen,
        },
      ],
    );
    assert.deepEqual(utterances[0]?.alternative, carried.alternative);
    assert.deepEqual(result.interactions, { understood: 2, uncertain: 0, missed: 0, leftOutByReason: {} });
    assert.deepEqual(seen.at(-1), { done: Buffer.byteLength(content), total: content.length, unit: 'bytes' });
  });

  it('gives zero counts for an empty folder, and a clear error for none', async () => {
    await mkdir(join(folder, 'logs'));
    const { result } = await prepare({});
    assert.equal(result.records.in, 0);
    assert.equal(result.utterances.rows, 0);
    await assert.rejects(
      prepareFolder({ logsDirectory: join(folder, 'none'), outDirectory: join(folder, 'out'), parameters }),
      (error) => error instanceof InvalidInputError && error.message.includes(join(folder, 'none')),
    );
  });

  it('fails where an object is gone', async () => {
    const uri = (name: string) => pathToFileURL(join(folder, name)).href;
    await writeFile(
      join(folder, 'objects.jsonl'),
      jsonLines({ uri: uri('gone.jsonl'), etag: 'x', bytes: 1 }),
    );
    await assert.rejects(
      runPrepare(
        {
          job: 'prepare',
          outputUri: `${uri('out')}/`,
          objectsUri: uri('objects.jsonl'),
          carriedOverUri: null,
          parameters,
        },
        openObjectStore(),
        () => undefined,
      ),
      NotFoundError,
    );
  });

  it('reads folders and names with special characters', async () => {
    const { result } = await prepare({ 'con espacio & ñ/100%.jsonl': jsonLines(log('hola', 'A')) });
    assert.equal(result.records.accepted, 1);
  });
});
