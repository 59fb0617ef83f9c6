import type { Artifact } from '../domain/artifact';
import type { CycleStatus, StageName, Trigger } from '../domain/cycle';
import type { Discovery } from '../domain/discovery';
import type { PipelineConfiguration } from '../domain/pipeline';
import { foldReview } from '../domain/review';
import { membersByProposal, reviewProposals } from '../domain/category-map';
import type { StageManifest } from '../domain/stage-manifest';
import type { StageReuse, StageWork } from '../domain/stage-reuse';
import type { Utterance } from '../domain/utterance';
import { keepCycleStatus } from '../platform/registry/cycle-status';
import { claimCycle, cycleUri } from '../platform/registry/cycles';
import { ModelRegistry } from '../platform/registry/model-registry';
import {
  readPipelineState,
  updatePipelineState,
  type PipelineState,
} from '../platform/registry/pipeline-state';
import { StageResults } from '../platform/registry/stage-results';
import { toJsonLines } from '../platform/storage/json-lines';
import { putJson, readArtifactJson, readArtifactLines } from './artifacts';
import { readDecisions } from './decisions';
import type { ActivityDependencies } from './dependencies';
import { readLogObjects, type LogObject } from './ingest';

/** What a cycle starts from. */
export interface OpenedCycle {
  number: number;
  /** Prefix of its artifacts, ending in a slash. */
  uri: string;
  /** The pipeline file as it is now; the whole cycle keeps to it. */
  configuration: PipelineConfiguration;
  /** A model whose promotion was broken off before its end; null as a rule. */
  brokenOffPromotion: number | null;
  state: Pick<PipelineState, 'ledgerUri' | 'categoryMapUri' | 'carriedOverUri' | 'goldenSetUri'> &
    // Cycles that were opened before it was noted know nothing of it.
    Partial<Pick<PipelineState, 'discoveryUri'>>;
}

/** What a completed cycle leaves for the next one to start from. */
export interface CompletedCycle {
  objects: Artifact;
  utterances: Artifact;
  discovery: Artifact;
  /** Null where the review left none. */
  decisions: Artifact | null;
  categoryMapUri: string | null;
  goldenSetUri: string | null;
}

/** What a stage works on, for looking up and keeping its result. */
export interface ReusableWork {
  inputs: StageManifest['inputs'];
  parameters: StageManifest['parameters'];
  /** False for what people decided, which holds whatever code runs. */
  dependsOnCode: boolean;
}

export type CycleActivities = ReturnType<typeof createCycleActivities>;

export function createCycleActivities({
  store,
  loadPipeline,
  codeVersion,
}: Pick<ActivityDependencies, 'store' | 'loadPipeline' | 'codeVersion'>) {
  return {
    /** Reads the pipeline file, gives the cycle its number and looks up what the last completed cycle left. */
    async openCycle(input: { pipeline: string; trigger: Trigger; runId: string }): Promise<OpenedCycle> {
      const configuration = await loadPipeline(input.pipeline);
      const storeUri = configuration.store.uri;
      const { cycle } = await claimCycle(store, storeUri, input.runId, input.trigger);
      const { state } = await readPipelineState(store, storeUri);
      const { ledgerUri, categoryMapUri, carriedOverUri, discoveryUri, goldenSetUri } = state;
      return {
        number: cycle,
        uri: cycleUri(storeUri, cycle),
        configuration,
        brokenOffPromotion: await approvedModel(storeUri),
        state: { ledgerUri, categoryMapUri, carriedOverUri, discoveryUri, goldenSetUri },
      };
    },

    /** Looks for the result of the same work in earlier cycles. */
    async findStageResult(input: {
      storeUri: string;
      stage: StageName;
      work: ReusableWork;
    }): Promise<StageReuse & { value: unknown }> {
      return new StageResults(store, input.storeUri).find(input.stage, withCode(input.work));
    },

    /** Leaves a stage's manifest beside what the stage made, and keeps a new result for later cycles. */
    async recordStage(input: {
      storeUri: string;
      cycle: number;
      cycleUri: string;
      manifest: Omit<StageManifest, 'codeVersion'>;
      /** Null where there is nothing that could be used again. */
      result: { work: ReusableWork; value: unknown } | null;
    }): Promise<void> {
      const { cycle, cycleUri, result } = input;
      const manifest: StageManifest = { ...input.manifest, codeVersion };
      const { stage, outputs } = manifest;
      await putJson(store, `${cycleUri}${stage}/manifest.json`, manifest);
      if (result === null) return;
      const work = withCode(result.work);
      await new StageResults(store, input.storeUri).keep(stage, {
        cycle,
        work,
        outputs,
        value: result.value,
      });
    },

    /** Keeps how the cycle ended, stage by stage. Safe to repeat. */
    async keepStatus(input: { cycleUri: string; status: CycleStatus }): Promise<void> {
      await keepCycleStatus(store, input.cycleUri, input.status);
    },

    /**
     * Notes what the next cycle starts from: the log objects that have been read, the category map, the golden set,
     * the discovery, and the utterances that nobody has decided about yet. Safe to repeat.
     */
    async completeCycle(
      input: CompletedCycle & {
        storeUri: string;
        cycleUri: string;
        cycle: number;
        ledgerUri: string | null;
      },
    ): Promise<void> {
      const read: LogObject[] = [];
      if (input.ledgerUri !== null) {
        for await (const object of readLogObjects(store, input.ledgerUri)) read.push(object);
      }
      for await (const object of readLogObjects(store, input.objects.uri)) read.push(object);
      const ledgerUri = `${input.cycleUri}complete/ledger.jsonl`;
      await store.write(ledgerUri, toJsonLines(read));
      const carriedOverUri = `${input.cycleUri}complete/carried-over.jsonl`;
      await store.write(carriedOverUri, toJsonLines(await undecided(input)));
      await updatePipelineState(store, input.storeUri, (state) => ({
        ...state,
        lastCompletedCycle: input.cycle,
        ledgerUri,
        carriedOverUri,
        discoveryUri: input.discovery.uri,
        categoryMapUri: input.categoryMapUri,
        goldenSetUri: input.goldenSetUri,
        draft: state.draft && { ...state.draft, judged: true },
      }));
    },
  };

  /** Approved is what a promotion makes a model on its way to live; it ends as live, or as a candidate again. */
  async function approvedModel(storeUri: string): Promise<number | null> {
    const models = await new ModelRegistry(store, storeUri).list();
    return models.findLast(({ state }) => state === 'approved')?.model.version ?? null;
  }

  function withCode({ dependsOnCode, ...work }: ReusableWork): StageWork {
    return { ...work, codeVersion: dependsOnCode ? codeVersion : null };
  }

  /** Missed and uncertain utterances that the review neither gave to an intent nor rejected. */
  async function undecided(input: {
    utterances: Artifact;
    discovery: Artifact;
    decisions: Artifact | null;
  }): Promise<Utterance[]> {
    const discovery = await readArtifactJson<Discovery>(store, input.discovery);
    const { proposals } = foldReview(
      reviewProposals(discovery),
      await readDecisions(store, input.decisions),
      membersByProposal(discovery),
    );
    const decided = new Set(
      proposals
        .filter((one) => one.status === 'rejected' || one.category !== null)
        .flatMap((one) => one.memberIds ?? []),
    );
    const utterances = await readArtifactLines<Utterance>(store, input.utterances);
    return utterances.filter((utterance) => utterance.outcome !== 'understood' && !decided.has(utterance.id));
  }
}
