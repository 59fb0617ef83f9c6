import type { Artifact } from '../domain/artifact';
import { stageNotes } from '../domain/cycle-sentences';
import type { Sentence } from '../domain/language';
import type { BotLocaleReference } from '../activities/targets/lex/bot-reference';
import { lex, quick } from './stage-activities';

/** Imports an archive into DRAFT and builds it, and remembers what DRAFT holds so that later edits are noticed. */
export async function buildDraft(input: {
  bot: BotLocaleReference;
  /** DRAFT as it is. */
  before: Artifact;
  archive: Artifact;
  /** Names the run in Lex. */
  runName: string;
  storeUri: string;
  /** Prefix for DRAFT as it is afterwards. */
  outputUri: string;
  /** Told what is happening. */
  tell: (step: Sentence) => void;
}): Promise<void> {
  const { bot, before, archive, runName, storeUri, outputUri, tell } = input;
  await quick.noteDraft({ storeUri, runName, expected: [archive, before], settled: false });
  tell(stageNotes.importingArchive);
  const imported = await lex.importBotArchive({ bot, archive, runName });
  tell(stageNotes.buildingLocale);
  await lex.buildBotLocale({ bot, runName, imported });
  const built = await lex.readBotDraft({ bot, outputUri });
  await quick.noteDraft({ storeUri, runName, expected: [built.archive], settled: true });
}
