import assert from 'node:assert/strict';
import fc from 'fast-check';
import { JsonSplitter } from '../../../src/jobs/prepare/json-splitter';

interface Found {
  records: string[];
  broken: string[];
  /** Line and offset of everything found, in order. */
  positions: [number, number][];
}

/** Cuts a text, handed over in pieces of the given size, by a sink that takes whole lines or none. */
function split(
  text: string | Buffer,
  { pieceBytes = 1 << 16, maximumRecordBytes = 1 << 20, takesLines = false } = {},
): Found {
  const found: Found = { records: [], broken: [], positions: [] };
  const splitter = new JsonSplitter(
    {
      record(bytes, line, offset) {
        found.records.push(bytes.toString());
        found.positions.push([line, offset]);
      },
      line(bytes, line, offset) {
        if (!takesLines || !isObjectText(bytes.toString())) return false;
        found.records.push(bytes.toString().trim());
        found.positions.push([line, offset]);
        return true;
      },
      broken(reason, _detail, line, offset) {
        found.broken.push(reason);
        found.positions.push([line, offset]);
      },
    },
    maximumRecordBytes,
  );
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += pieceBytes) splitter.push(bytes.subarray(at, at + pieceBytes));
  splitter.end();
  return found;
}

function isObjectText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const parsed = (found: Found) => found.records.map((record) => JSON.parse(record) as unknown);

describe('JsonSplitter', () => {
  const one = { userInput: 'hola {"}[ \\" qué', intent: null, nested: [{ a: [] }, 2] };
  const two = { userInput: 'dos' };

  const layouts: [string, string][] = [
    ['one a line', `${JSON.stringify(one)}\n${JSON.stringify(two)}\n`],
    ['Windows line breaks', `${JSON.stringify(one)}\r\n${JSON.stringify(two)}\r\n`],
    ['no line breaks', JSON.stringify(one) + JSON.stringify(two)],
    ['printed over lines', `${JSON.stringify(one, null, 2)}\n${JSON.stringify(two, null, '\t')}`],
    ['a list', JSON.stringify([one, two])],
    ['a list printed over lines', JSON.stringify([one, two], null, 2)],
    ['lines with commas', `${JSON.stringify(one)},\n${JSON.stringify(two)},\n`],
    [
      'the lines of an export',
      [one, two].map((r) => `2026-03-25T02:06:07.382Z ${JSON.stringify(r)}\n`).join(''),
    ],
    ['a byte-order mark between files', `${JSON.stringify(one)}\n\uFEFF${JSON.stringify(two)}`],
  ];
  for (const [name, text] of layouts)
    for (const pieceBytes of [1, 7, 1 << 16])
      it(`reads ${name}, ${pieceBytes} bytes at a time`, () => {
        const found = split(text, { pieceBytes });
        assert.deepEqual(parsed(found), [one, two]);
        assert.deepEqual(found.broken, []);
      });

  const damages: [string, string, { records: string[]; broken: string[] }][] = [
    [
      'text between records',
      '{"a":1}\nhola\n{"b":2}',
      { records: ['{"a":1}', '{"b":2}'], broken: ['not-json'] },
    ],
    ['a cut in a string', '{"a":"ho\n{"b":2}\n', { records: ['{"b":2}'], broken: ['truncated'] }],
    [
      'a cut behind a colon',
      '{"a":\n{"b":2}\n{"c":3}',
      { records: ['{"b":2}', '{"c":3}'], broken: ['truncated'] },
    ],
    ['a cut behind a colon at the end', '{"a":\n{"b":2}\n', { records: ['{"b":2}'], broken: ['truncated'] }],
    ['a cut behind a comma', '{"a":1,\n{"b":2}\n', { records: ['{"b":2}'], broken: ['truncated'] }],
    [
      'a cut in a list',
      '{"a":[1,\n{"b":2}\n{"c":3}',
      { records: ['{"b":2}', '{"c":3}'], broken: ['truncated'] },
    ],
    ['a cut in a word', '{"a":tru\n{"b":2}', { records: ['{"b":2}'], broken: ['truncated'] }],
    ['a cut in records on one line', '{"a":"x{"b":2}{"c":3}', { records: ['{"c":3}'], broken: ['not-json'] }],
    ['brackets that do not match', '{"a":[1}\n{"b":2}', { records: ['{"b":2}'], broken: ['not-json'] }],
    ['a missing quote', '{"a":"hola, "b":"x"}\n{"b":2}', { records: ['{"b":2}'], broken: ['not-json'] }],
    ['a cut record over lines', '{\n  "a": 1,\n  "b": "x', { records: [], broken: ['truncated'] }],
    [
      'a broken record in a printed list',
      '[\n  {\n    "a": "x\n  },\n  {\n    "b": 2\n  }\n]',
      { records: ['{\n    "b": 2\n  }'], broken: ['truncated'] },
    ],
    [
      'values in a list that are no objects',
      '[{"b":2}, 1, "x"]',
      { records: ['{"b":2}'], broken: ['not-json', 'not-json'] },
    ],
    [
      'an empty list between records',
      '{"a":1}\n[]\n{"b":2}',
      { records: ['{"a":1}', '{"b":2}'], broken: ['not-json'] },
    ],
    [
      'a log line that begins with a bracket',
      '[2026-01-01] INFO x\n{"b":2}',
      { records: ['{"b":2}'], broken: ['not-json'] },
    ],
    ['endless nesting', '{"a":'.repeat(70) + '\n{"b":2}', { records: ['{"b":2}'], broken: ['not-json'] }],
  ];
  for (const [name, text, expected] of damages)
    for (const pieceBytes of [1, 1 << 16])
      it(`goes on after ${name}, ${pieceBytes} bytes at a time`, () => {
        const { records, broken } = split(text, { pieceBytes });
        assert.deepEqual({ records, broken }, expected);
      });

  it('finds nothing in nothing', () => {
    for (const text of ['', ' \n\n\t', '[]', '[ ]\n'])
      assert.deepEqual(split(text), { records: [], broken: [], positions: [] });
  });

  it('says where everything begins', () => {
    assert.deepEqual(split('\n{"a":1}\n  x\n\n{"b":\n1}{"c":2}').positions, [
      [2, 1],
      [3, 11],
      [5, 14],
      [6, 22],
    ]);
  });

  it('holds no record over the limit', () => {
    const text = `{"a":"${'x'.repeat(5000)}"}\n{"b":2}\n`;
    for (const pieceBytes of [100, 1 << 16])
      assert.deepEqual(split(text, { maximumRecordBytes: 1000, pieceBytes }).broken, ['too-long']);
    assert.deepEqual(split(text, { maximumRecordBytes: 1000 }).records, ['{"b":2}']);
  });

  it('takes time in proportion to a file of nothing but cut records', () => {
    const lines = 20_000;
    const found = split('{"userInput":"hola","intent":\n'.repeat(lines));
    assert.equal(found.broken.length, lines);
  }).timeout(10_000);

  const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }), {
    maxLength: 12,
  });
  const pieces = fc.integer({ min: 1, max: 64 });

  it('gives back any records, however they are laid out and handed over', () => {
    const layout = fc.constantFrom<(values: unknown[]) => string>(
      (values) => values.map((value) => JSON.stringify(value)).join('\n'),
      (values) => values.map((value) => JSON.stringify(value)).join(''),
      (values) => values.map((value) => JSON.stringify(value, null, 2)).join('\n'),
      (values) => JSON.stringify(values),
      (values) => JSON.stringify(values, null, 2),
    );
    fc.assert(
      fc.property(records, layout, pieces, (values, write, pieceBytes) => {
        const found = split(write(values), { pieceBytes });
        assert.deepEqual(parsed(found), JSON.parse(JSON.stringify(values)));
        assert.deepEqual(found.broken, []);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('loses only the lines that are broken, and counts each once', () => {
    const log = fc.record({ userInput: fc.string(), intent: fc.string(), n: fc.integer() });
    const line = fc.oneof(
      { weight: 4, arbitrary: log.map((value) => ({ text: JSON.stringify(value), isSound: true })) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(log, fc.integer({ min: 1, max: 20 }))
          .map(([value, cut]) => ({ text: JSON.stringify(value).slice(0, -cut), isSound: false })),
      },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom('hola', 'NaN', '"x"', 'ERROR: {')
          .map((text) => ({ text, isSound: false })),
      },
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), pieces, (lines, pieceBytes) => {
        const found = split(lines.map(({ text }) => text).join('\n'), { pieceBytes });
        const sound = lines.filter(({ isSound }) => isSound);
        assert.deepEqual(
          found.records,
          sound.map(({ text }) => text),
        );
        assert.equal(found.broken.length, lines.length - sound.length);
      }),
      { seed: 13, numRuns: 1000 },
    );
  });

  it('finds the same whether its sink takes whole lines or not', () => {
    const line = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
      fc.record({ userInput: fc.string() }).map((value) => JSON.stringify(value)),
      fc.record({ userInput: fc.string() }).map((value) => JSON.stringify(value, null, 1)),
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n\ta1'), maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), pieces, (lines, pieceBytes) => {
        const text = lines.join('\n');
        const slow = split(text);
        // A sink takes objects only; balanced stretches that are no JSON are for it to refuse.
        assert.deepEqual(split(text, { takesLines: true, pieceBytes }), slow);
      }),
      { seed: 23, numRuns: 2000 },
    );
  });

  it('finds the same whatever the pieces, for any bytes', () => {
    const bytes = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n\ta1'), maxLength: 80 });
    fc.assert(
      fc.property(bytes, pieces, (text, pieceBytes) => {
        assert.deepEqual(split(text, { pieceBytes }), split(text));
      }),
      { seed: 17, numRuns: 5000 },
    );
  });
});
