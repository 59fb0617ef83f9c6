import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type ApplicationFailure } from '@temporalio/common';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { reviewWorkflowId, stageNames, type CycleResult, type CycleStatus } from '../../src/domain/cycle';
import { InvalidInputError } from '../../src/domain/errors';
import { cycleStatusQuery, keepConsoleEditsSignal, type retrain } from '../../src/workflows/retrain';
import { decideUpdate, finishUpdate } from '../../src/workflows/review';
import { timeSkippingEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { artifact, configuration, mockActivities } from './mock-activities';

/** How a cycle ended, as it was kept. */
function keptStatus({ calls }: ReturnType<typeof mockActivities>): CycleStatus {
  const kept = calls.filter(({ name }) => name === 'keepStatus');
  assert.equal(kept.length, 1);
  return kept[0]!.input['status'] as CycleStatus;
}

describe('retrain: one cycle', function () {
  this.timeout(120_000);
  let environment: TestWorkflowEnvironment;
  before(async () => {
    environment = await timeSkippingEnvironment();
  });

  type Mocks = ReturnType<typeof mockActivities>;

  /** Starts a cycle of a pipeline of its own; `during` answers the review. */
  async function cycle(
    mocks: Mocks,
    pipeline: string,
    during: (handle: WorkflowHandle<typeof retrain>) => Promise<void>,
  ): Promise<CycleResult> {
    return withWorker(environment, mocks.activities, async (taskQueue) => {
      const handle = await environment.client.workflow.start<typeof retrain>('retrain', {
        workflowId: `retrain/${pipeline}`,
        taskQueue,
        args: [{ pipeline, trigger: 'manual' }],
      });
      await during(handle);
      return handle.result();
    });
  }

  const approve = (pipeline: string) => async (handle: WorkflowHandle<typeof retrain>) => {
    await waitForReview(handle);
    const review = environment.client.workflow.getHandle(reviewWorkflowId(pipeline, 1));
    await review.executeUpdate(decideUpdate, { args: [{ action: 'accept-all', author: 'ana' }] });
    await review.executeUpdate(finishUpdate, { args: [{ author: 'ana' }] });
  };
  const nobodyAnswers = () => Promise.resolve();

  async function waitForReview(handle: WorkflowHandle<typeof retrain>): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      if ((await handle.query(cycleStatusQuery)).waitingForReview !== null) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail('the cycle did not come to its review');
  }

  it('goes through all stages and promotes the better version', async () => {
    const mocks = mockActivities();
    const pipeline = `all-${randomUUID()}`;
    const result = await cycle(mocks, pipeline, approve(pipeline));
    assert.deepEqual(result, {
      pipeline,
      cycle: 1,
      outcome: 'promoted',
      reason: { en: 'It is better.', es: 'Es mejor.' },
      liveVersionBefore: '1',
      liveVersionAfter: '2',
      reportUri: 's3://test/report',
    });
    const order = [
      'openCycle',
      'listNewLogs',
      'prepareUtterances',
      'resolveBot',
      'readBotDraft',
      'discoverCategories',
      'openReview',
      'notify',
      'buildDataset',
      'readBotDraft',
      'writeChallengerArchive',
      'importBotArchive',
      'buildBotLocale',
      'readBotDraft',
      'createBotVersion',
      'registerChallenger',
      'pointEvaluationAliases',
      'askModel',
      'askModel',
      'compareModels',
      'decideGate',
      'planPromotion',
      'resolveBot',
      'approveModel',
      'saveAlias',
      'switchAlias',
      'smokeTest',
      'markModelLive',
      'writeReport',
      'completeCycle',
      'notify',
    ];
    assert.deepEqual(mocks.names(), order);
    assert.deepEqual(mocks.notifications(), ['waiting-for-review', 'cycle-finished']);
    assert.deepEqual(mocks.manifests(), [...stageNames]);
    const kept = keptStatus(mocks);
    assert.deepEqual(kept.result, result, 'how it ended is kept last');
    assert.ok(kept.stages.every(({ state }) => state === 'done'));
    assert.deepEqual(kept.stages.find(({ name }) => name === 'promote')?.note, {
      en: 'Alias live: version 1 → 2.',
      es: 'Alias live: versión 1 → 2.',
    });
    assert.deepEqual(
      mocks.decisions().map(({ action, author }) => [action, author]),
      [['accept-all', 'ana']],
    );
    const dataset = mocks.calls.find((call) => call.name === 'buildDataset');
    assert.deepEqual(dataset?.input['decisions'], artifact('decisions-1', 1));
  });

  it('answers what it is doing while it waits', async () => {
    const mocks = mockActivities();
    const pipeline = `status-${randomUUID()}`;
    await cycle(mocks, pipeline, async (handle) => {
      await waitForReview(handle);
      const status = await handle.query(cycleStatusQuery);
      assert.equal(status.cycle, 1);
      assert.equal(status.waitingForReview, `review/${pipeline}/0001`);
      assert.deepEqual(status.stages.map(({ name, state }) => `${name} ${state}`).slice(0, 5), [
        'ingest done',
        'prepare done',
        'discover done',
        'review running',
        'dataset pending',
      ]);
      assert.equal(status.stages[1]?.counts['quarantined'], 10);
      await approve(pipeline)(handle);
    });
  });

  it('skips when there is no new log, and leaves the ledger alone', async () => {
    const mocks = mockActivities({
      listNewLogs: () => Promise.resolve({ objects: artifact('objects', 0), newBytes: 0, readBefore: 9 }),
    });
    const result = await cycle(mocks, `empty-${randomUUID()}`, nobodyAnswers);
    assert.equal(result.outcome, 'skipped');
    assert.match(result.reason.en, /No new log objects/);
    assert.match(result.reason.es, /No hay objetos de registro nuevos/);
    assert.deepEqual(mocks.names(), ['openCycle', 'listNewLogs', 'notify']);
  });

  it('skips when there is too little that is new, and says so', async () => {
    const mocks = mockActivities({
      prepareUtterances: () =>
        Promise.resolve({
          records: { in: 12, accepted: 12, quarantined: 0, quarantinedByReason: {} },
          interactions: { understood: 12, uncertain: 0, missed: 0, leftOutByReason: {} },
          redacted: {},
          utterances: artifact('utterances', 12),
          quarantine: artifact('quarantine', 0),
        }),
    });
    const result = await cycle(mocks, `little-${randomUUID()}`, nobodyAnswers);
    assert.equal(result.outcome, 'skipped');
    assert.match(result.reason.en, /Only 12 new interactions.*waits for 100/);
    assert.ok(!mocks.names().includes('completeCycle'));
  });

  it('needs no review where nothing was proposed', async () => {
    const mocks = mockActivities({
      openReview: () => Promise.resolve({ proposals: [], existingIntents: [] }),
    });
    const result = await cycle(mocks, `noreview-${randomUUID()}`, nobodyAnswers);
    assert.equal(result.outcome, 'promoted');
    assert.deepEqual(mocks.notifications(), ['cycle-finished']);
  });

  it('trains nothing when nothing new was accepted, but counts the logs as read', async () => {
    const mocks = mockActivities({
      buildDataset: () =>
        Promise.resolve({
          categoryMap: artifact('map'),
          dataset: artifact('dataset'),
          items: artifact('items'),
          golden: artifact('golden'),
          trainingUtterances: 0,
          newIntents: [],
          counts: {},
          leftOut: {},
        }),
    });
    const pipeline = `nothing-${randomUUID()}`;
    const result = await cycle(mocks, pipeline, approve(pipeline));
    assert.equal(result.outcome, 'nothing-to-learn');
    assert.ok(mocks.names().includes('completeCycle'));
    assert.ok(!mocks.names().includes('importBotArchive'));
  });

  for (const [verdict, outcome] of [
    ['keep', 'kept'],
    ['not-enough-evidence', 'not-enough-evidence'],
  ] as const) {
    it(`leaves the alias alone when the gate says ${verdict}`, async () => {
      const mocks = mockActivities({
        decideGate: () =>
          Promise.resolve({
            verdict,
            reason: { en: 'Because.', es: 'Porque sí.' },
            decision: artifact('decision'),
          }),
      });
      const pipeline = `${verdict}-${randomUUID()}`;
      const result = await cycle(mocks, pipeline, approve(pipeline));
      assert.equal(result.outcome, outcome);
      assert.equal(result.liveVersionAfter, '1');
      assert.equal(result.reportUri, 's3://test/report');
      assert.ok(!mocks.names().includes('switchAlias'));
      assert.ok(mocks.names().includes('completeCycle'));
    });
  }

  it('waits three weeks with a reminder every three days, then goes on without new categories', async () => {
    const mocks = mockActivities();
    const result = await cycle(mocks, `deadline-${randomUUID()}`, nobodyAnswers);
    assert.equal(result.outcome, 'promoted');
    assert.equal(mocks.notifications().filter((kind) => kind === 'waiting-for-review').length, 7);
    assert.equal(mocks.calls.find((call) => call.name === 'buildDataset')?.input['decisions'], null);
  });

  it('gives the cycle up at the deadline where the pipeline wants that; its logs count again', async () => {
    const mocks = mockActivities({
      openCycle: ({ pipeline }: { pipeline: string }) =>
        Promise.resolve({
          number: 1,
          uri: 's3://test/store/cycles/0001/',
          configuration: {
            ...configuration,
            name: pipeline,
            review: { ...configuration.review, onDeadline: 'abandon' },
          },
          state: { ledgerUri: null, categoryMapUri: null, carriedOverUri: null, goldenSetUri: null },
        }),
    });
    const result = await cycle(mocks, `abandon-${randomUUID()}`, nobodyAnswers);
    assert.equal(result.outcome, 'abandoned');
    assert.ok(!mocks.names().includes('completeCycle'));
  });

  it('fails, with a notification, when a stage fails for good', async () => {
    const mocks = mockActivities({
      readBotDraft: () =>
        Promise.reject(new InvalidInputError('The bot has no locale es_ES.', { localeId: 'es_ES' })),
    });
    await assert.rejects(
      cycle(mocks, `fail-${randomUUID()}`, nobodyAnswers),
      (error: WorkflowFailedError) => {
        const failure = error.cause?.cause as ApplicationFailure;
        assert.equal(failure.type, 'InvalidInputError');
        assert.deepEqual(failure.details, [{ localeId: 'es_ES' }]);
        return true;
      },
    );
    const failed = mocks.calls.find((call) => call.name === 'notify');
    assert.equal(failed?.input['kind'], 'failed');
    assert.equal(failed?.input['stage'], 'discover');
    assert.equal(failed?.input['message'], 'The bot has no locale es_ES.');
    assert.equal(mocks.names().filter((name) => name === 'readBotDraft').length, 1);
    const stages = keptStatus(mocks).stages.slice(0, 4);
    assert.deepEqual(
      stages.map(({ name, state, failure }) => [name, state, failure]),
      [
        ['ingest', 'done', null],
        ['prepare', 'done', null],
        ['discover', 'failed', 'The bot has no locale es_ES.'],
        ['review', 'pending', null],
      ],
    );
  });

  it('goes on with what activities of former code said, in English alone', async () => {
    const mocks = mockActivities({
      findStageResult: () => Promise.resolve({ fromCycle: null, explanation: 'Ran.', value: undefined }),
      compareDraft: ({ since }: { since: unknown }) =>
        Promise.resolve({
          edits: since === null ? null : { summary: 'PedirCafe +1 phrase', diff: artifact('edits') },
          untried: null,
        }),
      decideGate: () =>
        Promise.resolve({ verdict: 'keep', reason: 'Because.', decision: artifact('decision') }),
    });
    const pipeline = `former-${randomUUID()}`;
    const result = await cycle(mocks, pipeline, async (handle) => {
      await approve(pipeline)(handle);
      await handle.signal(keepConsoleEditsSignal);
    });
    assert.deepEqual(result.reason, { en: 'Because.', es: 'Because.' });
    const { stages } = keptStatus(mocks);
    assert.deepEqual(stages.find(({ name }) => name === 'prepare')?.reuse?.explanation, {
      en: 'Ran.',
      es: 'Ran.',
    });
  });

  it('has ended all the same when how it ended cannot be kept', async () => {
    const mocks = mockActivities({
      keepStatus: () => Promise.reject(new InvalidInputError('The store is read-only.', {})),
    });
    const pipeline = `unkept-${randomUUID()}`;
    assert.equal((await cycle(mocks, pipeline, approve(pipeline))).outcome, 'promoted');
  });

  it('tries again what may heal', async () => {
    let attempts = 0;
    const mocks = mockActivities({
      createBotVersion: () =>
        ++attempts < 3 ? Promise.reject(new Error('broken pipe')) : Promise.resolve({ version: '2' }),
    });
    const pipeline = `retry-${randomUUID()}`;
    const result = await cycle(mocks, pipeline, approve(pipeline));
    assert.equal(result.outcome, 'promoted');
    assert.equal(attempts, 3);
  });

  it('puts the alias back and fails when the smoke test fails', async () => {
    const mocks = mockActivities({
      smokeTest: () => Promise.reject(new InvalidInputError('The live alias answers otherwise.', {})),
    });
    const pipeline = `smoke-${randomUUID()}`;
    await assert.rejects(cycle(mocks, pipeline, approve(pipeline)), WorkflowFailedError);
    const names = mocks.names();
    assert.deepEqual(names.slice(names.indexOf('smokeTest')), [
      'smokeTest',
      'restoreAlias',
      'withdrawApproval',
      'notify',
    ]);
    assert.deepEqual(mocks.notifications(), ['waiting-for-review', 'failed']);
  });
});
