import assert from 'node:assert/strict';
import { strToU8 } from 'fflate';
import { extendArchive } from '../../../../src/activities/targets/lex/write-archive';
import { botArchiveFromFiles, localeOf, type BotArchive } from '../../../../src/domain/bot-archive';

/** A Spanish bot of so many intents, without the fallback that Lex adds. */
function bot(intents: number): BotArchive {
  const entries: [string, unknown][] = [
    [
      'Manifest.json',
      { metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT_LOCALE' } },
    ],
    ['es_ES/BotLocale.json', { name: 'Spanish', identifier: 'es_ES', nluConfidenceThreshold: 0.4 }],
    ...Array.from({ length: intents }, (_, n): [string, unknown] => [
      `es_ES/Intents/Intent${n}/Intent.json`,
      { name: `Intent${n}`, identifier: 'ABCDEFGHIJ', sampleUtterances: [{ utterance: `frase ${n}` }] },
    ]),
  ];
  return botArchiveFromFiles(
    new Map(entries.map(([path, content]) => [path, strToU8(JSON.stringify(content))])),
  );
}

describe('a challenger of a bot without a fallback', () => {
  const wanted = ['Wifi', 'Perros'].map((name, n) => ({ text: `nueva ${n}`, intent: name, count: 9 - n }));
  const newIntents = wanted.map(({ intent }) => ({ name: intent, description: null }));
  const extend = (intents: number) => extendArchive(bot(intents), 'es_ES', wanted, newIntents);

  it('gets the new intents for which there is room beside the fallback that Lex adds', () => {
    const { archive, diff } = extend(248);
    assert.deepEqual(
      diff.newIntents.map(({ name }) => name),
      ['Wifi'],
    );
    assert.deepEqual(diff.leftOut, [{ text: 'nueva 1', intent: 'Perros', reason: 'too-many-intents' }]);
    assert.equal(localeOf(archive, 'es_ES').intents.length, 249);
  });

  it('gets none where there is no room, without failing', () => {
    const { diff } = extend(249);
    assert.deepEqual(diff.newIntents, []);
    assert.deepEqual(
      diff.leftOut.map(({ reason }) => reason),
      ['too-many-intents', 'too-many-intents'],
    );
  });
});
