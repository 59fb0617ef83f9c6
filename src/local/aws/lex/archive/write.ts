import { strToU8, zipSync } from 'fflate';
import { type BotFile, type LocaleDefinition } from '../definition';

/** ZIP entries have no time zone and begin in 1980; a fixed time makes equal bots equal archives. */
const entryTime = new Date(1980, 0, 1);

/**
 * Writes a bot archive in the form of real exports.
 * @param bot its file lies in the archive when the whole bot is exported
 * @param whole false for the archive of a locale alone
 */
export function writeArchive(bot: BotFile, locales: LocaleDefinition[], whole: boolean): Uint8Array {
  const entries: Record<string, Uint8Array> = {};
  const add = (path: string, content: unknown) => (entries[path] = strToU8(JSON.stringify(content)));
  add('Manifest.json', {
    metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: whole ? 'BOT' : 'BOT_LOCALE' },
  });
  if (whole) add(`${bot.name}/Bot.json`, bot);
  for (const locale of locales) {
    const folder = `${bot.name}/BotLocales/${locale.file.identifier}`;
    add(`${folder}/BotLocale.json`, locale.file);
    for (const { file, slots } of locale.intents) {
      add(`${folder}/Intents/${file.name}/Intent.json`, file);
      for (const slot of slots) add(`${folder}/Intents/${file.name}/Slots/${slot.name}/Slot.json`, slot);
    }
    for (const slotType of locale.slotTypes)
      add(`${folder}/SlotTypes/${slotType.name}/SlotType.json`, slotType);
    if (locale.customVocabulary !== null) {
      add(`${folder}/CustomVocabulary/CustomVocabulary.json`, locale.customVocabulary);
    }
  }
  return zipSync(entries, { mtime: entryTime });
}
