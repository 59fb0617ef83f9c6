import assert from 'node:assert/strict';
import {
  botArchiveFromFiles,
  describeDiff,
  diffArchives,
  localeContent,
} from '../../../src/domain/bot-archive';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

function archive(
  samples: string[],
  options: { description?: string; folder?: string; intents?: string[] } = {},
) {
  const { description = 'd', folder = 'CafeBot/BotLocales/es_ES', intents = [] } = options;
  const intent = (name: string, utterances: string[]) =>
    [
      `${folder}/Intents/${name}/Intent.json`,
      encode({ sampleUtterances: utterances.map((utterance) => ({ utterance })), name, description }),
    ] as const;
  return botArchiveFromFiles(
    new Map<string, Uint8Array>([
      [
        'Manifest.json',
        encode({ metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BotLocale' } }),
      ],
      [
        `${folder}/BotLocale.json`,
        encode({ name: 'Spanish (ES)', identifier: 'es_ES', nluConfidenceThreshold: 0.4 }),
      ],
      intent('PedirCafe', samples),
      ...intents.map((name) => intent(name, ['una frase'])),
    ]),
  );
}

describe('localeContent', () => {
  it('does not depend on the order of keys or on where the locale lies', () => {
    const one = archive(['un café', 'ponme un café']);
    const other = archive(['un café', 'ponme un café'], { folder: 'Otro/BotLocales/es_ES' });
    assert.equal(localeContent(one, 'es_ES'), localeContent(other, 'es_ES'));
  });

  it('changes with a phrase and with a description', () => {
    const before = localeContent(archive(['un café']), 'es_ES');
    assert.notEqual(localeContent(archive(['un té']), 'es_ES'), before);
    assert.notEqual(localeContent(archive(['un café'], { description: 'otra' }), 'es_ES'), before);
  });
});

describe('describeDiff', () => {
  it('counts phrases by intent and quotes none', () => {
    const before = archive(['un café', 'un cortado'], { intents: ['Viejo'] });
    const now = archive(['un café', 'un té', 'un mate'], { description: 'otra', intents: ['Wifi'] });
    assert.deepEqual(describeDiff(diffArchives(before, now, 'es_ES')), {
      en: 'PedirCafe +2 −1 phrases, new intent Wifi, removed intent Viejo, 2 other files',
      es: 'PedirCafe +2 −1 frases, intención nueva Wifi, intención eliminada Viejo, 2 archivos más',
    });
  });

  it('says nothing when nothing differs', () => {
    assert.equal(describeDiff(diffArchives(archive(['a']), archive(['a']), 'es_ES')), null);
  });
});
