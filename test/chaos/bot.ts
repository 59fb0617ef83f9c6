import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Topic } from './phrases';

export const botName = 'ChaosBot';
export const localeId = 'es_ES';
/** So many phrases of each topic the bot is made with; the others are for the golden set, so many of them. */
const samplesOfIntent = 8;
const goldenOfIntent = 3;

/** Writes the bot as an unpacked Lex archive: an intent for each topic, and the fallback. */
export async function writeBot(folder: string, topics: readonly Topic[]): Promise<void> {
  const locale = `${botName}/BotLocales/${localeId}`;
  const files: Record<string, object> = {
    'Manifest.json': { metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT' } },
    [`${botName}/Bot.json`]: {
      dataPrivacy: { childDirected: false },
      description: 'Invented, to be retrained while its servers are killed',
      errorLogSettings: null,
      identifier: 'CHAOSBOT00',
      idleSessionTTLInSeconds: 300,
      name: botName,
      version: 'DRAFT',
    },
    [`${locale}/BotLocale.json`]: {
      name: 'Spanish (ES)',
      identifier: localeId,
      version: null,
      description: null,
      voiceSettings: null,
      nluConfidenceThreshold: 0.4,
    },
    [`${locale}/Intents/FallbackIntent/Intent.json`]: intent('FallbackIntent', null),
  };
  for (const { name, phrases } of topics) {
    files[`${locale}/Intents/${name}/Intent.json`] = intent(name, phrases.slice(0, samplesOfIntent));
  }
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), JSON.stringify(content, null, 2));
  }
}

/** The golden set: what the bot was not made with, and what it is to leave to the fallback. */
export function goldenSet(topics: readonly Topic[], strange: Topic): string {
  const rows = [
    ...topics.flatMap(({ name, phrases }) => phrases.slice(-goldenOfIntent).map((text) => `${text},${name}`)),
    ...strange.phrases.slice(0, 4).map((text) => `${text},FallbackIntent`),
  ];
  return `text,intent\n${rows.join('\n')}\n`;
}

function intent(name: string, samples: readonly string[] | null): object {
  return {
    name,
    identifier: null,
    description: null,
    parentIntentSignature: samples === null ? 'AMAZON.FallbackIntent' : null,
    sampleUtterances: samples?.map((utterance) => ({ utterance })) ?? null,
  };
}
