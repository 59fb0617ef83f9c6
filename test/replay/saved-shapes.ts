import { setTimeout as sleep } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { CycleOptions } from '../../src/domain/cycle';
import { reviewWorkflowId } from '../../src/domain/cycle';
import { OutsideWorkFailedError } from '../../src/domain/errors';
import type { importUtterances } from '../../src/workflows/import-utterances';
import { cycleStatusQuery, keepConsoleEditsSignal, type retrain } from '../../src/workflows/retrain';
import { decideSignal, decideUpdate, finishUpdate } from '../../src/workflows/review';
import type { rollback } from '../../src/workflows/rollback';
import type { scheduledCycle } from '../../src/workflows/scheduled-cycle';
import { withWorker } from '../support/workflow-worker';
import { artifact, configuration, mockActivities, nothingToTrain } from '../workflows/mock-activities';

type Overrides = Parameters<typeof mockActivities>[0];

/** Keeps the history of a workflow under a name. */
export type Save = (name: string, workflowId: string) => Promise<void>;

interface CycleShape {
  overrides?: Overrides;
  options?: CycleOptions;
  /** What people do while it runs; by default they accept everything. */
  people?: (cycle: RunningCycle) => Promise<void>;
  /** Histories besides the cycle's own, by the name to keep them under. */
  also?: Record<string, (pipeline: string) => string>;
}

interface RunningCycle {
  environment: TestWorkflowEnvironment;
  pipeline: string;
  save: Save;
}

const nobody = () => Promise.resolve();

/** Every way that a cycle can go. */
const cycles: Record<string, CycleShape> = {
  promoted: {
    also: { promote: (pipeline) => `promote/${pipeline}/v2`, 'review-finished': reviewOf },
  },
  kept: { overrides: verdict('keep') },
  'not-enough-evidence': { overrides: verdict('not-enough-evidence') },
  skipped: {
    overrides: {
      listNewLogs: () => Promise.resolve({ objects: artifact('objects', 0), newBytes: 0, readBefore: 1 }),
    },
    people: nobody,
  },
  'nothing-to-learn': { overrides: { buildDataset: () => Promise.resolve(nothingToTrain) } },
  'nothing-proposed': {
    overrides: {
      openReview: () => Promise.resolve({ proposals: [], existingIntents: ['Saludar'], leftOut: 0 }),
    },
    people: nobody,
  },
  reused: {
    overrides: {
      findStageResult: ({ stage }: { stage: string }) =>
        Promise.resolve({
          fromCycle: stage === 'review' ? 4 : null,
          explanation: { en: 'As the test says.', es: 'Como dice la prueba.' },
          value: { outcome: 'finished', decisions: artifact('decisions-1'), approvals: [] },
        }),
    },
    people: nobody,
  },
  'no-cache': { options: { noCache: true } },
  'after-broken-off-import': {
    overrides: {
      buildDataset: () => Promise.resolve(nothingToTrain),
      writeChallengerArchive: () =>
        Promise.resolve({
          archive: artifact('archive'),
          diff: artifact('diff'),
          addedUtterances: 0,
          newIntents: 0,
        }),
      compareDraft: () =>
        Promise.resolve({ edits: null, untried: { runName: 'ciclo cycle 6', settled: true } }),
    },
  },
  'after-broken-off-promotion': {
    overrides: { openCycle: opened({ brokenOffPromotion: 2 }) },
    people: async (cycle) => {
      await waitForReview(cycle);
      // The promotion at the cycle's end runs under the same id.
      await cycle.save('withdraw-promotion', `promote/${cycle.pipeline}/v2`);
      await acceptAll(cycle);
    },
  },
  'draft-edited-meanwhile': {
    overrides: {
      compareDraft: ({ since }: { since: unknown }) =>
        Promise.resolve({
          edits:
            since === null
              ? null
              : {
                  summary: { en: 'PedirCafe +1 phrase', es: 'PedirCafe +1 frase' },
                  diff: artifact('edits'),
                },
          untried: null,
        }),
    },
    people: async (cycle) => {
      await acceptAll(cycle);
      const handle = cycle.environment.client.workflow.getHandle<typeof retrain>(`retrain/${cycle.pipeline}`);
      while ((await handle.query(cycleStatusQuery)).waitingForDraftEdits === null) await sleep(50);
      await handle.signal(keepConsoleEditsSignal);
    },
  },
  abandoned: {
    overrides: { openCycle: opened({}, { deadlineHours: 0.0005, onDeadline: 'abandon' }) },
    people: nobody,
    also: { 'review-abandoned': reviewOf },
  },
  'two-approvals': {
    overrides: { openCycle: opened({}, { approvals: 2 }) },
    people: async (cycle) => {
      const review = await waitForReview(cycle);
      const { decisions } = await review.executeUpdate(decideUpdate, {
        args: [{ action: 'accept-all', author: 'ana' }],
      });
      for (const author of ['ana', 'luis'])
        await review.executeUpdate(finishUpdate, { args: [{ author, decisions }] });
    },
    also: { 'review-two-approvals': reviewOf },
  },
  'decided-by-signal': {
    people: async (cycle) => {
      const review = await waitForReview(cycle);
      await review.signal(decideSignal, { action: 'accept', proposal: 'nothing', author: 'ana' });
      await review.signal(decideSignal, { action: 'accept', proposal: 'p-1', author: 'ana' });
      await review.executeUpdate(finishUpdate, { args: [{ author: 'ana' }] });
    },
    also: { 'review-by-signal': reviewOf },
  },
  'promotion-undone': {
    overrides: {
      smokeTest: () => Promise.reject(new OutsideWorkFailedError('The smoke test fails on purpose.')),
    },
    also: { 'promote-undone': (pipeline) => `promote/${pipeline}/v2` },
  },
};

/** Runs every shape of a cycle and keeps the histories. */
export async function saveCycles(environment: TestWorkflowEnvironment, save: Save): Promise<void> {
  for (const [shape, { overrides, options, people = acceptAll, also = {} }] of Object.entries(cycles)) {
    const mocks = mockActivities(overrides);
    await withWorker(environment, mocks.activities, async (taskQueue) => {
      const handle = await environment.client.workflow.start<typeof retrain>('retrain', {
        workflowId: `retrain/${shape}`,
        taskQueue,
        args: [{ pipeline: shape, trigger: 'manual', ...(options && { options }) }],
      });
      await people({ environment, pipeline: shape, save });
      await handle.result().catch((error: unknown) => {
        if (shape !== 'promotion-undone') throw error;
      });
      await save(`retrain-${shape}`, handle.workflowId);
      for (const [name, idOf] of Object.entries(also)) await save(name, idOf(shape));
    });
  }
}

/** What is not part of a cycle. */
export async function saveOthers(
  { client, ...environment }: TestWorkflowEnvironment,
  save: Save,
): Promise<void> {
  const mocks = mockActivities({
    listNewLogs: () => Promise.resolve({ objects: artifact('objects', 0), newBytes: 0, readBefore: 1 }),
  });
  await withWorker(
    { client, ...environment } as TestWorkflowEnvironment,
    mocks.activities,
    async (taskQueue) => {
      await client.workflow.execute<typeof rollback>('rollback', {
        workflowId: 'rollback/saved',
        taskQueue,
        args: [{ pipeline: 'saved', author: 'ana', reason: 'Worse.', modelVersion: null }],
      });
      await save('rollback', 'rollback/saved');
      await client.workflow.execute<typeof importUtterances>('importUtterances', {
        workflowId: 'import/saved',
        taskQueue,
        args: [
          {
            pipeline: 'saved',
            target: configuration.target,
            storeUri: configuration.store.uri,
            csvUri: 's3://test/utterances.csv',
            outputUri: 's3://test/store/imports/1/',
          },
        ],
      });
      await save('import-utterances', 'import/saved');
      await client.workflow.execute<typeof scheduledCycle>('scheduledCycle', {
        workflowId: 'scheduled/saved',
        taskQueue,
        args: [{ pipeline: 'saved', trigger: 'schedule' }],
      });
      await save('scheduled-cycle', 'scheduled/saved');
    },
  );
}

function reviewOf(pipeline: string): string {
  return reviewWorkflowId(pipeline, 1);
}

function verdict(decided: 'keep' | 'not-enough-evidence'): Overrides {
  return {
    decideGate: () =>
      Promise.resolve({
        verdict: decided,
        reason: { en: 'Because.', es: 'Porque sí.' },
        decision: artifact('decision'),
      }),
  };
}

/** `openCycle` with other answers, or with another review in the pipeline file. */
function opened(answers: object, review: object = {}) {
  return ({ pipeline }: { pipeline: string }) =>
    Promise.resolve({
      number: 1,
      uri: 's3://test/store/cycles/0001/',
      configuration: {
        ...configuration,
        name: pipeline,
        review: { ...configuration.review, ...review },
      },
      brokenOffPromotion: null,
      state: { ledgerUri: null, categoryMapUri: null, carriedOverUri: null, goldenSetUri: null },
      ...answers,
    });
}

async function waitForReview({ environment, pipeline, save }: RunningCycle) {
  const handle = environment.client.workflow.getHandle<typeof retrain>(`retrain/${pipeline}`);
  while ((await handle.query(cycleStatusQuery)).waitingForReview === null) await sleep(50);
  const review = environment.client.workflow.getHandle(reviewOf(pipeline));
  await save('review-waiting', review.workflowId);
  return review;
}

async function acceptAll(cycle: RunningCycle): Promise<void> {
  const review = await waitForReview(cycle);
  await review.executeUpdate(decideUpdate, { args: [{ action: 'accept-all', author: 'ana' }] });
  await review.executeUpdate(finishUpdate, { args: [{ author: 'ana' }] });
}
