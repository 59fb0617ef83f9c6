import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { strFromU8, strToU8, zipSync } from 'fflate';
import {
  addUtterances,
  botArchiveFromFiles,
  diffArchives,
  knownUtterances,
  localeOf,
  neutralClosing,
  readBotArchive,
  sampleUtterances,
  writeBotArchive,
  writeLocaleArchive,
  type BotArchive,
} from '../../../src/domain/bot-archive';
import { InvalidInputError, NotFoundError } from '../../../src/domain/errors';
import { airlineFolder, cafeFolder, packFolder, readFolder } from './folder';

const intentKeys = [
  'name',
  'identifier',
  'description',
  'parentIntentSignature',
  'sampleUtterances',
  'intentConfirmationSetting',
  'intentClosingSetting',
  'initialResponseSetting',
  'inputContexts',
  'outputContexts',
  'kendraConfiguration',
  'qnAIntentConfiguration',
  'bedrockAgentIntentConfiguration',
  'qInConnectIntentConfiguration',
  'dialogCodeHook',
  'fulfillmentCodeHook',
  'slotPriorities',
];

function json(archive: BotArchive, path: string): Record<string, unknown> {
  return JSON.parse(strFromU8(archive.files.get(path)!)) as Record<string, unknown>;
}

/** A bot of one intent, one slot and the fallback, with anything in it replaced. */
function smallBot(replace: Record<string, unknown> = {}): Map<string, Uint8Array> {
  const folder = 'B/BotLocales/es_ES';
  const files: Record<string, unknown> = {
    'Manifest.json': { metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT' } },
    'B/Bot.json': { name: 'B', identifier: 'AAAAAAAAAA', unknownKey: [1] },
    [`${folder}/BotLocale.json`]: { name: 'Spanish', identifier: 'es_ES', nluConfidenceThreshold: 0.4 },
    [`${folder}/Intents/PedirCafe/Intent.json`]: {
      name: 'PedirCafe',
      identifier: 'BBBBBBBBBB',
      sampleUtterances: [
        { utterance: 'un café {Tamano}' },
        { utterance: 'quiero {Tamano} y {NumeroDeMesa}' },
      ],
      futureKey: { kept: true },
    },
    [`${folder}/Intents/PedirCafe/Slots/Tamano/Slot.json`]: { name: 'Tamano', slotTypeName: 'Tamanos' },
    [`${folder}/Intents/PedirCafe/Slots/NumeroDeMesa/Slot.json`]: {
      name: 'NumeroDeMesa',
      slotTypeName: 'AMAZON.Number',
    },
    [`${folder}/SlotTypes/Tamanos/SlotType.json`]: {
      name: 'Tamanos',
      slotTypeValues: [
        { sampleValue: { value: 'grande' }, synonyms: null },
        { sampleValue: { value: 'chico' }, synonyms: [{ value: 'pequeño' }] },
      ],
    },
    [`${folder}/Intents/FallbackIntent/Intent.json`]: {
      name: 'FallbackIntent',
      identifier: 'FALLBCKINT',
      parentIntentSignature: 'AMAZON.FallbackIntent',
      sampleUtterances: null,
    },
    ...replace,
  };
  return new Map(
    Object.entries(files)
      .filter(([, content]) => content !== undefined)
      .map(([path, content]) => [path, strToU8(JSON.stringify(content))]),
  );
}

describe('bot archive', () => {
  describe('of the example bot', () => {
    it('survives reading and writing byte for byte', () => {
      const archive = readBotArchive(packFolder(cafeFolder));
      const again = readBotArchive(writeBotArchive(archive));
      assert.equal(archive.kind, 'bot');
      assert.equal(archive.bot?.name, 'CafeBot');
      for (const [path, bytes] of readFolder(cafeFolder)) {
        assert.deepEqual(Buffer.from(again.files.get(path)!), Buffer.from(bytes), path);
      }
      assert.equal(again.files.size, archive.files.size);
    });

    it('is packed to the same bytes every time, in any time zone', () => {
      const archive = readBotArchive(packFolder(cafeFolder));
      const zone = process.env.TZ;
      try {
        process.env.TZ = 'Asia/Tokyo';
        const there = writeBotArchive(archive);
        process.env.TZ = 'America/Montevideo';
        assert.deepEqual(writeBotArchive(archive), there);
      } finally {
        if (zone === undefined) delete process.env.TZ;
        else process.env.TZ = zone;
      }
    });

    it('keeps slots, prompts and hooks of every intent when utterances are added to all of them', () => {
      const before = readBotArchive(packFolder(cafeFolder));
      const trainable = localeOf(before, 'es_ES').intents.filter((one) => one.sampleUtterances !== null);
      const additions = trainable.map(({ name }) => ({ intent: name, text: `algo nuevo para ${name}` }));
      const after = addUtterances(before, 'es_ES', additions, []);
      for (const intent of localeOf(before, 'es_ES').intents) {
        const was = { ...json(before, intent.path), sampleUtterances: null };
        const is = { ...json(after, intent.path), sampleUtterances: null };
        assert.deepEqual(is, was);
        assert.deepEqual(Object.keys(is), Object.keys(was));
      }
      const diff = diffArchives(before, after, 'es_ES');
      assert.deepEqual(diff.unchangedIntents, ['FallbackIntent']);
      assert.equal(Object.keys(diff.addedUtterances).length, trainable.length);
      assert.deepEqual(
        [diff.newIntents, diff.removedIntents, diff.otherChanges, diff.toEdit],
        [[], [], [], []],
      );
      assert.deepEqual(diff.removedUtterances, {});
    });
  });

  describe('of a real export', () => {
    before(function () {
      if (!existsSync(airlineFolder)) {
        console.log(`      (skipped: no real export at ${airlineFolder})`);
        this.skip();
      }
    });

    it('is written back key by key, both locales', () => {
      const archive = readBotArchive(packFolder(airlineFolder));
      const again = readBotArchive(writeBotArchive(archive));
      assert.deepEqual(
        archive.locales.map((locale) => [locale.localeId, locale.intents.length, locale.slotTypes.length]),
        [
          ['en_US', 10, 2],
          ['it_IT', 10, 2],
        ],
      );
      for (const [path, bytes] of readFolder(airlineFolder)) {
        assert.deepEqual(Buffer.from(again.files.get(path)!), Buffer.from(bytes), path);
      }
    });

    it('gets new intents with the keys of its own, in their order', () => {
      const before = readBotArchive(packFolder(airlineFolder));
      const after = addUtterances(
        before,
        'it_IT',
        [{ intent: 'CancelFlight', text: 'annulla tutto' }],
        [{ name: 'AskWifi', description: null, utterances: ['c’è il wifi a bordo'] }],
      );
      const path = 'LexBot/BotLocales/it_IT/Intents/AskWifi/Intent.json';
      const real = json(before, 'LexBot/BotLocales/it_IT/Intents/Greeting/Intent.json');
      assert.deepEqual(Object.keys(json(after, path)), Object.keys(real));
      assert.deepEqual(Object.keys(json(after, path)), intentKeys);
      assert.match(String(json(after, path).identifier), /^[A-Z0-9]{10}$/);
      assert.deepEqual(diffArchives(before, after, 'it_IT'), {
        localeId: 'it_IT',
        newIntents: [{ name: 'AskWifi', description: null, utterances: ['c’è il wifi a bordo'] }],
        removedIntents: [],
        addedUtterances: { CancelFlight: ['annulla tutto'] },
        removedUtterances: {},
        unchangedIntents: localeOf(before, 'it_IT')
          .intents.map(({ name }) => name)
          .filter((name) => name !== 'CancelFlight'),
        otherChanges: [],
        toEdit: [{ intent: 'AskWifi', what: 'closing-message', message: neutralClosing('it_IT') }],
      });
      const untouched = [...before.files].filter(([one]) => !one.includes('CancelFlight/Intent.json'));
      for (const [one, bytes] of untouched) assert.deepEqual(after.files.get(one), bytes, one);
    });

    it('fills slots with values of their types', () => {
      const archive = readBotArchive(packFolder(airlineFolder));
      const known = knownUtterances(archive, 'it_IT');
      assert.ok(known.every(({ text }) => !/[{}]/.test(text)));
      assert.ok(
        known.some(({ text }) => text.startsWith('Voglio prenotare un volo andata e ritorno da origin city')),
      );
      assert.equal(known.length, sampleUtterances(archive, 'it_IT').length);
    });
  });

  describe('of one locale', () => {
    it('is cut out of a bot, with nothing of other locales and nothing of the bot', () => {
      const files = smallBot({
        'B/BotLocales/pt_PT/BotLocale.json': {
          name: 'Portuguese',
          identifier: 'pt_PT',
          nluConfidenceThreshold: 0.5,
        },
      });
      const locale = readBotArchive(writeLocaleArchive(botArchiveFromFiles(files), 'es_ES'));
      assert.equal(locale.kind, 'locale');
      assert.equal(locale.bot, null);
      assert.deepEqual(
        locale.locales.map((one) => one.localeId),
        ['es_ES'],
      );
      assert.deepEqual(
        [...locale.files.keys()].filter((path) => path.includes('Bot.json')),
        [],
      );
      assert.deepEqual(json(locale, 'Manifest.json'), {
        metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT_LOCALE' },
      });
      assert.deepEqual(diffArchives(botArchiveFromFiles(files), locale, 'es_ES').otherChanges, []);
    });

    it('is read at the root of an archive as well', () => {
      const inBot = smallBot();
      const atRoot = new Map<string, Uint8Array>([
        [
          'Manifest.json',
          strToU8('{"metaData":{"schemaVersion":"1","fileFormat":"LexJson","resourceType":"BOT_LOCALE"}}'),
        ],
      ]);
      for (const [path, bytes] of inBot) {
        const below = path.split('B/BotLocales/es_ES/')[1];
        if (below !== undefined) atRoot.set(below, bytes);
      }
      const archive = botArchiveFromFiles(atRoot);
      const after = addUtterances(archive, 'es_ES', [{ intent: 'PedirCafe', text: 'un cortado' }], []);
      assert.equal(localeOf(after, 'es_ES').folder, '');
      assert.deepEqual(diffArchives(botArchiveFromFiles(inBot), after, 'es_ES').addedUtterances, {
        PedirCafe: ['un cortado'],
      });
    });
  });

  it('reads the spelling of the developer guide and writes that of real exports', () => {
    const slot = 'B/BotLocales/es_ES/Intents/PedirCafe/Slots/Tamano/Slot.json';
    const prompt = { messageGroupList: [{ message: { plainTextMessage: { value: '¿Grande?' } } }] };
    const files = smallBot({
      'Manifest.json': undefined,
      'manifest.json': { metadata: { schemaVersion: '1.0', fileFormat: 'LexJson', resourceType: 'Bot' } },
      [slot]: {
        name: 'Tamano',
        slotTypeName: 'Tamanos',
        slotConstraint: 'Required',
        slotValueElicitationSetting: { promptSpecification: prompt },
      },
    });
    const archive = readBotArchive(writeBotArchive(botArchiveFromFiles(files)));
    assert.deepEqual(json(archive, 'Manifest.json'), {
      metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT' },
    });
    assert.deepEqual(json(archive, slot), {
      name: 'Tamano',
      slotTypeName: 'Tamanos',
      valueElicitationSetting: {
        promptSpecification: { messageGroupsList: prompt.messageGroupList },
        slotConstraint: 'Required',
      },
    });
  });

  it('fills slots in turn, and with the words of their names where the type lists no values', () => {
    assert.deepEqual(knownUtterances(botArchiveFromFiles(smallBot()), 'es_ES'), [
      { text: 'un café grande', intent: 'PedirCafe' },
      { text: 'quiero chico y numero de mesa', intent: 'PedirCafe' },
    ]);
  });

  it('gives a new intent a message in the language of the locale', () => {
    const after = addUtterances(
      botArchiveFromFiles(smallBot()),
      'es_ES',
      [],
      [{ name: 'PreguntarWifi', description: 'El wifi', utterances: ['hay wifi', 'hay wifi'] }],
    );
    const document = json(after, 'B/BotLocales/es_ES/Intents/PreguntarWifi/Intent.json');
    assert.deepEqual(document.sampleUtterances, [{ utterance: 'hay wifi' }]);
    assert.ok(JSON.stringify(document.intentClosingSetting).includes('Gracias por tu consulta'));
    assert.equal(neutralClosing('ja_JP'), neutralClosing('en_US'));
  });

  it('does not add an utterance twice and leaves the file alone when there is nothing to add', () => {
    const before = botArchiveFromFiles(smallBot());
    const after = addUtterances(before, 'es_ES', [{ intent: 'PedirCafe', text: 'un café {Tamano}' }], []);
    assert.deepEqual(after.files, before.files);
    assert.deepEqual(diffArchives(before, after, 'es_ES').unchangedIntents, ['FallbackIntent', 'PedirCafe']);
  });

  it('shows what else changed', () => {
    const folder = 'B/BotLocales/es_ES';
    const before = botArchiveFromFiles(smallBot());
    const after = botArchiveFromFiles(
      smallBot({
        [`${folder}/BotLocale.json`]: { nluConfidenceThreshold: 0.4, identifier: 'es_ES', name: 'Spanish' },
        [`${folder}/Intents/PedirCafe/Slots/Tamano/Slot.json`]: {
          name: 'Tamano',
          slotTypeName: 'AMAZON.Number',
        },
        [`${folder}/Intents/PedirCafe/Slots/NumeroDeMesa/Slot.json`]: undefined,
        [`${folder}/CustomVocabulary/CustomVocabulary.json`]: { items: [] },
      }),
    );
    assert.deepEqual(diffArchives(before, after, 'es_ES').otherChanges, [
      { path: 'CustomVocabulary/CustomVocabulary.json', change: 'added' },
      { path: 'Intents/PedirCafe/Slots/NumeroDeMesa/Slot.json', change: 'removed' },
      { path: 'Intents/PedirCafe/Slots/Tamano/Slot.json', change: 'changed' },
    ]);
    assert.deepEqual(diffArchives(before, after, 'es_ES').unchangedIntents, ['FallbackIntent']);
  });

  describe('refuses', () => {
    const archive = botArchiveFromFiles(smallBot());
    const refusals: [string, () => unknown, RegExp, typeof InvalidInputError | typeof NotFoundError][] = [
      [
        'utterances for the fallback',
        () => add('FallbackIntent'),
        /evidence for discovery/,
        InvalidInputError,
      ],
      ['utterances for an unknown intent', () => add('Nada'), /no intent Nada/, NotFoundError],
      ['a locale that is not there', () => localeOf(archive, 'en_US'), /it has es_ES/, NotFoundError],
      [
        'a new intent whose name is taken',
        () => create('pedircafe'),
        /the bot has PedirCafe/,
        InvalidInputError,
      ],
      [
        'a name with an accent',
        () => create('PedirTé'),
        /letters and digits without accents/,
        InvalidInputError,
      ],
      ['a name with two dashes', () => create('a--b'), /single "-"/, InvalidInputError],
      ['what is no zip', () => readBotArchive(strToU8('hello')), /not a readable zip/, InvalidInputError],
      [
        'a zip of something else',
        () => readBotArchive(zip({ 'a.txt': 'a' })),
        /no Manifest\.json/,
        InvalidInputError,
      ],
      [
        'a path that climbs out',
        () => readBotArchive(zip({ '../x.json': '{}' })),
        /outside itself/,
        InvalidInputError,
      ],
      [
        'an absolute path',
        () => readBotArchive(zip({ '/etc/x.json': '{}' })),
        /outside itself/,
        InvalidInputError,
      ],
      ['a drive', () => readBotArchive(zip({ 'C:/x.json': '{}' })), /outside itself/, InvalidInputError],
      ['backslashes', () => readBotArchive(zip({ 'a\\..\\x': '{}' })), /outside itself/, InvalidInputError],
      [
        'a file that unpacks to too much',
        () =>
          readBotArchive(zip({ 'a.json': ' '.repeat(2_000) }), {
            totalBytes: 9_000,
            entryBytes: 1_000,
            entries: 9,
            ratio: 200,
          }),
        /unpacked size of a\.json in bytes is 2000/,
        InvalidInputError,
      ],
      [
        'files that unpack to too much together',
        () =>
          readBotArchive(zip({ a: 'x'.repeat(600), b: 'x'.repeat(600) }), {
            totalBytes: 1_000,
            entryBytes: 1_000,
            entries: 9,
            ratio: 200,
          }),
        /the unpacked size in bytes is 1200/,
        InvalidInputError,
      ],
      [
        'too many files',
        () => readBotArchive(zip({ a: '', b: '' }), { totalBytes: 9, entryBytes: 9, entries: 1, ratio: 200 }),
        /number of files is 2/,
        InvalidInputError,
      ],
      [
        'a custom vocabulary',
        () =>
          botArchiveFromFiles(
            smallBot({
              'Manifest.json': {
                metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'CUSTOM_VOCABULARY' },
              },
            }),
          ),
        /neither a bot nor a bot locale/,
        InvalidInputError,
      ],
      [
        'an intent whose samples are broken',
        () =>
          botArchiveFromFiles(
            smallBot({
              'B/BotLocales/es_ES/Intents/PedirCafe/Intent.json': { name: 'A', sampleUtterances: ['x'] },
            }),
          ),
        /"sampleUtterances" in .*PedirCafe/,
        InvalidInputError,
      ],
    ];
    for (const [what, act, message, error] of refusals) {
      it(what, () => {
        assert.throws(act, (thrown) => thrown instanceof error && message.test(thrown.message));
      });
    }

    function add(intent: string): BotArchive {
      return addUtterances(archive, 'es_ES', [{ intent, text: 'hola' }], []);
    }
    function create(name: string): BotArchive {
      return addUtterances(archive, 'es_ES', [], [{ name, description: null, utterances: ['hola'] }]);
    }
    function zip(files: Record<string, string>): Uint8Array {
      return zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
    }
  });
});
