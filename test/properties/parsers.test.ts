import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseUtteranceCsv } from '../../src/activities/targets/lex/utterance-csv';
import { botArchiveFromFiles, readBotArchive, readZip, writeZip } from '../../src/domain/bot-archive';
import { planCsvImport } from '../../src/domain/csv-import';
import { type CicloError, InvalidConfigurationError, InvalidInputError } from '../../src/domain/errors';
import { readCsvHeader, readCsvRow } from '../../src/domain/log-formats/csv';
import { readCloudWatchEnvelope } from '../../src/domain/log-formats/cloudwatch-envelope';
import { quarantineReasons } from '../../src/domain/log-formats/reasons';
import { readRecord } from '../../src/domain/log-formats/record';
import { isRejection } from '../../src/domain/log-formats/turn';
import { parsePipelineText } from '../../src/platform/configuration/pipeline-file';
import { joinUri, parseS3Uri } from '../../src/platform/storage/uri';

const seed = 4;
const root = join(__dirname, '..', '..');

/** @returns what the action gives, or undefined where it refuses with one of the named errors and a message */
function refusable<T>(action: () => T, ...errors: (new (...args: never[]) => CicloError)[]): T | undefined {
  try {
    return action();
  } catch (error) {
    assert.ok(
      errors.some((named) => error instanceof named),
      `${String(error)}\n${(error as Error).stack}`,
    );
    assert.ok((error as Error).message.length > 20);
    return undefined;
  }
}

/** Texts that were right before something was cut out, put in or changed. */
function damaged(text: string, pieces: string[]): fc.Arbitrary<string> {
  return fc
    .array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 20 }),
        fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 8 })),
      ),
      {
        maxLength: 4,
      },
    )
    .map((changes) =>
      changes.reduce((now, [at, removed, added]) => {
        const position = at % (now.length + 1);
        return now.slice(0, position) + added + now.slice(position + removed);
      }, text),
    );
}

describe('records of logs', () => {
  const fields = [
    'userInput',
    'intent',
    'timestamp',
    'sessionId',
    'confidence',
    'requestId',
    'messageVersion',
    'inputTranscript',
    'inputMode',
    'bot',
    'aliasId',
    'localeId',
    'sessionState',
    'dialogAction',
    'type',
    'interpretations',
    'name',
    'nluConfidence',
    'score',
    'confirmationState',
    'state',
    'logEvents',
    'message',
    '__proto__',
    'toString',
  ];
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(
        null,
        true,
        0,
        0.63,
        -1,
        1e300,
        '',
        '0.63',
        'NaN',
        'ElicitSlot',
        'FallbackIntent',
        'es_ES',
        '2026-03-02T10:00:00Z',
      ),
      fc.string({ maxLength: 8 }),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 6 }),
    ),
  }));

  it('are accepted or refused for a reason of the closed list, and never throw', () => {
    fc.assert(
      fc.property(value, (record) => {
        const reading = readRecord(record, 'es_ES');
        if (isRejection(reading)) {
          assert.ok(quarantineReasons.includes(reading.reason));
          return;
        }
        assert.ok(reading.text.length <= 1_024);
        assert.ok(reading.confidence === null || (reading.confidence >= 0 && reading.confidence <= 1));
        assert.ok(reading.timeMs === null || Number.isSafeInteger(Math.trunc(reading.timeMs)));
        assert.ok(reading.intent === null || reading.intent.length > 0);
      }),
      { seed, numRuns: 5_000 },
    );
  });

  it('come out of an envelope one for each event', () => {
    fc.assert(
      fc.property(fc.array(value), (events) => {
        assert.equal(readCloudWatchEnvelope({ logEvents: events })?.messages.length, events.length);
      }),
      { seed },
    );
  });

  it('of a CSV are read by any header that is recognised', () => {
    const name = fc.oneof(
      fc.constantFrom('utterance', 'intent', 'Texto', 'intención', 'fecha', 'confidence'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(name), fc.array(fc.string()), (header, row) => {
        const columns = readCsvHeader(header);
        if (columns !== null) readCsvRow(row, columns);
      }),
      { seed, numRuns: 3_000 },
    );
  });
});

describe('labelled CSV files', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .string({ unit: fc.constantFrom(...'ab",;\n\r\t |='), maxLength: 80 })
      .map((body) => `utterance,intent\n${body}`),
    damaged('utterance;intent\n"un café; solo";PedirCafe\n¿tenéis wifi?;\n"dos\nlíneas";X\n', [
      '"',
      '\n',
      ';',
      '\uFEFF',
      '\0',
    ]),
  );

  it('give rows with their lines, or are refused by name', () => {
    fc.assert(
      fc.property(text, (csv) => {
        const rows = refusable(() => parseUtteranceCsv(csv, 'file:///x.csv'), InvalidInputError) ?? [];
        for (const { line, utterance } of rows) {
          assert.ok(line >= 2 && line <= csv.split(/\r\n|\n|\r/).length);
          assert.notEqual(utterance, '');
        }
      }),
      { seed, numRuns: 4_000 },
    );
  });

  it('are planned with every row in one place', () => {
    const archive = botArchiveFromFiles(
      new Map(
        Object.entries({
          'Manifest.json': {
            metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT_LOCALE' },
          },
          'es_ES/BotLocale.json': { identifier: 'es_ES', nluConfidenceThreshold: 0.4 },
          'es_ES/Intents/A/Intent.json': { name: 'A', sampleUtterances: [{ utterance: 'hola' }] },
          'es_ES/Intents/B/Intent.json': { name: 'B', sampleUtterances: null },
          'es_ES/Intents/FallbackIntent/Intent.json': {
            name: 'FallbackIntent',
            parentIntentSignature: 'AMAZON.FallbackIntent',
            sampleUtterances: null,
          },
        }).map(([path, content]) => [path, Buffer.from(JSON.stringify(content))]),
      ),
    );
    const row = fc.record({
      utterance: fc.oneof(
        fc.constantFrom('hola', 'Hola!', '{x}', '}', 'x'.repeat(501)),
        fc.string({ unit: 'grapheme' }),
      ),
      intent: fc.oneof(
        fc.constantFrom('A', 'B', '', 'FallbackIntent', 'a', '__proto__', 'constructor'),
        fc.string(),
      ),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (some) => {
        const rows = some.map((one, index) => ({ line: index + 2, ...one }));
        const { counts, additions, evidence, leftOut } = planCsvImport(rows, archive, 'es_ES');
        assert.equal(counts.rows, rows.length);
        assert.equal(counts.additions + counts.evidence + counts.leftOut, rows.length);
        assert.deepEqual(
          [counts.additions, counts.evidence, counts.leftOut],
          [additions.length, evidence.length, leftOut.length],
        );
      }),
      { seed, numRuns: 2_000 },
    );
  });
});

describe('archives of bots', () => {
  const sound = {
    'Manifest.json': '{"metaData":{"schemaVersion":"1","fileFormat":"LexJson","resourceType":"BOT"}}',
    'CafeBot/Bot.json': '{"name":"CafeBot","identifier":"ABCDEFGHIJ"}',
    'CafeBot/BotLocales/es_ES/BotLocale.json': '{"identifier":"es_ES","nluConfidenceThreshold":0.4}',
    'CafeBot/BotLocales/es_ES/Intents/A/Intent.json':
      '{"name":"A","sampleUtterances":[{"utterance":"hola"}],"slotPriorities":[{"priority":1,"slotName":"S"}]}',
    'CafeBot/BotLocales/es_ES/Intents/A/Slots/S/Slot.json': '{"name":"S","slotTypeName":"AMAZON.Number"}',
  };
  const packed = Buffer.from(
    writeZip(new Map(Object.entries(sound).map(([path, text]) => [path, Buffer.from(text)]))),
  );

  it('are read, or refused by name, whatever their bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc
        .array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 })
        .map((changes) => {
          const changed = Buffer.from(packed);
          for (const [at, byte] of changes) changed[at % changed.length] = byte;
          return changed;
        }),
      fc.nat({ max: packed.length }).map((end) => packed.subarray(0, end)),
    );
    fc.assert(
      fc.property(bytes, (content) => void refusable(() => readBotArchive(content), InvalidInputError)),
      { seed, numRuns: 3_000 },
    );
  });

  it('are read, or refused by name, whatever stands in their files', () => {
    const pieces = ['null', '[]', '{}', '1', '"x"', '"name":', ',', '}', '{'];
    const files = fc.tuple(...Object.values(sound).map((text) => damaged(text, pieces)));
    fc.assert(
      fc.property(files, fc.nat({ max: 31 }), (texts, changedOnes) => {
        const content = Object.entries(sound).map(([path, text], index): [string, Uint8Array] => [
          path,
          Buffer.from(changedOnes & (1 << index) ? texts[index]! : text),
        ]);
        refusable(() => botArchiveFromFiles(new Map(content)), InvalidInputError);
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('hold JSON of any shape without a crash', () => {
    const key = fc.constantFrom(
      'name',
      'identifier',
      'sampleUtterances',
      'utterance',
      'slotPriorities',
      'priority',
      'slotName',
      'parentIntentSignature',
      'metaData',
      'fileFormat',
      'resourceType',
      'slotTypeName',
      '__proto__',
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom<unknown>(null, 1, '', 'A', 'BOT', 'LexJson', true),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(sound)), value, (path, content) => {
        const files = new Map(
          Object.entries({ ...sound, [path]: JSON.stringify(content) }).map(([name, text]) => [
            name,
            Buffer.from(text),
          ]),
        );
        refusable(() => botArchiveFromFiles(files), InvalidInputError);
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('come back as they were packed', () => {
    const path = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}(\/[A-Za-z0-9_-]{1,12}){0,2}\.json$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(path, fc.uint8Array()), { selector: ([name]) => name }),
        (files) => {
          const read = readZip(writeZip(new Map(files)));
          assert.deepEqual(new Set(read.keys()), new Set(files.map(([name]) => name)));
          for (const [name, content] of files) assert.deepEqual([...read.get(name)!], [...content]);
        },
      ),
      { seed },
    );
  });
});

describe('pipeline files', () => {
  const cafe = readFileSync(join(root, 'pipelines/cafe.yaml'), 'utf8');
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.string({ unit: fc.constantFrom(...'ab:-{}[]&*!|>\n "\'#,1'), maxLength: 60 }),
    damaged(cafe, [
      '&a',
      '*a',
      ': ',
      '\n',
      '- ',
      '<<: *a',
      '!!binary ',
      'null',
      '[',
      '{',
      '"',
      '\t',
      '1e999',
      '? ',
    ]),
    fc.json({ maxDepth: 3 }),
  );

  it('are read, or refused with the line of every problem', () => {
    fc.assert(
      fc.property(
        text,
        (yaml) => void refusable(() => parsePipelineText(yaml, 'x.yaml'), InvalidConfigurationError),
      ),
      { seed, numRuns: 2_000 },
    );
  });
});

describe('URIs', () => {
  it('of S3 are taken apart and put together again, or refused by name', () => {
    const uri = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }).map((rest) => `s3://${rest}`),
      fc.string().map((key) => `s3://my-bucket/${key}`),
    );
    fc.assert(
      fc.property(uri, (some) => {
        const location = refusable(() => parseS3Uri(some), InvalidInputError);
        if (location === undefined) return;
        assert.match(location.bucket, /^[a-z0-9.-]{3,63}$/);
        assert.ok([`s3://${location.bucket}/${location.key}`, `s3://${location.bucket}`].includes(some));
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('are joined by one slash', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    const slashes = fc.stringMatching(/^\/{0,3}$/);
    fc.assert(
      fc.property(name, slashes, slashes, name, (first, before, after, second) => {
        assert.equal(
          joinUri(`s3://bucket/${first}${before}`, after + second),
          `s3://bucket/${first}/${second}`,
        );
      }),
      { seed },
    );
  });
});
