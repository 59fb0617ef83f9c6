import {
  setCurrentDetails,
  upsertSearchAttributes,
  CancellationScope,
  isCancellation,
} from '@temporalio/workflow';
import {
  pendingStages,
  type CycleResult,
  type CycleStatus,
  type StageName,
  type Trigger,
} from '../domain/cycle';
import { stageNotes } from '../domain/cycle-sentences';
import { asSentence, type Sentence } from '../domain/language';
import type { StageManifest } from '../domain/stage-manifest';
import type { ReusableWork } from '../activities/cycle';
import type { StageReuse } from '../domain/stage-reuse';
import { describeCycle } from '../domain/cycle-details';
import {
  cycleAttribute,
  pipelineAttribute,
  stageAttribute,
  verdictAttribute,
  waitingAttribute,
} from './search-attributes';

/** What a stage reports when it is done: its value, and what people are shown of it. */
export interface StageReport<T> {
  value: T;
  counts?: Record<string, number>;
  note?: Sentence | null;
  /** For the stage's manifest: what it worked on, how, and what it made. */
  inputs?: StageManifest['inputs'];
  parameters?: StageManifest['parameters'];
  outputs?: StageManifest['outputs'];
}

/** A result that a later cycle can use again. */
interface KeptResult {
  work: ReusableWork;
  value: unknown;
}

/** Keeps a stage's manifest; the code's version is added there. */
type RecordStage = (
  manifest: Omit<StageManifest, 'codeVersion'>,
  result: KeptResult | null,
) => Promise<unknown>;

/** Follows a cycle through its stages, for the status query, the details in the Temporal UI and search. */
export class CycleProgress {
  readonly status: CycleStatus;
  private record: RecordStage | null = null;
  private consoleUrl: string | undefined;
  private readonly results = new Map<StageName, KeptResult>();

  constructor(pipeline: string, trigger: Trigger) {
    this.status = {
      pipeline,
      cycle: null,
      trigger,
      stages: pendingStages(),
      waitingForReview: null,
      waitingForDraftEdits: null,
      result: null,
    };
    upsertSearchAttributes([
      { key: pipelineAttribute, value: pipeline },
      { key: waitingAttribute, value: false },
    ]);
  }

  /** From now on the cycle has a number, and its stages leave manifests. */
  numbered(cycle: number, record: RecordStage): void {
    this.status.cycle = cycle;
    this.record = record;
    upsertSearchAttributes([{ key: cycleAttribute, value: cycle }]);
    this.show();
  }

  /** Runs one stage; what it throws marks the stage as failed and goes on to the caller. */
  async stage<T>(name: StageName, run: () => Promise<StageReport<T>>): Promise<T> {
    const stage = this.find(name);
    stage.state = 'running';
    stage.startedAt = new Date().toISOString();
    upsertSearchAttributes([{ key: stageAttribute, value: name }]);
    this.show();
    try {
      const { value, counts = {}, note, inputs = {}, parameters = {}, outputs = {} } = await run();
      stage.counts = counts;
      if (note) stage.note = asSentence(note);
      const finishedAt = new Date().toISOString();
      const manifest = {
        schemaVersion: 1 as const,
        stage: name,
        startedAt: stage.startedAt,
        finishedAt,
        durationMs: Date.parse(finishedAt) - Date.parse(stage.startedAt),
        counts,
        inputs,
        parameters,
        outputs,
        reuse: stage.reuse,
      };
      await this.record?.(manifest, this.results.get(name) ?? null);
      stage.state = 'done';
      return value;
    } catch (error) {
      stage.state = 'failed';
      if (isCancellation(error)) stage.note = stageNotes.cancelled;
      throw error;
    } finally {
      stage.finishedAt = new Date().toISOString();
      if (!CancellationScope.current().consideredCancelled) this.show();
    }
  }

  /** What the running stage is doing just now. */
  note(name: StageName, note: Sentence): void {
    this.find(name).note = note;
    this.show();
  }

  /** Why a stage failed. */
  failedBecause(name: StageName, message: string): void {
    this.find(name).failure = message;
    this.show();
  }

  /** How a stage comes by its result. */
  cameBy(name: StageName, reuse: StageReuse): void {
    this.find(name).reuse = { ...reuse, explanation: asSentence(reuse.explanation) };
    this.show();
  }

  /** What the running stage found out is kept for later cycles, with its manifest. */
  keep(name: StageName, result: KeptResult): void {
    this.results.set(name, result);
  }

  /** The cycle waits to be told whether changes in DRAFT are to be kept, or no longer does (null). */
  waitForDraftEdits(message: Sentence | null): void {
    this.status.waitingForDraftEdits = message;
    this.show();
  }

  /** A review waits for a person (its workflow id), perhaps in a console, or no longer does (null). */
  waitFor(review: string | null, consoleUrl?: string): void {
    this.consoleUrl = consoleUrl;
    this.status.waitingForReview = review;
    upsertSearchAttributes([{ key: waitingAttribute, value: review !== null }]);
    this.show();
  }

  /** The cycle has its result; stages that were not needed are marked so. */
  finish(result: CycleResult): CycleResult {
    for (const stage of this.status.stages) if (stage.state === 'pending') stage.state = 'skipped';
    this.status.result = { ...result, reason: asSentence(result.reason) };
    upsertSearchAttributes([
      { key: verdictAttribute, value: result.outcome },
      { key: waitingAttribute, value: false },
    ]);
    this.show();
    return this.status.result;
  }

  private find(name: StageName) {
    const stage = this.status.stages.find((one) => one.name === name);
    if (!stage) throw new Error(`No stage ${name}.`);
    return stage;
  }

  private show(): void {
    setCurrentDetails(describeCycle(this.status, this.consoleUrl));
  }
}
