import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { LexTargetConfiguration } from '../domain/pipeline';
import { buildDraft } from './build-draft';
import { pipelineAttribute, stageAttribute } from './search-attributes';
import { lex } from './stage-activities';

export interface ImportUtterancesInput {
  pipeline: string;
  target: LexTargetConfiguration;
  /** Prefix of what Ciclo keeps for the pipeline. */
  storeUri: string;
  /** CSV with the columns `utterance` and `intent`. */
  csvUri: string;
  /** Prefix of what is kept of the import. */
  outputUri: string;
}

export interface ImportUtterancesResult {
  addedUtterances: number;
  /** Rows without an intent: evidence for the next discovery, not for the fallback. */
  evidence: number;
  leftOut: number;
  archiveUri: string;
  diffUri: string;
  leftOutUri: string;
}

/** A CSV alone into the bot's DRAFT: archive, import, build. No version is made and no alias is touched. */
export async function importUtterances(input: ImportUtterancesInput): Promise<ImportUtterancesResult> {
  upsertSearchAttributes([
    { key: pipelineAttribute, value: input.pipeline },
    { key: stageAttribute, value: 'import' },
  ]);
  const bot = await lex.resolveBot({ target: input.target });
  const draft = await lex.readBotDraft({ bot, outputUri: input.outputUri });
  const written = await lex.writeCsvArchive({
    draft: draft.archive,
    csvUri: input.csvUri,
    localeId: bot.localeId,
    outputUri: input.outputUri,
  });
  if (written.addedUtterances > 0) {
    const runName = `ciclo ${input.pipeline} import ${workflowInfo().firstExecutionRunId}`;
    await buildDraft({
      bot,
      before: draft.archive,
      archive: written.archive,
      runName,
      storeUri: input.storeUri,
      outputUri: `${input.outputUri}imported/`,
      tell: (step) => setCurrentDetails(`${written.addedUtterances} utterances. ${step.en}`),
    });
  }
  setCurrentDetails(
    `Added ${written.addedUtterances} utterances; ${written.evidence.rows} rows have no intent.`,
  );
  return {
    addedUtterances: written.addedUtterances,
    evidence: written.evidence.rows,
    leftOut: written.leftOut.rows,
    archiveUri: written.archive.uri,
    diffUri: written.diff.uri,
    leftOutUri: written.leftOut.uri,
  };
}
