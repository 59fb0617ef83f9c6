import { ParentClosePolicy, executeChild } from '@temporalio/workflow';
import type { Artifact } from '../../domain/artifact';
import { reviewWorkflowId } from '../../domain/cycle';
import { stageNotes } from '../../domain/cycle-sentences';
import { joinSentences } from '../../domain/language';
import { rolesOf } from '../../domain/review';
import type { StageManifest } from '../../domain/stage-manifest';
import type { Cycle } from '../cycle';
import { review, type ReviewResult } from '../review';
import { reuseOr } from '../reuse';
import { quick } from '../stage-activities';
import type { Discovered } from './discover';

/** A result of another form is not taken over from an earlier cycle. */
const resultVersion = 2;

/** Waits until a person has decided about the proposals; a child workflow, so that it has a history of its own. */
export async function waitForReview(
  cycle: Cycle,
  { known, discovery }: Discovered,
  utterances: Artifact,
): Promise<ReviewResult> {
  const { number, uri, configuration, progress } = cycle;
  return progress.stage('review', async () => {
    const goldenSetUri = cycle.state.goldenSetUri ?? configuration.dataset.goldenSetUri;
    const opened = await quick.openReview({ discovery, known, goldenSetUri });
    if (opened.proposals.length === 0) {
      return {
        value: { outcome: 'finished' as const, decisions: null, approvals: [] },
        note: stageNotes.nothingToDecide,
      };
    }
    const inputs = { discovery, utterances };
    // Decisions count only under the rules that they were approved by.
    const parameters = { resultVersion, ...rolesOf(configuration.review) };
    const work = { inputs, parameters, dependsOnCode: false };
    const askPeople = async () => {
      const workflowId = reviewWorkflowId(configuration.name, number);
      progress.waitFor(workflowId, opened.consoleUrl);
      const answer = await executeChild(review, {
        workflowId,
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        staticSummary: `Review of ${opened.proposals.length} proposals for ${configuration.name}, cycle ${number}`,
        args: [
          {
            pipeline: configuration.name,
            cycle: number,
            language: configuration.language,
            topicArn: configuration.notify.topicArn,
            cycleUri: uri,
            proposals: opened.proposals,
            existingIntents: opened.existingIntents,
            ...(opened.consoleUrl !== undefined && { consoleUrl: opened.consoleUrl }),
            discovery,
            utterances,
            configuration: configuration.review,
          },
        ],
      });
      progress.waitFor(null);
      return answer;
    };
    const result = await reuseOr(cycle, 'review', work, askPeople, (answer) => answer.outcome === 'finished');
    const notes = [
      ...(result.outcome === 'finished' ? [] : [stageNotes.deadlinePassed]),
      ...(opened.leftOut === 0 ? [] : [stageNotes.proposalsLeftForLater(opened.leftOut)]),
    ];
    const outputs: StageManifest['outputs'] =
      result.decisions === null ? {} : { decisions: result.decisions };
    return {
      value: result,
      counts: { proposals: opened.proposals.length, decisions: result.decisions?.rows ?? 0 },
      inputs,
      outputs,
      note: joinSentences(notes),
    };
  });
}
