import type { EmbedderChoice, NamingSettings } from './embedding';
import type { Granularity } from './job';

/** A pipeline file, parsed: one bot and how it is kept alive. Defaults are filled in; see docs/pipeline-reference.md. */
export interface PipelineConfiguration {
  /** Lower-case letters, digits and dashes; part of workflow ids and object keys. */
  name: string;
  description: string;
  /** Language of notifications and the report's first view. */
  language: 'es' | 'en';
  target: LexTargetConfiguration;
  /** Where new logs arrive; every object below the prefix is read once. */
  logs: { uri: string };
  /** Prefix of everything that Ciclo keeps for this pipeline. */
  store: { uri: string };
  schedule: ScheduleConfiguration;
  ingest: {
    /** Fewer new interactions than this end the cycle as "skipped"; they count again in the next one. */
    minimumNewInteractions: number;
  };
  prepare: { engine: EngineName; lowConfidence: number };
  discover: {
    engine: EngineName;
    embedder: EmbedderChoice;
    /** Absent: names are ours alone. */
    naming?: NamingSettings;
    minimumSize: number;
    /** Absent: automatic. */
    granularity?: Granularity;
    seed: number;
  };
  review: ReviewConfiguration;
  dataset: {
    /** `s3://…` of a CSV `text,intent`: the frozen utterances that versions are compared on. */
    goldenSetUri: string;
    /** Share 0–1 of each intent's groups that is kept for validation. */
    validationShare: number;
    /** Share 0–1 of each new intent's groups that joins the golden set. */
    goldenShare: number;
    seed: number;
  };
  evaluate: {
    /** Conversations at once with the evaluation aliases. */
    concurrency: number;
    resamples: number;
    seed: number;
  };
  gate: GateConfiguration;
  promote: {
    /** Utterances asked of the live alias after the switch. */
    smokeTestUtterances: number;
  };
  watch: WatchConfiguration;
  notify: { topicArn: string };
  engines: {
    batch: { jobQueue: string; jobDefinition: string } | null;
  };
}

export type EngineName = 'worker' | 'batch';

export interface LexTargetConfiguration {
  kind: 'lex';
  /** The bot's 10-character id or its name. */
  bot: string;
  /** The live alias's 10-character id or its name. */
  alias: string;
  localeId: string;
  /** What happens to changes that were made in DRAFT since Ciclo's last import. */
  consoleEdits: 'refuse' | 'keep';
}

export interface ScheduleConfiguration {
  everyDays: number;
  /** `HH:MM` in `timeZone`. */
  at: string;
  /** IANA name. */
  timeZone: string;
  /** How long after its time a missed cycle may still start. */
  catchupWindowHours: number;
  pauseOnFailure: boolean;
}

export interface ReviewConfiguration {
  remindEveryHours: number;
  deadlineHours: number;
  onDeadline: 'proceed-without-new-categories' | 'abandon';
  /** How many different people have to approve; 1 where not given, as in cycles of before. */
  approvals?: number;
  /** Who may decide; anyone where empty or not given. */
  reviewers?: string[];
  /** Who may approve; anyone where empty or not given. */
  approvers?: string[];
}

/** How long the live alias is watched after a switch, and what takes it back. */
export interface WatchConfiguration {
  /** 0: it is not watched. */
  hours: number;
  everyMinutes: number;
  /** How far back the champion's own traffic is looked at. */
  baselineDays: number;
  /** Chance 0–1 of a rollback over the whole window although nothing is worse. */
  significance: number;
  /** Largest tolerated growth of the share (0–1) of requests that end in the fallback intent. */
  missedTolerance: number;
  /** Largest tolerated growth of the share (0–1) of requests that fail. */
  errorTolerance: number;
  /** With fewer than this, before or after, nothing is concluded. */
  minimumRequests: number;
}

/** `significant`: the six rules of docs/evaluation.md. `accuracy-above`: the new accuracy is above the old. */
export type GateConfiguration =
  | { policy: 'accuracy-above' }
  | {
      policy: 'significant';
      /** Points of macro F1 (0–1) that may be lost where coverage grows significantly. */
      macroF1Tolerance: number;
      /** Largest loss of accuracy (0–1) tolerated on the existing intents taken together; 0.03 where not given. */
      existingIntentsTolerance?: number;
      /** Largest loss of F1 (0–1) tolerated for a protected intent. */
      protectedIntentTolerance: number;
      protectedIntents: string[] | 'all-existing';
      outOfScopeTolerance: number;
      /** Largest growth of one cell of the confusion matrix: the greater of the two. */
      confusionCellGrowth: { count: number; share: number };
      /** Largest ratio of the new p95 latency to the old one. */
      latencyRatio: number;
      /** Largest growth of the expected calibration error (0–1). */
      calibrationTolerance: number;
    };
