import type { Artifact } from '../domain/artifact';
import { reviewPage } from '../domain/console-address';
import { cycleKey, type CycleResult, type StageName } from '../domain/cycle';
import type { Evaluation } from '../domain/evaluation';
import type { GateDecision } from '../domain/gate';
import type { Language, Sentence } from '../domain/language';
import {
  renderNotification,
  type ApprovalsState,
  type EndedWatch,
  type NotificationInput,
} from '../domain/report';
import type { WatchStatus } from '../domain/watch';
import { readArtifactJson } from './artifacts';
import type { ActivityDependencies } from './dependencies';
import { publishOnce } from './publish-once';

/** What people are told. */
export type NotifyInput = {
  pipeline: string;
  cycle: number | null;
  language: Language;
  topicArn: string;
  /** Where the notification is noted, so that a repeated attempt does not send it again. */
  cycleUri: string;
} & (
  | {
      kind: 'waiting-for-review';
      open: number;
      interactions: number;
      deadline: string;
      reminder: number;
      /** Absent in cycles begun before there were several. */
      approvals?: ApprovalsState;
    }
  | {
      kind: 'cycle-finished';
      result: CycleResult;
      /** What the gate looked at, where the cycle came so far. */
      comparison: { evaluation: Artifact; decision: Artifact } | null;
      /** New interactions of a cycle that was skipped, where there were any logs. */
      interactions: { found: number; needed: number } | null;
    }
  | { kind: 'failed'; stage: StageName; message: string }
  | { kind: 'draft-edited'; summary: Sentence; diffUri: string }
  | ({
      fromVersion: string;
      toVersion: string;
      /** Tells apart two rollbacks between the same versions. */
      occasion: string;
    } & (
      | { kind: 'rolled-back'; author: string; reason: string | null }
      | { kind: 'rolled-back-by-watch'; watch: WatchStatus }
    ))
  | { kind: 'watch-ended'; watch: EndedWatch }
);

export type NotifyActivities = ReturnType<typeof createNotifyActivities>;

export function createNotifyActivities({
  store,
  sns,
  consoleUrl,
}: Pick<ActivityDependencies, 'store' | 'sns' | 'consoleUrl'>) {
  return {
    /** Publishes one message to the pipeline's SNS topic; see `publishOnce` for what happens when it is tried again. */
    async notify(input: NotifyInput): Promise<void> {
      const noteUri = `${input.cycleUri}notify/${noteName(input)}.json`;
      const { subject, message } = renderNotification(await contentOf(input), input.language);
      const { pipeline, cycle, topicArn } = input;
      const occasion = cycle === null ? 'by-hand' : cycleKey(cycle);
      const id = `${pipeline}/${occasion}/${noteName(input)}`;
      await publishOnce({ store, sns }, { topicArn, id, group: pipeline, subject, message, noteUri });
    },
  };

  async function contentOf(input: NotifyInput): Promise<NotificationInput> {
    const { pipeline, cycle } = input;
    switch (input.kind) {
      case 'waiting-for-review': {
        const { kind, open, interactions, deadline, reminder, approvals } = input;
        const link = consoleUrl && cycle !== null ? `${consoleUrl}/${reviewPage(pipeline, cycle)}` : null;
        return { kind, pipeline, cycle, link, open, interactions, deadline, reminder, approvals };
      }
      case 'draft-edited':
        return {
          kind: input.kind,
          pipeline,
          cycle,
          link: null,
          summary: input.summary[input.language],
          diffUri: input.diffUri,
        };
      case 'failed':
        return { kind: 'failed', pipeline, cycle, link: null, stage: input.stage, message: input.message };
      case 'rolled-back': {
        const { kind, fromVersion, toVersion, author, reason } = input;
        return { kind, pipeline, cycle, link: null, fromVersion, toVersion, author, reason };
      }
      case 'rolled-back-by-watch': {
        const { kind, fromVersion, toVersion, watch } = input;
        return { kind, pipeline, cycle, link: null, fromVersion, toVersion, watch };
      }
      case 'watch-ended':
        return { kind: input.kind, pipeline, cycle, link: null, watch: input.watch };
      case 'cycle-finished': {
        const { outcome, reportUri } = input.result;
        const about = { pipeline, cycle, link: reportUri };
        switch (outcome) {
          case 'skipped':
            return { ...about, kind: outcome, interactions: input.interactions };
          case 'nothing-to-learn':
          case 'abandoned':
            return { ...about, kind: outcome };
          case 'promoted':
          case 'kept':
          case 'not-enough-evidence': {
            if (!input.comparison) throw new Error(`A cycle that ended as ${outcome} has a comparison.`);
            return {
              ...about,
              kind: outcome,
              evaluation: await readArtifactJson<Evaluation>(store, input.comparison.evaluation),
              decision: await readArtifactJson<GateDecision>(store, input.comparison.decision),
            };
          }
        }
      }
    }
  }
}

/** One name for each message that a cycle can send. */
function noteName(input: NotifyInput): string {
  switch (input.kind) {
    case 'waiting-for-review':
      return `waiting-${input.reminder}`;
    case 'rolled-back':
    case 'rolled-back-by-watch':
      return `rolled-back-${input.fromVersion}-to-${input.toVersion}-${input.occasion}`;
    case 'watch-ended':
      return `watch-ended-v${input.watch.modelVersion}`;
    case 'cycle-finished':
    case 'draft-edited':
    case 'failed':
      return input.kind;
  }
}
