/** Lex V2 bot archives: read, compare, add utterances and intents, write. */
export { addUtterances } from './add-utterances';
export {
  localeOf,
  requireIntentName,
  takesNoUtterances,
  type ArchivedIntent,
  type ArchivedLocale,
  type ArchivedSlot,
  type ArchivedSlotType,
  type BotArchive,
} from './archive';
export { localeContent } from './content';
export { describeDiff } from './describe-diff';
export { diffArchives, type ArchiveDiff } from './diff';
export { knownUtterances, sampleUtterances } from './known-utterances';
export { neutralClosing, type NewIntent } from './new-intent';
export { botArchiveFromFiles, readBotArchive } from './read';
export { writeBotArchive, writeLocaleArchive } from './write';
export { defaultZipLimits, readZip, writeZip, type ZipLimits } from './zip';
