import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** A log object as it may lie in a bucket, and what reading it must give: worked out while it is written. */
export interface SampleObject {
  /** How it was made, for the message of a failing test. */
  name: string;
  content: Buffer;
  accepted: number;
  quarantined: number;
}

/** One stretch of a JSON log. */
interface Entry {
  text: string;
  accepted: number;
  quarantined: number;
}

const entry = (text: string, accepted: number, quarantined: number): Entry => ({
  text,
  accepted,
  quarantined,
});

/** What people type, with the characters that readers trip over; never blank, never over the limit of Lex. */
const phrase = fc
  .string({
    unit: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...'aeiou cdmñáü¿?.,') },
      { weight: 1, arbitrary: fc.constantFrom(...'{}[]":;|\\<>') },
      { weight: 1, arbitrary: fc.constantFrom('☕', '👨‍👩‍👧', '\t', '\u2028', '\u0000', 'ⓐ') },
    ),
    maxLength: 40,
  })
  .map((text) => `quiero ${text}`);

const intentName = fc.constantFrom('PedirCafe', 'ConsultarHorario', 'FallbackIntent', '', null);

const interaction = fc.record({
  userInput: phrase,
  intent: intentName,
  timestamp: fc.constantFrom('2026-03-02T10:00:00Z', '2026-03-02 10:00', 1772445600, 1772445600123, null),
  sessionId: fc.constantFrom('s-1', 's-2', ''),
  confidence: fc.constantFrom(0.2, 0.95, '0.63', null),
});

const conversation = fc.record({
  messageVersion: fc.constant('2.0'),
  inputTranscript: phrase,
  bot: fc.record({ aliasId: fc.constantFrom('TSTALIASID', 'ALIAS00001'), localeId: fc.constant('es_ES') }),
  sessionState: fc.constantFrom({}, { dialogAction: { type: 'ElicitSlot' } }),
  interpretations: fc.array(
    fc.record({
      intent: fc.record({ name: fc.constantFrom('PedirCafe', 'FallbackIntent') }),
      nluConfidence: fc.constantFrom('0.63', { score: 0.9 }, null),
    }),
    { maxLength: 3 },
  ),
});

/** JSON objects that no reader may accept, each for a reason of its own. */
const unusable = fc.constantFrom<object>(
  { hello: 'world' },
  {},
  { userInput: null, intent: 'PedirCafe' },
  { userInput: 'x'.repeat(1_025), intent: 'PedirCafe' },
  { userInput: 'hola', intent: 'PedirCafe', confidence: 7 },
  { userInput: 'hola', intent: 'PedirCafe', timestamp: 'yesterday' },
  { userInput: 'hola', intent: ['PedirCafe'] },
  { messageVersion: '2.0', interpretations: [] },
);

const usable = fc.oneof(interaction, conversation);
const accepted = usable.map((record) => entry(JSON.stringify(record), 1, 0));
const refused = unusable.map((record) => entry(JSON.stringify(record), 0, 1));

const message = fc.oneof(
  usable.map((record) => ({ message: JSON.stringify(record), accepted: 1, quarantined: 0 })),
  unusable.map((record) => ({ message: JSON.stringify(record), accepted: 0, quarantined: 1 })),
  fc
    .constantFrom('START RequestId: 1', '', '7', 'null', '[]', undefined, null)
    .map((text) => ({ message: text, accepted: 0, quarantined: 1 })),
);

const envelope = fc.array(message, { maxLength: 4 }).map((messages) =>
  entry(
    JSON.stringify({
      messageType: 'DATA_MESSAGE',
      logEvents: messages.map((event, id) => ({ id: String(id), message: event.message })),
    }),
    messages.filter((event) => event.accepted).length,
    messages.filter((event) => event.quarantined).length,
  ),
);

const control = fc.constant(
  entry('{"messageType":"CONTROL_MESSAGE","logEvents":[{"message":"CWL CONTROL MESSAGE"}]}', 1, 0),
);

const soundEntry = fc.oneof(
  { weight: 6, arbitrary: accepted },
  { weight: 2, arbitrary: refused },
  { weight: 1, arbitrary: envelope },
  { weight: 1, arbitrary: control },
);

/** A line that is damaged: one record each. */
const damagedLine = fc.constantFrom(
  entry('hola, esto no es un registro', 0, 1),
  entry('{"userInput":"cortado a mi', 0, 1),
  entry('{"userInput":"hola","intent":', 0, 1),
  entry('{"userInput" "hola"}', 0, 1),
  entry('{"userInput":"hola",,}', 0, 1),
  entry('<html>502 Bad Gateway</html>', 0, 1),
);

interface Layout {
  name: string;
  write: (texts: string[]) => string;
}

const layouts: Layout[] = [
  { name: 'lines', write: (texts) => texts.map((text) => `${text}\n`).join('') },
  { name: 'Windows lines', write: (texts) => texts.join('\r\n') },
  { name: 'no line breaks', write: (texts) => texts.join('') },
  { name: 'a list', write: (texts) => `[${texts.join(',')}]` },
  { name: 'a list over lines', write: (texts) => `[\n  ${texts.join(',\n  ')}\n]\n` },
  {
    name: 'printed over lines',
    write: (texts) => texts.map((text) => `${JSON.stringify(JSON.parse(text), null, 2)}\n`).join(''),
  },
  {
    name: 'an export with times',
    write: (texts) => texts.map((text) => `2026-03-25T02:06:07.382Z ${text}\n`).join(''),
  },
];

interface Encoding {
  name: string;
  encode: (text: string) => Buffer;
}

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const encodings: Encoding[] = [
  { name: 'UTF-8', encode: (text) => Buffer.from(text) },
  { name: 'UTF-8 with a mark', encode: (text) => Buffer.from(`\uFEFF${text}`) },
  { name: 'UTF-16LE with a mark', encode: (text) => Buffer.from(`\uFEFF${text}`, 'utf16le') },
  { name: 'UTF-16BE with a mark', encode: (text) => utf16be(`\uFEFF${text}`) },
  { name: 'UTF-16LE', encode: (text) => Buffer.from(text, 'utf16le') },
];

interface Packing {
  name: string;
  pack: (content: Buffer) => Buffer;
}

const packings: Packing[] = [
  { name: 'plain', pack: (content) => content },
  { name: 'gzip', pack: (content) => gzipSync(content) },
  { name: 'gzip twice', pack: (content) => gzipSync(gzipSync(content)) },
  {
    name: 'gzip in members',
    pack: (content) => {
      const middle = Math.floor(content.length / 2);
      return Buffer.concat([gzipSync(content.subarray(0, middle)), gzipSync(content.subarray(middle))]);
    },
  },
];

function sample(entries: Entry[], layout: Layout, encoding: Encoding, packing: Packing): SampleObject {
  return {
    name: `JSON, ${layout.name}, ${encoding.name}, ${packing.name}`,
    content: packing.pack(encoding.encode(layout.write(entries.map(({ text }) => text)))),
    accepted: entries.reduce((sum, one) => sum + one.accepted, 0),
    quarantined: entries.reduce((sum, one) => sum + one.quarantined, 0),
  };
}

/** A JSON log of sound records, in any layout, encoding and packing. */
export const soundJson: fc.Arbitrary<SampleObject> = fc
  .tuple(
    fc.array(soundEntry, { minLength: 1, maxLength: 8 }),
    fc.constantFrom(...layouts),
    fc.constantFrom(...encodings),
    fc.constantFrom(...packings),
  )
  .map((parts) => sample(...parts));

/** A JSON log of one record a line, some of them damaged. The first is sound, so that the format shows. */
export const damagedJson: fc.Arbitrary<SampleObject> = fc
  .tuple(
    accepted,
    fc.array(fc.oneof({ weight: 3, arbitrary: soundEntry }, { weight: 1, arbitrary: damagedLine }), {
      maxLength: 8,
    }),
    fc.constantFrom(...layouts.slice(0, 2)),
    fc.constantFrom(...encodings),
    fc.constantFrom(...packings),
  )
  .map(([first, more, ...form]) => sample([first, ...more], ...form));

interface CsvRow {
  fields: string[];
  isSound: boolean;
}

const csvRow: fc.Arbitrary<CsvRow> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(phrase, fc.constantFrom('PedirCafe', '', 'FallbackIntent'))
      .map(([text, intent]) => ({ fields: [text, intent], isSound: true })),
  },
  { weight: 1, arbitrary: phrase.map((text) => ({ fields: [text], isSound: true })) },
  { weight: 1, arbitrary: fc.constant<CsvRow>({ fields: ['hola', 'PedirCafe', 'de más'], isSound: false }) },
  { weight: 1, arbitrary: fc.constant<CsvRow>({ fields: ['x'.repeat(1_025), 'PedirCafe'], isSound: false }) },
);

/** A CSV with every field in quotes where it needs them, by any delimiter, in any encoding and packing. */
export const csvLog: fc.Arbitrary<SampleObject> = fc
  .tuple(
    fc.array(csvRow, { maxLength: 8 }),
    fc.constantFrom(',', ';', '\t', '|'),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
    fc.constantFrom(...encodings),
    fc.constantFrom(...packings),
  )
  .map(([rows, delimiter, lineBreak, endsWithBreak, encoding, packing]) => {
    const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;
    const lines = [
      ['utterance', 'intent'].join(delimiter),
      ...rows.map(({ fields }) => fields.map(quoted).join(delimiter)),
    ];
    return {
      name: `CSV by ${JSON.stringify(delimiter)}, ${encoding.name}, ${packing.name}`,
      content: packing.pack(encoding.encode(lines.join(lineBreak) + (endsWithBreak ? lineBreak : ''))),
      accepted: rows.filter(({ isSound }) => isSound).length,
      quarantined: rows.filter(({ isSound }) => !isSound).length,
    };
  });

/** A CSV as spreadsheets of Western Europe save it. Its first row makes the encoding show. */
export const windowsCsv: fc.Arbitrary<SampleObject> = fc
  .array(fc.string({ unit: fc.constantFrom(...'añáéíü¿ bcd€'), maxLength: 20 }), { maxLength: 6 })
  .map((texts) => {
    const lines = ['utterance;intent', ...['té', ...texts].map((text) => `quiero ${text};PedirCafe`)];
    const bytes = [...lines.join('\r\n')].map((letter) => (letter === '€' ? 0x80 : letter.charCodeAt(0)));
    return {
      name: 'CSV in Windows-1252',
      content: Buffer.from(bytes),
      accepted: texts.length + 1,
      quarantined: 0,
    };
  });

/** An object of which what it holds is known exactly. */
export const knownObject: fc.Arbitrary<SampleObject> = fc.oneof(soundJson, damagedJson, csvLog, windowsCsv);

/** Any bytes at all: noise, and logs in which something was changed, cut out or put in. */
export const anyBytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc
    .string({ unit: fc.constantFrom(...'{}[]",:;\\\n\r\t ae10\uFEFF'), maxLength: 200 })
    .map((text) => Buffer.from(text)),
  fc
    .tuple(
      knownObject,
      fc.nat(),
      fc.nat({ max: 12 }),
      fc.uint8Array({ maxLength: 12 }),
      fc.constantFrom<'change' | 'cut'>('change', 'cut'),
    )
    .map(([{ content }, at, removed, added, kind]) => {
      const position = content.length === 0 ? 0 : at % content.length;
      if (kind === 'cut') return content.subarray(0, position);
      return Buffer.concat([content.subarray(0, position), added, content.subarray(position + removed)]);
    }),
);
