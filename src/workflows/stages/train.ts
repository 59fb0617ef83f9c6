import { workflowInfo } from '@temporalio/workflow';
import type { BuiltDataset } from '../../activities/dataset';
import type { BotReference } from '../../activities/targets/lex';
import type { Artifact } from '../../domain/artifact';
import { stageNotes } from '../../domain/cycle-sentences';
import { reuseExplanations } from '../../domain/stage-reuse';
import type { Cycle } from '../cycle';
import { buildDraft } from '../build-draft';
import { lex, quick } from '../stage-activities';
import type { Discovered } from './discover';
import { waitForWordOnEdits } from './draft-edits';

/** The version that was just trained. */
export interface Challenger {
  /** As the bot numbers it. */
  version: string;
  /** In the registry: the N of `models/vN/`. */
  modelVersion: number;
  /** `diff.json`: how the bot changed. */
  diff: Artifact;
}

/** Imports the bot with its new utterances into DRAFT, builds it and makes a version of it. */
export async function train(
  cycle: Cycle,
  { bot, draft }: Discovered,
  { dataset }: BuiltDataset,
): Promise<Challenger> {
  const { number, uri, configuration, progress } = cycle;
  return progress.stage('train', async () => {
    // The review may have taken weeks.
    const current = await lex.readBotDraft({ bot, outputUri: `${uri}train/` });
    await waitForWordOnEdits(cycle, bot, { before: draft.archive, now: current.archive });
    const archive = await lex.writeChallengerArchive({
      draft: current.archive,
      dataset,
      localeId: bot.localeId,
      outputUri: `${uri}train/`,
    });
    const runName = await builtDraft(cycle, bot, {
      before: current.archive,
      archive: archive.archive,
      builtBy: archive.addedUtterances === 0 ? draft.builtBy : null,
    });
    progress.note('train', stageNotes.makingVersion);
    const { version } = await lex.createBotVersion({ bot, description: runName });
    const { modelVersion } = await quick.registerChallenger({
      pipeline: configuration.name,
      storeUri: configuration.store.uri,
      cycle: number,
      bot,
      championVersion: bot.liveVersion,
      challengerVersion: version,
      archive: archive.archive,
      dataset,
    });
    return {
      value: { version, modelVersion, diff: archive.diff },
      counts: { addedUtterances: archive.addedUtterances, newIntents: archive.newIntents },
      note: stageNotes.versionMade(version, modelVersion),
      inputs: { draft: current.archive, dataset },
      outputs: { archive: archive.archive, diff: archive.diff },
    };
  });
}

/** Brings the archive into DRAFT, unless an earlier run has built just that; returns the run that did. */
async function builtDraft(
  { number, uri, configuration, options, progress }: Cycle,
  bot: BotReference,
  { before, archive, builtBy }: { before: Artifact; archive: Artifact; builtBy: string | null },
): Promise<string> {
  if (builtBy !== null && !options.noCache) {
    progress.cameBy('train', {
      fromCycle: null,
      explanation: reuseExplanations.draftAsBuilt(builtBy),
    });
    return builtBy;
  }
  const runName = `ciclo ${configuration.name} cycle ${number} ${workflowInfo().firstExecutionRunId}`;
  await buildDraft({
    bot,
    before,
    archive,
    runName,
    storeUri: configuration.store.uri,
    outputUri: `${uri}train/imported/`,
    tell: (step) => progress.note('train', step),
  });
  return runName;
}
