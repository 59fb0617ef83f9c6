import { InvalidInputError, NotFoundError } from '../errors';
import type { LabelledUtterance } from '../utterance';
import { localeOf, requireIntentName, takesNoUtterances, type BotArchive } from './archive';
import { serializeJson } from './json';
import { newIntentDocument, type NewIntent } from './new-intent';
import { botArchiveFromFiles } from './read';

/**
 * Adds sample utterances and new intents to one locale; every other file keeps its bytes, and in a changed
 * `Intent.json` nothing but the list of sample utterances changes.
 * @param additions for intents that the locale has; what an intent has already, letter by letter, is not added again
 * @throws NotFoundError when an addition names an intent that does not exist
 * @throws InvalidInputError when an intent takes no utterances (the built-in fallback), or a new one's name is taken
 *   or not allowed
 */
export function addUtterances(
  archive: BotArchive,
  localeId: string,
  additions: readonly LabelledUtterance[],
  newIntents: readonly NewIntent[],
): BotArchive {
  const locale = localeOf(archive, localeId);
  const files = new Map(archive.files);
  for (const [name, texts] of groupByIntent(additions)) {
    const intent = locale.intents.find((one) => one.name === name);
    if (!intent) {
      throw new NotFoundError(
        `The bot has no intent ${name} in ${localeId}, so no utterances can be added to it. ` +
          `It has ${locale.intents.map((one) => one.name).join(', ')}.`,
        { intent: name, localeId },
      );
    }
    if (takesNoUtterances(intent)) {
      throw new InvalidInputError(
        `${name} is built in and takes no sample utterances. Phrases without an intent are evidence for discovery: ` +
          'put them where the logs are.',
        { intent: name, utterances: texts.length },
      );
    }
    const samples = [...(intent.sampleUtterances ?? [])];
    const present = new Set(samples);
    const fresh = [...new Set(texts)].filter((text) => !present.has(text));
    if (fresh.length === 0) continue;
    const document = {
      ...intent.document,
      sampleUtterances: [
        // The entries that are there are kept as they are, with keys that are not known here.
        ...((intent.document.sampleUtterances as unknown[] | null) ?? []),
        ...fresh.map((utterance) => ({ utterance })),
      ],
    };
    files.set(intent.path, serializeJson(document));
  }
  const takenNames = new Map(locale.intents.map((intent) => [intent.name.toLowerCase(), intent.name]));
  const takenIdentifiers = new Set(locale.intents.map((intent) => String(intent.document.identifier)));
  for (const intent of newIntents) {
    requireIntentName(intent.name);
    const taken = takenNames.get(intent.name.toLowerCase());
    if (taken !== undefined) {
      throw new InvalidInputError(
        `A new intent cannot be called ${intent.name}: the bot has ${taken}. Choose another name, or assign the ` +
          'phrases to the intent that exists.',
        { intent: intent.name, taken },
      );
    }
    takenNames.set(intent.name.toLowerCase(), intent.name);
    const document = newIntentDocument(
      { ...intent, utterances: [...new Set(intent.utterances)] },
      localeId,
      takenIdentifiers,
    );
    takenIdentifiers.add(String(document.identifier));
    files.set(`${locale.folder}Intents/${intent.name}/Intent.json`, serializeJson(document));
  }
  return botArchiveFromFiles(files);
}

function groupByIntent(additions: readonly LabelledUtterance[]): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const { text, intent } of additions) {
    const texts = grouped.get(intent) ?? [];
    texts.push(text);
    grouped.set(intent, texts);
  }
  return grouped;
}
