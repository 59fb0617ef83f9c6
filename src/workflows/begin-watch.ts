import { CancellationScope, ParentClosePolicy, log, startChild } from '@temporalio/workflow';
import type { PromotionPlan } from '../activities/registry';
import type { BotReference } from '../activities/targets/lex';
import { watchWorkflowId } from '../domain/watch';
import { rootMessage } from './ending';
import { watchPromotion } from './watch-promotion';
import { supersedeWatch } from './watch-signals';

/**
 * Ends the watch over the model that was live before and starts one over the new model, which outlives the promotion
 * and its cycle. What is live already is not taken back because a watch could not be started.
 */
export async function beginWatch(
  plan: PromotionPlan,
  about: {
    pipeline: string;
    modelVersion: number;
    bot: BotReference;
    previousVersion: string;
    /** ISO 8601, UTC: before the alias was switched. */
    switchedAt: string;
  },
): Promise<void> {
  const { watch, liveModelVersion } = plan;
  // Promotions that were planned before there was a watch go on without.
  if (!watch) return;
  try {
    await CancellationScope.nonCancellable(async () => {
      if (liveModelVersion !== null) {
        const note = `Model v${about.modelVersion} went live.`;
        await supersedeWatch(about.pipeline, liveModelVersion, note);
      }
      if (watch.hours === 0) return;
      await startChild(watchPromotion, {
        workflowId: watchWorkflowId(about.pipeline, about.modelVersion),
        parentClosePolicy: ParentClosePolicy.ABANDON,
        staticSummary: `Watch over bot version ${plan.botVersion} of ${about.pipeline}, for ${watch.hours} h`,
        args: [
          {
            ...about,
            previousModelVersion: liveModelVersion,
            botVersion: plan.botVersion,
            liveAt: new Date().toISOString(),
            watch,
            storeUri: plan.storeUri,
            cycle: plan.cycle,
            cycleUri: plan.cycleUri,
            language: plan.language,
            topicArn: plan.topicArn,
          },
        ],
      });
    });
  } catch (error) {
    log.error('The watch over the switched alias could not be started.', { error: rootMessage(error) });
  }
}
