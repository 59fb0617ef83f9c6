import { ParentClosePolicy, executeChild } from '@temporalio/workflow';
import type { BotReference } from '../../activities/targets/lex';
import { promoteWorkflowId } from '../../domain/cycle';
import { stageNotes } from '../../domain/cycle-sentences';
import type { Cycle } from '../cycle';
import { promote } from '../promote';
import type { Challenger } from './train';

/** Puts the challenger live; a child workflow, which a person can also start by hand. */
export async function goLive(
  { configuration, progress }: Cycle,
  bot: BotReference,
  challenger: Challenger,
): Promise<void> {
  return progress.stage('promote', async () => {
    await executeChild(promote, {
      workflowId: promoteWorkflowId(configuration.name, challenger.modelVersion),
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      staticSummary: `Bot version ${challenger.version} goes live for ${configuration.name}`,
      args: [{ pipeline: configuration.name, modelVersion: challenger.modelVersion }],
    });
    return {
      value: undefined,
      note: stageNotes.aliasSwitched(bot.aliasName, bot.liveVersion, challenger.version),
    };
  });
}
