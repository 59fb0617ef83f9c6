import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { strFromU8, strToU8, zipSync } from 'fflate';
import {
  addUtterances,
  localeOf,
  readBotArchive,
  readZip,
  takesNoUtterances,
  writeBotArchive,
  writeLocaleArchive,
} from '../../../src/domain/bot-archive';
import { airlineFolder, cafeFolder, readFolder } from './folder';

type Files = Map<string, Uint8Array>;
type Json = Record<string, unknown>;

const jsonOf = (bytes: Uint8Array | undefined) => JSON.parse(strFromU8(bytes!)) as Json;
const bytesOf = (value: unknown) => strToU8(JSON.stringify(value));
const added = 'una frase que no estaba';

/** For every intent of every locale that takes utterances: reads the zip, adds one to it and writes a zip. */
function assertOnlyOneUtteranceIsAdded(files: Files, expected: Files = files): void {
  const zip = zipSync(Object.fromEntries(files));
  const before = readBotArchive(zip);
  let tried = 0;
  for (const { localeId } of before.locales) {
    const { folder, intents } = localeOf(before, localeId);
    for (const intent of intents.filter((one) => !takesNoUtterances(one))) {
      const after = addUtterances(before, localeId, [{ intent: intent.name, text: added }], []);
      const whole = readZip(writeBotArchive(after));
      assert.deepEqual([...whole.keys()].sort(), [...expected.keys()].sort());
      for (const [path, bytes] of whole) {
        if (path !== intent.path) {
          assert.deepEqual(Buffer.from(bytes), Buffer.from(expected.get(path)!), path);
          continue;
        }
        const original = jsonOf(expected.get(path));
        const samples = (original['sampleUtterances'] ?? []) as unknown[];
        const wanted = { ...original, sampleUtterances: [...samples, { utterance: added }] };
        // As text: the order of the keys counts too.
        assert.equal(strFromU8(bytes), JSON.stringify(wanted), path);
      }
      // What is uploaded: the locale's folder and the manifest, of the same bytes.
      const uploaded = readZip(writeLocaleArchive(after, localeId));
      const ofLocale = [...whole.keys()].filter((path) => path.startsWith(folder));
      assert.deepEqual([...uploaded.keys()].sort(), [...ofLocale, 'Manifest.json'].sort());
      for (const path of ofLocale) assert.deepEqual(uploaded.get(path), whole.get(path), path);
      tried++;
    }
  }
  assert.ok(tried > 0);
}

/** Rewrites what a real export says into the spelling of the developer guide, by the table of their differences. */
function inGuideSpelling(files: Files): Files {
  const guide: Files = new Map();
  for (const [path, bytes] of files) {
    const text = strFromU8(bytes).replaceAll('"messageGroupsList"', '"messageGroupList"');
    if (path === 'Manifest.json') {
      const { schemaVersion, fileFormat, resourceType } = jsonOf(bytes)['metaData'] as Json;
      assert.deepEqual([schemaVersion, resourceType], ['1', 'BOT']);
      guide.set(
        'manifest.json',
        bytesOf({ metadata: { schemaVersion: '1.0', fileFormat, resourceType: 'Bot' } }),
      );
    } else if (path.endsWith('/Slot.json')) {
      const { valueElicitationSetting, ...slot } = JSON.parse(text) as Json;
      const { slotConstraint, ...setting } = (valueElicitationSetting ?? {}) as Json;
      guide.set(path, bytesOf({ ...slot, slotValueElicitationSetting: setting, slotConstraint }));
    } else {
      guide.set(path, strToU8(text));
    }
  }
  return guide;
}

/** A bot with things in it that nothing here knows of, in every place where Lex may put them. */
function withUnknownThings(files: Files): Files {
  const [intentPath] = [...files.keys()].filter((path) => path.endsWith('/Intents/PedirCafe/Intent.json'));
  const locale = intentPath!.slice(0, intentPath!.indexOf('Intents/'));
  const intent = jsonOf(files.get(intentPath!));
  const samples = intent['sampleUtterances'] as Json[];
  const changed: Files = new Map(files);
  changed.set(
    intentPath!,
    strToU8(
      JSON.stringify({
        futureFirst: { '10': 'ten', '2': 'two', nested: [null, 1.5, 'á\u2028'] },
        ...intent,
        sampleUtterances: samples.map((sample, n) => ({ weight: n, ...sample, origin: null })),
        futureLast: [],
      }).replace('"futureLast"', '"__proto__":{"kept":true},"futureLast"'),
    ),
  );
  const unwritten = { name: 'SinFrases', identifier: 'ZZZZZZZZZZ', parentIntentSignature: null };
  changed.set(`${locale}Intents/SinFrases/Intent.json`, bytesOf(unwritten));
  changed.set(`${locale}Intents/PedirCafe/ConversationFlow.json`, strToU8('{ "spaced" : [ 1 ] }\n'));
  changed.set(
    `${locale}CustomVocabulary/CustomVocabulary.json`,
    bytesOf({ customVocabularyItems: [{ phrase: 'cortado', weight: 3, displayAs: 'Cortado' }] }),
  );
  changed.set(
    `${locale}Analytics/noise.bin`,
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
  );
  changed.set('CafeBot/FutureThing.json', strToU8('\uFEFF{"a":1}'));
  changed.set('README.md', strToU8('not ours'));
  changed.set('empty', new Uint8Array());
  return changed;
}

describe('an archive with one utterance added', function () {
  this.timeout(120_000);

  it('is the example bot but for that utterance', () => {
    assertOnlyOneUtteranceIsAdded(readFolder(cafeFolder));
  });

  it('keeps entries, keys and bytes that nothing here knows of', () => {
    assertOnlyOneUtteranceIsAdded(withUnknownThings(readFolder(cafeFolder)));
  });

  it('is packed in the same order, wherever the archive had its files', () => {
    const files = withUnknownThings(readFolder(cafeFolder));
    const reversed: Files = new Map([...files].reverse());
    const pack = (some: Files) => writeBotArchive(readBotArchive(zipSync(Object.fromEntries(some))));
    const packed = pack(files);
    assert.deepEqual(pack(reversed), packed);
    const inFolders = [...readZip(packed).keys()].filter((path) => path.includes('/'));
    assert.deepEqual(inFolders, [...inFolders].sort());
  });

  it('is that bot in the spelling of real exports where it came in that of the developer guide', () => {
    assertGuideSpellingIsRead(readFolder(cafeFolder));
  });

  describe('of a real export', () => {
    before(function () {
      if (!existsSync(airlineFolder)) this.skip();
    });

    it('is that export but for the utterance, in both locales', () => {
      const files = readFolder(airlineFolder);
      assert.deepEqual(
        ['en_US', 'it_IT'].map((id) => [...files.keys()].filter((path) => path.includes(`/${id}/`)).length),
        [28, 28],
      );
      assertOnlyOneUtteranceIsAdded(files);
    });

    it('is that export where it came in the spelling of the developer guide', () => {
      assertGuideSpellingIsRead(readFolder(airlineFolder));
    });
  });
});

/** What is read of the guide's spelling says the same as the real export, key by key. */
function assertGuideSpellingIsRead(files: Files): void {
  const guide = inGuideSpelling(files);
  assert.ok(guide.size === files.size && !guide.has('Manifest.json'));
  const written = readZip(writeBotArchive(readBotArchive(zipSync(Object.fromEntries(guide)))));
  assert.deepEqual([...written.keys()].sort(), [...files.keys()].sort());
  for (const [path, bytes] of written) assert.deepEqual(jsonOf(bytes), jsonOf(files.get(path)), path);
  assertOnlyOneUtteranceIsAdded(guide, written);
}
