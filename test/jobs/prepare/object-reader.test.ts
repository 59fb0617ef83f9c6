import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readLogObject } from '../../../src/jobs/prepare/object-reader';

interface Reading {
  texts: string[];
  leftOut: (string | null)[];
  quarantined: { reason: string; line: number; offset: number }[];
}

async function read(content: Buffer | string, pieceBytes = 1 << 16): Promise<Reading> {
  const bytes = Buffer.from(content as string);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
  const reading: Reading = { texts: [], leftOut: [], quarantined: [] };
  let seen = 0;
  await readLogObject(
    pieces,
    {
      accept(turn) {
        reading.texts.push(turn.text);
        reading.leftOut.push(turn.leftOut);
      },
      quarantine(reason, _detail, { line, offset }) {
        reading.quarantined.push({ reason, line, offset });
      },
    },
    'es_ES',
    (count) => (seen += count),
  );
  if (reading.quarantined.length === 0) assert.equal(seen, bytes.length);
  return reading;
}

/** Hardly compressible, and the same in every run. */
const noise = (seed: number) => hash('sha256', String(seed), 'hex');
const log = (userInput: string) => JSON.stringify({ userInput, intent: 'PedirCafe' });
const lex = (inputTranscript: string) =>
  JSON.stringify({ messageVersion: '2.0', inputTranscript, interpretations: [] });
const envelope = (...messages: string[]) =>
  JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner: '1',
    logEvents: messages.map((message, id) => ({ id, message })),
  });
const reasons = ({ quarantined }: Reading) => quarantined.map(({ reason }) => reason);

describe('readLogObject', () => {
  describe('JSON', () => {
    it('reads lines of both kinds of log', async () => {
      assert.deepEqual((await read(`${log('uno')}\n${lex('dos')}\n`)).texts, ['uno', 'dos']);
    });

    it('reads envelopes without line breaks, and the connection check', async () => {
      const check = JSON.stringify({
        messageType: 'CONTROL_MESSAGE',
        logEvents: [{ id: '', message: 'CWL CONTROL MESSAGE' }],
      });
      const reading = await read(check + envelope(lex('uno'), lex('dos')) + envelope(lex('tres')));
      assert.deepEqual(reading.texts, ['', 'uno', 'dos', 'tres']);
      assert.deepEqual(reading.leftOut, ['control-message', null, null, null]);
    });

    it('quarantines a message of an envelope that is no record, and reads the others', async () => {
      const reading = await read(envelope(lex('uno'), 'START RequestId', lex('dos')));
      assert.deepEqual(reading.texts, ['uno', 'dos']);
      assert.deepEqual(reasons(reading), ['not-json']);
    });

    it('says where a broken record begins', async () => {
      const { texts, quarantined } = await read(`${log('uno')}\n{"userInput":"x"\n${log('dos')}`);
      assert.deepEqual(texts, ['uno', 'dos']);
      assert.deepEqual(quarantined, [{ reason: 'truncated', line: 2, offset: log('uno').length + 1 }]);
    });

    it('quarantines bytes that are not UTF-8, but takes a replacement character for what it is', async () => {
      const bad = Buffer.concat([Buffer.from('{"userInput":"caf'), Buffer.from([0xe9]), Buffer.from('"}\n')]);
      assert.deepEqual(reasons(await read(Buffer.concat([bad, Buffer.from(log('dos'))]))), ['invalid-utf8']);
      assert.deepEqual((await read(log('caf\uFFFD'))).texts, ['caf\uFFFD']);
    });

    it('quarantines a record of more than a megabyte, alone or in an envelope', async () => {
      const long = JSON.stringify({ userInput: 'hola', junk: 'x'.repeat(1 << 20) });
      assert.deepEqual(reasons(await read(`${long}\n${log('dos')}`)), ['too-long']);
      assert.deepEqual(reasons(await read(envelope(long, lex('dos')))), ['too-long']);
    });

    it('reads UTF-16, with and without its mark', async () => {
      const text = `${log('café')}\n${log('té')}`;
      for (const content of [
        Buffer.from(`\uFEFF${text}`, 'utf16le'),
        Buffer.from(text, 'utf16le'),
        Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
      ])
        assert.deepEqual((await read(content, 3)).texts, ['café', 'té']);
    });
  });

  describe('gzip', () => {
    const lines = Array.from({ length: 500 }, (_, n) => log(`frase ${n} ${noise(n).slice(0, 16)}`)).join(
      '\n',
    );

    it('is recognised by its content; members in a row and a second layer too', async () => {
      assert.equal((await read(gzipSync(lines))).texts.length, 500);
      assert.equal((await read(gzipSync(lines), 1)).texts.length, 500);
      assert.deepEqual(
        (await read(Buffer.concat([gzipSync(envelope(lex('uno'))), gzipSync(envelope(lex('dos')))]))).texts,
        ['uno', 'dos'],
      );
      assert.equal((await read(gzipSync(gzipSync(lines)))).texts.length, 500);
    });

    it('keeps what could be read of a cut object, and quarantines one record for the rest', async () => {
      const whole = gzipSync(lines);
      for (const share of [0.2, 0.5, 0.9]) {
        const reading = await read(whole.subarray(0, Math.floor(whole.length * share)), 512);
        assert.ok(
          reading.texts.length > 500 * (share - 0.15) && reading.texts.length < 500,
          `${reading.texts.length}`,
        );
        assert.deepEqual(reasons(reading), ['truncated']);
      }
    });

    it('quarantines the rest of a damaged object', async () => {
      const damaged = Buffer.from(gzipSync(lines));
      const middle = Math.floor(damaged.length / 2);
      damaged.fill(0xff, middle, middle + 64);
      const reading = await read(damaged, 512);
      assert.ok(reading.texts.length > 100, `${reading.texts.length}`);
      assert.ok(reading.quarantined.length >= 1);
    });

    it('does not trust the last row of a cut CSV', async () => {
      const csv = `utterance,intent\n${Array.from({ length: 300 }, (_, n) => `${noise(n).slice(0, 40)},PedirCafe`).join('\n')}`;
      const whole = gzipSync(csv);
      const reading = await read(whole.subarray(0, whole.length / 2));
      assert.ok(reading.texts.length > 50);
      assert.ok(reading.texts.every((text) => text.length === 40));
      assert.deepEqual(reasons(reading), ['truncated']);
    });

    it('takes a head of gzip with nothing behind it for a cut object', async () => {
      assert.deepEqual(reasons(await read(Buffer.from([0x1f, 0x8b]))), ['truncated']);
    });
  });

  describe('CSV', () => {
    const cases: [string, string | Buffer, string[]][] = [
      ['commas', 'utterance,intent\nun cortado,PedirCafe\nteneis wifi,\n', ['un cortado', 'teneis wifi']],
      ['any order and case', 'INTENT,Utterance\r\nPedirCafe,un cortado\r\n', ['un cortado']],
      [
        'semicolons and a mark',
        '\uFEFFutterance;intent\nun cortado, por favor;PedirCafe',
        ['un cortado, por favor'],
      ],
      ['tabs', 'utterance\tintent\nun cortado\tPedirCafe', ['un cortado']],
      ['quotes', 'utterance,intent\n"hola, ""wifi""",\n"dos\nlíneas",X\n', ['hola, "wifi"', 'dos\nlíneas']],
      [
        'quotes within',
        'utterance,intent\nuna de 5" y ya,X\ndice "hola" y,X\n',
        ['una de 5" y ya', 'dice "hola" y'],
      ],
      ['Windows-1252', Buffer.from('utterance;intent\ntenéis café?;X\n', 'latin1'), ['tenéis café?']],
      ['UTF-16', Buffer.from('\uFEFFutterance\tintent\ncafé\tX\n', 'utf16le'), ['café']],
      ['blank lines', 'utterance,intent\n\nuno,X\n   \ndos,X', ['uno', 'dos']],
      ['a header alone', 'utterance,intent\n', []],
    ];
    for (const [name, content, texts] of cases)
      it(`reads ${name}`, async () => {
        for (const pieceBytes of [1, 5, 1 << 16]) {
          const reading = await read(content, pieceBytes);
          assert.deepEqual(reading.texts, texts);
          assert.deepEqual(reading.quarantined, []);
        }
      });

    it('costs a quote that never closes its own row only', async () => {
      const reading = await read('utterance,intent\nuno,X\n"dos,X\ntres,X\ncuatro,X\n');
      assert.deepEqual(reading.texts, ['uno', 'tres', 'cuatro']);
      assert.deepEqual(reading.quarantined, [{ reason: 'bad-csv-row', line: 3, offset: 23 }]);
    });

    it('quarantines rows with too many fields and with text behind a closing quote', async () => {
      const reading = await read('utterance,intent\nhola, que tal,X\n"uno" dos,X\ntres,X\n');
      assert.deepEqual(reading.texts.at(-1), 'tres');
      assert.equal(reading.quarantined[0]?.line, 2);
      assert.equal(reading.texts.length + reading.quarantined.length, 3);
    });

    it('accounts for every row of any table', async () => {
      const field = fc.string({ unit: fc.constantFrom(...'ab",; \n\té'), maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(field, field), { maxLength: 10 }),
          fc.integer({ min: 1, max: 40 }),
          async (rows, pieceBytes) => {
            const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
            const csv = ['utterance,intent', ...rows.map((row) => row.map(quoted).join(','))].join('\n');
            const reading = await read(csv, pieceBytes);
            // A phrase may hold any character; an intent with control characters is no name.
            const sound = rows.filter(([, intent]) => !/[\n\t]/.test(intent.trim()));
            assert.deepEqual(
              reading.texts,
              sound.map(([text]) => text),
            );
            assert.equal(reading.quarantined.length, rows.length - sound.length);
          },
        ),
        { seed: 19, numRuns: 500 },
      );
    });
  });

  describe('anything else', () => {
    it('is quarantined as one record', async () => {
      for (const content of [Buffer.alloc(5000, 0x80), 'hola\nqué tal\n', 'a,b\n1,2\n', '\x89PNG\r\n\x1a\n'])
        assert.deepEqual(reasons(await read(content)), ['unknown-format']);
    });

    it('is nothing where there is nothing', async () => {
      for (const content of ['', '\n\n', '\uFEFF', gzipSync('')]) {
        const reading = await read(content);
        assert.deepEqual([reading.texts, reading.quarantined], [[], []]);
      }
    });
  });
});
