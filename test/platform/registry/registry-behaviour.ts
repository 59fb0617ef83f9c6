import assert from 'node:assert/strict';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../src/domain/errors';
import { pendingStages, type CycleStatus } from '../../../src/domain/cycle';
import { keepCycleStatus } from '../../../src/platform/registry/cycle-status';
import { claimCycle, cycleUri, listCycles } from '../../../src/platform/registry/cycles';
import { ModelRegistry } from '../../../src/platform/registry/model-registry';
import { ModelTransitionError } from '../../../src/platform/registry/model-state';
import {
  readPipelineState,
  updatePipelineState,
  writePipelineState,
} from '../../../src/platform/registry/pipeline-state';
import { readPastCycle } from '../../../src/platform/registry/past-cycle';
import { StageResults } from '../../../src/platform/registry/stage-results';
import type { ObjectStore } from '../../../src/platform/storage/object-store';

const artifact = { uri: 's3://b/archive.zip', sha256: 'a'.repeat(64), bytes: 10, rows: 1, schemaVersion: 1 };
const target = { kind: 'lex' as const, botId: 'BOT1234567', localeId: 'es_ES' };

function trained(cycle: number, botVersion = String(cycle + 1)) {
  return { cycle, target: { ...target, botVersion }, archive: artifact, dataset: artifact };
}

/** What the registry, the state and the cycles must do on every kind of store. */
export function describeRegistry(open: () => Promise<{ store: ObjectStore; storeUri: string }>): void {
  let store: ObjectStore;
  let storeUri: string;
  let registry: ModelRegistry;
  beforeEach(async () => {
    ({ store, storeUri } = await open());
    registry = new ModelRegistry(store, storeUri, () => new Date('2026-11-21T12:00:00Z'));
  });

  it('registers a cycle’s model once, with the pipeline file used', async () => {
    const first = await registry.register(trained(1), 'name: cafe\n');
    const again = await registry.register(trained(1), 'name: cafe\n');
    const second = await registry.register(trained(2), 'name: cafe\n');
    assert.deepEqual([first.model.version, again.model.version, second.model.version], [1, 1, 2]);
    assert.deepEqual(first.model, {
      schemaVersion: 1,
      version: 1,
      cycle: 1,
      target: { ...target, botVersion: '2' },
      archive: artifact,
      dataset: artifact,
      registeredAt: '2026-11-21T12:00:00.000Z',
    });
    assert.equal(first.state, 'candidate');
    assert.equal(first.uri, `${storeUri}models/v1/`);
    assert.equal(await store.readText(`${storeUri}models/v1/config.yaml`), 'name: cafe\n');
    assert.equal(await registry.latest(), null);
    await assert.rejects(registry.register(trained(1, '9'), ''), ConflictError);
  });

  it('gives each of many that register at once a version of its own', async () => {
    const entries = await Promise.all(
      Array.from({ length: 8 }, (_, i) => registry.register(trained(i + 1), '')),
    );
    assert.deepEqual(
      entries.map(({ model }) => model.version).sort((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8],
    );
  });

  it('moves a model from candidate to live, retires the former one, and goes back', async () => {
    const champion = await registry.adopt({ ...target, botVersion: '1' });
    assert.equal(champion.state, 'live');
    assert.equal(
      (await registry.adopt({ ...target, botVersion: '1' })).model.version,
      champion.model.version,
    );
    assert.equal((await registry.latest())?.model.version, 1);

    await registry.register(trained(1), '');
    await registry.markApproved(2);
    await registry.markLive(2);
    await registry.markLive(2);
    assert.deepEqual(
      (await registry.list()).map(({ model, state }) => [model.version, state]),
      [
        [1, 'retired'],
        [2, 'live'],
      ],
    );
    assert.equal((await registry.latest())?.model.version, 2);

    await registry.markLive(1);
    assert.equal((await registry.latest())?.model.version, 1);
    assert.deepEqual(
      (await registry.get(2)).history.map(({ state }) => state),
      ['candidate', 'approved', 'live', 'retired'],
    );
  });

  it('follows a person who switched the alias elsewhere', async () => {
    await registry.adopt({ ...target, botVersion: '1' });
    await registry.register(trained(1), '');
    assert.equal((await registry.adopt({ ...target, botVersion: '2' })).state, 'live');
    const elsewhere = await registry.adopt({ ...target, botVersion: '7' });
    assert.equal(elsewhere.model.cycle, null);
    assert.equal((await registry.latest())?.model.version, 3);
    assert.deepEqual(
      (await registry.list()).map(({ state }) => state),
      ['retired', 'retired', 'live'],
    );
  });

  it('refuses steps that leave one out', async () => {
    await registry.register(trained(1), '');
    await assert.rejects(registry.markLive(1), (error: Error) => {
      assert.ok(error instanceof ModelTransitionError);
      assert.match(error.message, /Model v1 is candidate and cannot become live: .* approved or retired/);
      return true;
    });
    await registry.markApproved(1);
    await registry.withdrawApproval(1);
    assert.equal((await registry.get(1)).state, 'candidate');
    await registry.markRetired(1);
    await assert.rejects(registry.markApproved(1), ModelTransitionError);
  });

  it('keeps metrics and a card beside the model and names the versions that exist', async () => {
    await registry.register(trained(1), '');
    await registry.writeMetrics(1, '{"accuracy":0.9}');
    await registry.writeModelCard(1, '# Card\n');
    assert.equal(await store.readText(`${registry.uriOf(1)}metrics.json`), '{"accuracy":0.9}');
    assert.equal(await store.readText(`${registry.uriOf(1)}model-card.md`), '# Card\n');
    await assert.rejects(registry.get(7), (error: Error) => {
      assert.ok(error instanceof NotFoundError);
      assert.match(error.message, /There are: v1\./);
      return true;
    });
  });

  it('numbers cycles one after the other and lets a retry find its own', async () => {
    const first = await claimCycle(store, storeUri, 'run-a', 'manual');
    assert.equal(first.cycle, 1);
    await store.write(`${cycleUri(storeUri, 1)}prepare/result.json`, '{}');
    assert.deepEqual(await claimCycle(store, storeUri, 'run-a', 'manual'), first);
    assert.equal((await claimCycle(store, storeUri, 'run-b', 'manual')).cycle, 2);
    assert.deepEqual(await claimCycle(store, storeUri, 'run-a', 'manual'), first);
  });

  it('numbers cycles without a gap or a double when sixteen claim at once', async () => {
    const runs = Array.from({ length: 16 }, (_, i) => `run-${i % 8}`);
    const records = await Promise.all(runs.map((run) => claimCycle(store, storeUri, run, 'manual')));
    const ofRun = new Map(records.map(({ workflowRunId, cycle }) => [workflowRunId, cycle]));
    assert.ok(records.every(({ workflowRunId, cycle }) => ofRun.get(workflowRunId) === cycle));
    assert.deepEqual(
      (await listCycles(store, storeUri)).map(({ cycle }) => cycle),
      [1, 2, 3, 4, 5, 6, 7, 8],
    );
  });

  it('remembers the state of the pipeline and notices when it was changed meanwhile', async () => {
    const { state, etag } = await readPipelineState(store, storeUri);
    assert.deepEqual([state.lastCompletedCycle, state.ledgerUri, etag], [0, null, null]);
    await writePipelineState(store, storeUri, { ...state, lastCompletedCycle: 1 }, etag);
    await assert.rejects(writePipelineState(store, storeUri, state, null), ConflictError);
    const read = await readPipelineState(store, storeUri);
    assert.equal(read.state.lastCompletedCycle, 1);
    await writePipelineState(
      store,
      storeUri,
      { ...read.state, goldenSetUri: 's3://bucket/golden.csv' },
      read.etag,
    );
    await assert.rejects(writePipelineState(store, storeUri, read.state, read.etag), ConflictError);
  });

  it('finds a stage’s result by the content of what it worked on, as long as its artifacts are whole', async () => {
    const results = new StageResults(store, storeUri);
    const put = (name: string, text: string) =>
      store.putArtifact(`${storeUri}cycles/0001/${name}`, text, { rows: 1, schemaVersion: 1 });
    const utterances = await put('utterances.jsonl', 'hola\n');
    const discovery = await put('discovery.json', '{}\n');
    const work = { inputs: { utterances }, parameters: { seed: 1 }, codeVersion: '1' };
    const ran = async (explanation: string, changed: object = {}) => {
      const found = await results.find('discover', { ...work, ...changed });
      assert.deepEqual(
        { ...found, explanation: found.explanation.en },
        { fromCycle: null, explanation, value: undefined },
      );
    };
    await ran('Ran: no earlier result of this stage is kept.');
    await results.keep('discover', { cycle: 1, work, outputs: { discovery }, value: { proposals: 2 } });

    const copied = { ...utterances, uri: `${storeUri}cycles/0002/utterances.jsonl` };
    assert.deepEqual(await results.find('discover', { ...work, inputs: { utterances: copied } }), {
      fromCycle: 1,
      explanation: {
        en: 'Reused from cycle 1: the same inputs, parameters and code.',
        es: 'Se toma del ciclo 1: las mismas entradas, los mismos parámetros y el mismo código.',
      },
      value: { proposals: 2 },
    });
    await ran('Ran: since cycle 1, changed code (1 → 2).', { codeVersion: '2' });
    await put('discovery.json', '{"changed":true}\n');
    await ran('Ran: the result of cycle 1 is no longer whole.');
    await store.delete(discovery.uri);
    await ran('Ran: the result of cycle 1 is no longer whole.');
  });

  it('tells from what it left how the last cycle went', async () => {
    assert.equal(await readPastCycle(store, 'cafe', storeUri), null);
    await claimCycle(store, storeUri, 'run-a', 'manual');
    await claimCycle(store, storeUri, 'run-b', 'schedule');
    const manifest = {
      startedAt: '2026-11-21T12:00:00.000Z',
      finishedAt: '2026-11-21T12:00:04.000Z',
      counts: { newObjects: 3 },
      reuse: null,
    };
    await store.write(`${cycleUri(storeUri, 2)}ingest/manifest.json`, JSON.stringify(manifest));
    const past = await readPastCycle(store, 'cafe', storeUri);
    assert.deepEqual([past?.cycle, past?.trigger], [2, 'schedule']);
    assert.deepEqual(past?.stages[0], {
      name: 'ingest',
      state: 'done',
      note: null,
      failure: null,
      ...manifest,
    });
    assert.equal(past.stages[1]?.state, 'skipped');
  });

  it('tells of a manifest of before, in English alone', async () => {
    await claimCycle(store, storeUri, 'run-a', 'manual');
    const manifest = {
      startedAt: '2026-11-21T12:00:00.000Z',
      finishedAt: '2026-11-21T12:00:04.000Z',
      counts: {},
      reuse: { fromCycle: 1, explanation: 'Reused.' },
    };
    await store.write(`${cycleUri(storeUri, 1)}prepare/manifest.json`, JSON.stringify(manifest));
    const past = await readPastCycle(store, 'cafe', storeUri);
    assert.deepEqual(past?.stages[1]?.reuse?.explanation, { en: 'Reused.', es: 'Reused.' });
  });

  it('tells how a cycle ended as it was kept, with what failed', async () => {
    await claimCycle(store, storeUri, 'run-a', 'manual');
    const status: CycleStatus = {
      pipeline: 'cafe',
      cycle: 1,
      trigger: 'manual',
      stages: pendingStages().map((stage) =>
        stage.name === 'ingest' ? { ...stage, state: 'failed', failure: 'No such bucket.' } : stage,
      ),
      waitingForReview: null,
      waitingForDraftEdits: null,
      result: null,
    };
    await keepCycleStatus(store, cycleUri(storeUri, 1), status);
    assert.deepEqual(await readPastCycle(store, 'cafe', storeUri), status);
    await store.write(`${cycleUri(storeUri, 1)}status.json`, '{"schemaVersion":2}');
    await assert.rejects(readPastCycle(store, 'cafe', storeUri), /has another shape/);
  });

  it('loses no update of the state', async () => {
    await Promise.all(
      Array.from({ length: 8 }, () =>
        updatePipelineState(store, storeUri, (state) => ({
          ...state,
          lastCompletedCycle: state.lastCompletedCycle + 1,
        })),
      ),
    );
    assert.equal((await readPipelineState(store, storeUri)).state.lastCompletedCycle, 8);
  });

  it('refuses a state of another shape', async () => {
    await store.write(`${storeUri}state.json`, '{"schemaVersion":2}');
    await assert.rejects(readPipelineState(store, storeUri), InvalidInputError);
    await store.write(`${storeUri}state.json`, '{');
    await assert.rejects(readPipelineState(store, storeUri), /is no JSON/);
  });
}
