import { workflowInfo } from '@temporalio/workflow';
import type { BuiltDataset } from '../../activities/dataset';
import type { BotReference } from '../../activities/targets/lex';
import type { Artifact } from '../../domain/artifact';
import type { Cycle } from '../cycle';
import { lex, quick } from '../stage-activities';

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
  { number, uri, configuration, progress }: Cycle,
  bot: BotReference,
  { dataset }: BuiltDataset,
): Promise<Challenger> {
  return progress.stage('train', async () => {
    const runName = `ciclo ${configuration.name} cycle ${number} ${workflowInfo().firstExecutionRunId}`;
    // The review may have taken weeks: what was edited in the console meanwhile is kept.
    const current = await lex.readBotDraft({ bot, outputUri: `${uri}train/` });
    const archive = await lex.writeChallengerArchive({
      draft: current.archive,
      dataset,
      localeId: bot.localeId,
      outputUri: `${uri}train/`,
    });
    progress.note('train', 'Importing the archive into DRAFT.');
    await lex.importBotArchive({ bot, archive: archive.archive, runName });
    progress.note('train', 'Building the locale.');
    await lex.buildBotLocale({ bot, runName });
    progress.note('train', 'Making a version.');
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
      note: `Bot version ${version} is model v${modelVersion}.`,
      inputs: { draft: current.archive, dataset },
      outputs: { archive: archive.archive, diff: archive.diff },
    };
  });
}
