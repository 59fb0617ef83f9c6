import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createReviewActivities } from '../../src/activities/review';
import { finishReview, listReview } from '../../src/operations/reviews';
import type { Artifact } from '../../src/domain/artifact';
import type { AuditRecord } from '../../src/domain/audit';
import { reviewWorkflowId } from '../../src/domain/cycle';
import { mostHistory, mostProposals, type Decision, type DecisionEvent } from '../../src/domain/review';
import { toJsonLines } from '../../src/platform/storage/json-lines';
import { openObjectStore } from '../../src/platform/storage/object-store';
import {
  decideSignal,
  decideUpdate,
  reviewStateQuery,
  type review,
  type ReviewInput,
} from '../../src/workflows/review';
import { searchAttributes } from '../../src/workflows/search-attributes';
import { aDiscovery, aProposal } from '../support/discovery';
import { localEnvironment } from '../support/servers';
import { withWorker } from '../support/workflow-worker';
import { artifact, configuration, mockActivities, proposals } from './mock-activities';

const author = 'ana';
const store = openObjectStore();
/** Lex's longest name. */
const longName = (begin: string) => begin.padEnd(100, 'x');
const idOf = (index: number) => index.toString(16).padStart(8, '0');

describe('review: as large as it may become', function () {
  this.timeout(300_000);
  let environment: TestWorkflowEnvironment;
  let folder: string;
  let root: string;
  before(async () => {
    environment = await localEnvironment(searchAttributes);
    folder = await mkdtemp(join(tmpdir(), 'ciclo-large-review-'));
    root = `${pathToFileURL(folder).href}/`;
  });
  after(() => rm(folder, { recursive: true }));

  const start = (
    taskQueue: string,
    input: Partial<ReviewInput> = {},
  ): Promise<WorkflowHandle<typeof review>> => {
    const pipeline = `large-${randomUUID().slice(0, 8)}`;
    return environment.client.workflow.start<typeof review>('review', {
      workflowId: reviewWorkflowId(pipeline, 1),
      taskQueue,
      args: [
        {
          pipeline,
          cycle: 1,
          language: 'es',
          topicArn: configuration.notify.topicArn,
          cycleUri: root,
          proposals,
          existingIntents: ['Saludar'],
          discovery: artifact('discovery'),
          utterances: artifact('utterances'),
          configuration: configuration.review,
          ...input,
        },
      ],
    });
  };
  const decide = (handle: WorkflowHandle<typeof review>, decision: Decision) =>
    handle.executeUpdate(decideUpdate, { args: [decision] });
  const lines = (name: string, rows: unknown[]): Promise<Artifact> =>
    store.putArtifact(`${root}${name}`, toJsonLines(rows), { rows: rows.length, schemaVersion: 1 });

  it('holds 500 proposals, 250 intents, a thousand decisions and splits of thousands of phrases', async () => {
    const membersOfFirst = 20_000;
    const membersOfSplit = 5_950;
    const ids = Array.from({ length: membersOfFirst + 2 * mostProposals }, (_, index) => idOf(index));
    const discovery = aDiscovery({
      proposals: Array.from({ length: mostProposals }, (_, index) => {
        const begin = membersOfFirst + 2 * index;
        const memberIds = index === 0 ? ids.slice(0, membersOfFirst) : ids.slice(begin, begin + 2);
        return aProposal({
          id: `p-${idOf(index)}`,
          name: longName(`Topic${index}`),
          interactions: 1_000_000 - index,
          nearestIntent: { name: longName('Near'), similarity: 0.1234567890123456, clashes: false },
          memberIds,
        });
      }),
    });
    const discovered = await store.putArtifact(`${root}discovery.json`, JSON.stringify(discovery), {
      rows: 1,
      schemaVersion: 1,
    });
    const utterances = await lines(
      'utterances.jsonl',
      ids.map((id) => ({ id, text: id, count: 2, outcome: 'missed' })),
    );
    const known = await lines(
      'known.jsonl',
      Array.from({ length: 250 }, (_, index) => ({
        text: `known ${index}`,
        intent: longName(`Intent${index}`),
      })),
    );
    await store.write(`${root}golden.csv`, `text,intent\nhola,${longName('Intent0')}\n`);

    const activities = createReviewActivities({ store });
    const opened = await activities.openReview({
      discovery: discovered,
      known,
      goldenSetUri: `${root}golden.csv`,
    });
    assert.deepEqual([opened.proposals.length, opened.existingIntents.length, opened.leftOut], [500, 250, 0]);

    const mocks = mockActivities();
    await withWorker(environment, { ...mocks.activities, ...activities }, async (taskQueue, payloads) => {
      const handle = await start(taskQueue, { ...opened, discovery: discovered, utterances });
      const others = opened.proposals.slice(1).map(({ id }) => id);
      await inParallel(others, (proposal) =>
        decide(handle, { action: 'rename', proposal, name: longName(`Name${proposal}`), author }),
      );
      const first = opened.proposals[0]!.id;
      for (let split = 0; split < 3; split++)
        await decide(handle, {
          action: 'split',
          proposal: first,
          members: ids.slice(split * membersOfSplit, (split + 1) * membersOfSplit),
          name: longName(`Split${split}`),
          author,
        });
      await inParallel(others, (proposal) =>
        decide(handle, { action: 'accept', proposal, author, reason: 'ñ'.repeat(300) }),
      );

      const view = await handle.query(reviewStateQuery);
      assert.deepEqual([view.decisions, view.proposals, view.open], [1_001, 500, 4]);
      const listing = await listReview(environment.client, store, handle.workflowId);
      assert.equal(listing.events.length, 1_001);
      assert.deepEqual(
        listing.proposals
          .filter(({ status }) => status === 'open')
          .map(({ size, interactions, memberIds }) => [size, interactions, memberIds?.length]),
        [
          [2_150, 1_000_000 - 3 * 2 * membersOfSplit, 2_150],
          ...[0, 1, 2].map(() => [membersOfSplit, 2 * membersOfSplit, membersOfSplit]),
        ],
      );
      await assert.rejects(
        decide(handle, { action: 'split', proposal: first, members: [ids[0]!], name: 'Gone', author }),
        (error: WorkflowUpdateFailedError) =>
          /1 of the phrases do not belong/.test(String(error.cause?.message)),
      );

      await finishReview(environment.client, handle.workflowId, author);
      const { decisions } = await handle.result();
      assert.equal(decisions?.rows, 1_001);
      const stored = (await store.readArtifactText(decisions))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as DecisionEvent);
      assert.deepEqual(stored, listing.events);
      const audited = mocks.calls
        .filter(({ name }) => name === 'recordAudit')
        .flatMap(({ input }) => input['records'] as AuditRecord[]);
      assert.equal(audited.length, 1_003, 'with the approval and the end');

      const { largest } = payloads;
      assert.ok(largest.bytes > 150 * 1024, `the largest payload has only ${largest.bytes} bytes`);
      const { historyLength, historySize } = await sizeOf(handle);
      assert.ok(historyLength < mostHistory.events && historySize < mostHistory.bytes);
    });
  });

  it('takes five events of history for an update and eleven for a split', async () => {
    const mocks = mockActivities();
    await withWorker(environment, mocks.activities, async (taskQueue) => {
      const handle = await start(taskQueue);
      const notified = async () =>
        (await handle.fetchHistory()).events?.some((event) => event.activityTaskCompletedEventAttributes);
      while (!(await notified())) await sleep(50);
      await decide(handle, { action: 'accept', proposal: 'p-1', author });
      const before = await sizeOf(handle);
      for (const action of ['undo', 'accept', 'undo'] as const)
        await decide(handle, action === 'undo' ? { action, author } : { action, proposal: 'p-1', author });
      const after = await sizeOf(handle);
      assert.equal(after.historyLength - before.historyLength, 3 * 5);
      await decide(handle, { action: 'split', proposal: 'p-1', members: ['a'], name: 'Wifi', author });
      assert.equal((await sizeOf(handle)).historyLength - after.historyLength, 11);
      await handle.terminate();
    });
  });

  it('takes no more decisions when its history is full, and can still be finished', async () => {
    await withWorker(environment, mockActivities().activities, async (taskQueue) => {
      const handle = await start(taskQueue);
      await decide(handle, { action: 'accept', proposal: 'p-1', author });
      const wordy = { action: 'reject', proposal: 'p-1', author, reason: 'x'.repeat(250_000) } as const;
      for (let sent = 0; sent < 44; sent++) await handle.signal(decideSignal, wordy);
      const { refusedSignals } = await stateOf(handle);
      assert.equal(refusedSignals.length, 20);
      assert.match(refusedSignals[0]!, /"reason" has 250000 characters/);
      await assert.rejects(
        decide(handle, { action: 'accept', proposal: 'e-Saludar', author }),
        (error: WorkflowUpdateFailedError) =>
          /history is full \(\d+ events, 10\.\d MB\)\. Finish it/.test(String(error.cause?.message)),
      );
      await finishReview(environment.client, handle.workflowId, author);
      assert.equal((await handle.result()).decisions?.rows, 1);
    });
  });
});

/** Does it for all, some of them at the same time. */
async function inParallel<T>(values: readonly T[], work: (value: T) => Promise<unknown>): Promise<void> {
  const atOnce = 10;
  for (let begin = 0; begin < values.length; begin += atOnce)
    await Promise.all(values.slice(begin, begin + atOnce).map(work));
}

/** On a busy machine a task of so large a history may be too late, and is given out again. */
async function stateOf(handle: WorkflowHandle<typeof review>) {
  for (;;) {
    try {
      return await handle.query(reviewStateQuery);
    } catch (error) {
      if (!/Workflow Task in failed state/.test(String((error as Error).cause))) throw error;
      await sleep(200);
    }
  }
}

async function sizeOf(
  handle: WorkflowHandle<typeof review>,
): Promise<{ historyLength: number; historySize: number }> {
  const { historyLength, historySize } = await handle.describe();
  return { historyLength, historySize: historySize ?? 0 };
}
