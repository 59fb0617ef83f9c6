import { aliasActivities } from './aliases';
import { askModelActivity } from './ask-model';
import { buildBotLocaleActivity } from './build-locale';
import { createBotVersionActivity } from './create-version';
import type { LexDependencies } from './dependencies';
import { importBotArchiveActivity } from './import-archive';
import { adaptivePolling } from './polling';
import { readBotDraftActivity } from './read-draft';
import { resolveBotActivity } from './resolve-bot';
import { smokeTestActivity } from './smoke-test';
import { usualTransferTimeoutMs } from './transfer';
import { writeChallengerArchiveActivity } from './write-archive';
import { writeCsvArchiveActivity } from './write-csv-archive';

export type { BotReference } from './bot-reference';
export type { BotDraft } from './read-draft';
export type { ChallengerArchive, ChallengerDiff } from './write-archive';
export type { CsvArchive } from './write-csv-archive';
export type { AskedModel } from './ask-model';

const usualPatience = { polling: adaptivePolling, transferTimeoutMs: usualTransferTimeoutMs };

/** What a place where models live must do: read, train, predict, promote, roll back; here for Amazon Lex V2. */
export function createLexActivities(
  dependencies: Omit<LexDependencies, keyof typeof usualPatience> & Partial<typeof usualPatience>,
) {
  const lex: LexDependencies = { ...usualPatience, ...dependencies };
  return {
    ...resolveBotActivity(lex),
    ...readBotDraftActivity(lex),
    ...writeChallengerArchiveActivity(lex),
    ...writeCsvArchiveActivity(lex),
    ...importBotArchiveActivity(lex),
    ...buildBotLocaleActivity(lex),
    ...createBotVersionActivity(lex),
    ...aliasActivities(lex),
    ...askModelActivity(lex),
    ...smokeTestActivity(lex),
  };
}

export type LexActivities = ReturnType<typeof createLexActivities>;
