import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { CycleOptions, CycleResult } from '../../src/domain/cycle';
import { reviewWorkflowId } from '../../src/domain/cycle';
import type { Sentence } from '../../src/domain/language';
import { cycleStatusQuery, keepConsoleEditsSignal, type retrain } from '../../src/workflows/retrain';
import { decideUpdate, finishUpdate } from '../../src/workflows/review';
import { timeSkippingEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { artifact, mockActivities, nothingToTrain } from './mock-activities';

type Handle = WorkflowHandle<typeof retrain>;

/** Runs a cycle with these activities, with somebody who accepts everything as soon as they are asked. */
async function runCycle(
  mocks: ReturnType<typeof mockActivities>,
  { options = {}, during }: { options?: CycleOptions; during?: (handle: Handle) => Promise<void> } = {},
): Promise<CycleResult> {
  const environment = await timeSkippingEnvironment();
  const pipeline = `reuse-${randomUUID()}`;
  return withWorker(environment, mocks.activities, async (taskQueue) => {
    const handle = await environment.client.workflow.start<typeof retrain>('retrain', {
      workflowId: `retrain/${pipeline}`,
      taskQueue,
      args: [{ pipeline, trigger: 'manual', options }],
    });
    const answer = (async () => {
      for (;;) {
        const { waitingForReview, result, stages } = await handle.query(cycleStatusQuery);
        if (result || stages.some((stage) => stage.state === 'failed')) return;
        if (stages.find((stage) => stage.name === 'review')?.state === 'done') return;
        if (waitingForReview === null) continue;
        const review = environment.client.workflow.getHandle(reviewWorkflowId(pipeline, 1));
        await review.executeUpdate(decideUpdate, { args: [{ action: 'accept-all', author: 'ana' }] });
        await review.executeUpdate(finishUpdate, { args: [{ author: 'ana' }] });
        return;
      }
    })();
    await Promise.all([answer, during?.(handle)]);
    return handle.result();
  });
}

const reused = (value: unknown) => ({
  fromCycle: 4,
  explanation: { en: 'Reused from cycle 4.', es: 'Se toma del ciclo 4.' },
  value,
});
const missed = {
  fromCycle: null,
  explanation: { en: 'Ran.', es: 'Se ejecutó.' },
  value: undefined,
};

describe('reuse of stages', function () {
  this.timeout(60_000);

  it('takes an earlier result instead of running the stage, and says so', async () => {
    const discovered = { discovery: artifact('earlier-discovery'), counts: { utterances: 9 }, proposals: 2 };
    const mocks = mockActivities({
      findStageResult: ({ stage }: { stage: string }) =>
        Promise.resolve(stage === 'discover' ? reused(discovered) : missed),
    });
    await runCycle(mocks);
    assert.ok(!mocks.names().includes('discoverCategories'));
    assert.ok(mocks.names().includes('prepareUtterances'));
    const opened = mocks.calls.find(({ name }) => name === 'openReview');
    assert.deepEqual(opened?.input['discovery'], artifact('earlier-discovery'));
    const recorded = recordOf(mocks, 'discover');
    assert.equal(recorded.manifest.reuse?.fromCycle, 4);
    assert.equal(recorded.result, null, 'what was reused is not kept a second time');
  });

  it('keeps what a stage made with all that it depends on', async () => {
    const mocks = mockActivities();
    await runCycle(mocks);
    const { manifest, result } = recordOf(mocks, 'discover');
    assert.deepEqual(manifest.reuse?.explanation, missed.explanation);
    assert.equal(result?.work.dependsOnCode, true);
    assert.deepEqual(Object.keys(result.work.inputs).sort(), [
      'categoryMap',
      'known',
      'previousDiscovery',
      'utterances',
    ]);
    assert.deepEqual(Object.keys(result.work.parameters).sort(), [
      'embedder',
      'language',
      'minimumSize',
      'seed',
    ]);
    assert.equal(recordOf(mocks, 'review').result?.work.dependsOnCode, false);
    assert.equal(recordOf(mocks, 'gate').result, null);
  });

  it('asks nobody again about proposals that were decided already', async () => {
    const decided = {
      outcome: 'finished',
      decisions: artifact('earlier-decisions', 3),
    };
    const mocks = mockActivities({
      findStageResult: ({ stage }: { stage: string }) =>
        Promise.resolve(stage === 'review' ? reused(decided) : missed),
    });
    await runCycle(mocks);
    assert.deepEqual(mocks.notifications(), ['cycle-finished']);
    const dataset = mocks.calls.find(({ name }) => name === 'buildDataset');
    assert.deepEqual(dataset?.input['decisions'], decided.decisions);
  });

  it('looks for nothing when reuse is switched off, and still keeps the results', async () => {
    const mocks = mockActivities({ findStageResult: () => Promise.reject(new Error('not to be asked')) });
    await runCycle(mocks, { options: { noCache: true } });
    assert.ok(mocks.names().includes('discoverCategories'));
    assert.ok(recordOf(mocks, 'discover').result);
  });
});

describe('DRAFT that was edited', function () {
  this.timeout(60_000);
  const edits = {
    summary: { en: 'PedirCafe +3 phrases', es: 'PedirCafe +3 frases' },
    diff: artifact('edits.json'),
  };

  it('is refused before anything is done, with the differences and the way on', async () => {
    const mocks = mockActivities({ compareDraft: () => Promise.resolve({ edits, untried: null }) });
    await assert.rejects(runCycle(mocks), (error: Error) => {
      const cause = error.cause as Error;
      return /PedirCafe \+3 phrases.*s3:\/\/test\/edits\.json.*--keep-console-edits/s.test(cause.message);
    });
    assert.ok(!mocks.names().includes('discoverCategories'));
    assert.deepEqual(mocks.notifications(), ['failed']);
  });

  it('goes into the next version when it is to be kept, also when nothing else was learned', async () => {
    const mocks = mockActivities({
      compareDraft: () => Promise.resolve({ edits, untried: null }),
      buildDataset: () => Promise.resolve(nothingToTrain),
    });
    const result = await runCycle(mocks, { options: { keepConsoleEdits: true } });
    assert.equal(result.outcome, 'promoted');
    assert.ok(mocks.names().includes('importBotArchive'));
  });

  it('makes a cycle wait when it was edited during the review, until somebody says to keep it', async () => {
    const mocks = mockActivities({
      compareDraft: ({ since }: { since: unknown }) =>
        Promise.resolve({ edits: since === null ? null : edits, untried: null }),
    });
    const result = await runCycle(mocks, {
      during: async (handle) => {
        for (;;) {
          const { waitingForDraftEdits } = await handle.query(cycleStatusQuery);
          if (waitingForDraftEdits === null) continue;
          assert.match(waitingForDraftEdits.en, /PedirCafe \+3 phrases/);
          assert.match(waitingForDraftEdits.es, /PedirCafe \+3 frases/);
          break;
        }
        assert.ok(!mocks.names().includes('importBotArchive'));
        await handle.signal(keepConsoleEditsSignal);
      },
    });
    assert.equal(result.outcome, 'promoted');
    assert.deepEqual(mocks.notifications(), ['waiting-for-review', 'draft-edited', 'cycle-finished']);
  });
});

describe('an import that no version was compared of', function () {
  this.timeout(60_000);
  const nothingNew = {
    buildDataset: () => Promise.resolve(nothingToTrain),
    writeChallengerArchive: () =>
      Promise.resolve({
        archive: artifact('archive'),
        diff: artifact('diff'),
        addedUtterances: 0,
        newIntents: 0,
      }),
  };

  it('is compared by the next cycle, without importing and building it again', async () => {
    const untried = { runName: 'ciclo test cycle 6 run-6', settled: true };
    const mocks = mockActivities({
      ...nothingNew,
      compareDraft: () => Promise.resolve({ edits: null, untried }),
    });
    assert.equal((await runCycle(mocks)).outcome, 'promoted');
    assert.ok(!mocks.names().includes('importBotArchive'));
    const made = mocks.calls.find(({ name }) => name === 'createBotVersion');
    assert.equal(made?.input['description'], 'ciclo test cycle 6 run-6');
  });

  it('is imported again when it may have been cut short', async () => {
    const untried = { runName: 'ciclo test cycle 6 run-6', settled: false };
    const mocks = mockActivities({
      ...nothingNew,
      compareDraft: () => Promise.resolve({ edits: null, untried }),
    });
    await runCycle(mocks);
    const made = mocks.calls.find(({ name }) => name === 'createBotVersion');
    assert.match(String(made?.input['description']), /cycle 1 /);
    const noted = mocks.calls.filter(({ name }) => name === 'noteDraft').map(({ input }) => input['settled']);
    assert.deepEqual(noted, [false, true]);
  });
});

function recordOf(mocks: ReturnType<typeof mockActivities>, stage: string) {
  const call = mocks.calls.find(
    ({ name, input }) => name === 'recordStage' && (input['manifest'] as { stage: string }).stage === stage,
  );
  return call?.input as {
    manifest: { reuse: { fromCycle: number | null; explanation: Sentence } | null };
    result: {
      work: { inputs: object; parameters: object; dependsOnCode: boolean };
    } | null;
  };
}
