import assert from 'node:assert/strict';
import { strToU8 } from 'fflate';
import { readBotArchive, readZip, writeZip } from '../../../src/domain/bot-archive';
import { checkQuotas, lexQuotas } from '../../../src/domain/quotas';
import { readArchive } from '../../../src/local/aws/lex/archive/read';
import { faultsOf, lexLimits } from '../../../src/local/aws/lex/limits';

interface Bot {
  /** Sample utterances by intent. */
  intents: Record<string, string[]>;
  slots: number;
  slotTypes: number;
}

/** One bot, as a ZIP: what is checked before an upload and what the local Lex takes see the same bytes. */
function zipOf(localeId: string, { intents, slots, slotTypes }: Bot): Uint8Array {
  const locale = `Bot/BotLocales/${localeId}`;
  const [holder] = Object.keys(intents);
  const entries: [string, unknown][] = [
    ['Manifest.json', { metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT' } }],
    [
      'Bot/Bot.json',
      {
        name: 'Bot',
        identifier: 'ABCDEFGHIJ',
        version: 'DRAFT',
        idleSessionTTLInSeconds: 300,
        dataPrivacy: { childDirected: false },
      },
    ],
    [`${locale}/BotLocale.json`, { name: 'L', identifier: localeId, nluConfidenceThreshold: 0.4 }],
    [
      `${locale}/Intents/FallbackIntent/Intent.json`,
      {
        name: 'FallbackIntent',
        identifier: 'FALLBCKINT',
        parentIntentSignature: 'AMAZON.FallbackIntent',
        sampleUtterances: null,
      },
    ],
    ...Object.entries(intents).map(([name, samples]): [string, unknown] => [
      `${locale}/Intents/${name}/Intent.json`,
      { name, identifier: 'ABCDEFGHIJ', sampleUtterances: samples.map((utterance) => ({ utterance })) },
    ]),
    ...Array.from({ length: slots }, (_, n): [string, unknown] => [
      `${locale}/Intents/${holder}/Slots/S${n}/Slot.json`,
      { name: `S${n}`, identifier: 'ABCDEFGHIJ', slotTypeName: 'AMAZON.Number' },
    ]),
    ...Array.from({ length: slotTypes }, (_, n): [string, unknown] => [
      `${locale}/SlotTypes/T${n}/SlotType.json`,
      { name: `T${n}`, identifier: 'ABCDEFGHIJ', slotTypeValues: [] },
    ]),
  ];
  return writeZip(new Map(entries.map(([path, content]) => [path, strToU8(JSON.stringify(content))])));
}

const many = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const bot = (more: Partial<Bot>): Bot => ({ intents: { A: ['hola'] }, slots: 0, slotTypes: 0, ...more });
/** Every locale has its fallback, which counts. */
const intents = (count: number): Bot =>
  bot({ intents: Object.fromEntries(many(count - 1).map((n) => [`I${n}`, []])) });
/** Utterances of 400 characters and a last one of what is left, 1,000 an intent. */
const characters = (count: number): Bot => {
  const lengths = [...many(Math.floor(count / 400)).map(() => 400), count % 400].filter(
    (length) => length > 0,
  );
  const texts = lengths.map((length, n) => `${n} `.padEnd(length, 'x').slice(0, length));
  return bot({
    intents: Object.fromEntries(
      many(Math.ceil(texts.length / 1_000)).map((n) => [`I${n}`, texts.slice(n * 1_000, (n + 1) * 1_000)]),
    ),
  });
};

/** "Quotas" of the Amazon Lex V2 developer guide, copied by hand, with a bot of that size for each. */
const quotas: [name: string, localeId: string, limit: number, of: (count: number) => Bot][] = [
  ['intents of a locale', 'es_ES', 250, intents],
  ['intents of a locale', 'en_US', 1_000, intents],
  ['intents of a locale', 'en_GB', 1_000, intents],
  ['intents of a locale', 'en_AU', 1_000, intents],
  ['intents of a locale', 'en_IN', 250, intents],
  ['characters of all sample utterances', 'es_ES', 200_000, characters],
  ['characters of all sample utterances', 'en_US', 2_000_000, characters],
  [
    'sample utterances of an intent',
    'es_ES',
    1_500,
    (n) => bot({ intents: { A: many(n).map((i) => `u ${i}`) } }),
  ],
  ['characters of an utterance', 'es_ES', 500, (n) => bot({ intents: { A: ['x'.repeat(n)] } })],
  ['slots of a locale', 'es_ES', 2_000, (n) => bot({ slots: n })],
  ['custom slot types of a locale', 'es_ES', 100, (n) => bot({ slotTypes: n })],
];

describe("Lex's quotas, as the developer guide lists them", function () {
  this.timeout(120_000);
  for (const [name, localeId, limit, of] of quotas)
    it(`${limit} ${name} (${localeId}): checked before an upload, and enforced by the local Lex`, () => {
      const fits = zipOf(localeId, of(limit));
      assert.deepEqual(checkQuotas(readBotArchive(fits), localeId), []);
      assert.deepEqual(faultsOf(readArchive(fits).locales[0]!), []);
      const passes = zipOf(localeId, of(limit + 1));
      const violations = checkQuotas(readBotArchive(passes), localeId);
      assert.deepEqual(
        violations.map((violation) => [violation.value, violation.limit]),
        [[limit + 1, limit]],
      );
      assert.equal(faultsOf(readArchive(passes).locales[0]!).length, 1);
    });

  it('counts the fallback intent where an archive lacks it, because Lex adds it', () => {
    const fallback = 'Bot/BotLocales/es_ES/Intents/FallbackIntent/Intent.json';
    const without = (count: number) => {
      const files = new Map(readZip(zipOf('es_ES', intents(count + 1))));
      assert.ok(files.delete(fallback));
      return writeZip(files);
    };
    assert.deepEqual(checkQuotas(readBotArchive(without(249)), 'es_ES'), []);
    assert.deepEqual(faultsOf(readArchive(without(249)).locales[0]!), []);
    assert.deepEqual(checkQuotas(readBotArchive(without(250)), 'es_ES'), [
      { quota: 'intentsPerLocale', intent: null, value: 251, limit: 250 },
    ]);
    assert.equal(faultsOf(readArchive(without(250)).locales[0]!).length, 1);
  });

  it('100 versions of a bot, 1,024 characters of input', () => {
    const { versionsPerBot, inputCharacters } = lexQuotas('es_ES');
    assert.deepEqual([versionsPerBot, inputCharacters], [100, 1_024]);
    assert.deepEqual([lexLimits.versionsPerBot, lexLimits.recognizeTextCharacters], [100, 1_024]);
  });
});
