import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCycleActivities } from '../../src/activities/cycle';
import { createDatasetActivities } from '../../src/activities/dataset';
import { createIngestActivities } from '../../src/activities/ingest';
import type { Artifact } from '../../src/domain/artifact';
import type { PipelineConfiguration } from '../../src/domain/pipeline';
import type { Utterance } from '../../src/domain/utterance';
import { toJsonLines } from '../../src/platform/storage/json-lines';
import { openObjectStore } from '../../src/platform/storage/object-store';
import { configuration } from '../workflows/mock-activities';
import { aDiscovery, aProposal } from '../support/discovery';

describe("a cycle's begin and end, on the artifact store", () => {
  const store = openObjectStore();
  let folder: string;
  let root: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ciclo-cycle-'));
    root = `${pathToFileURL(folder).href}/`;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const pipeline = (): PipelineConfiguration => ({
    ...configuration,
    gate: { policy: 'accuracy-above' },
    store: { uri: `${root}store/` },
  });
  const cycles = () =>
    createCycleActivities({ store, codeVersion: '0', loadPipeline: () => Promise.resolve(pipeline()) });
  const ingest = () => createIngestActivities({ store });

  const utterance = (id: string, outcome: Utterance['outcome']): Utterance => ({
    id,
    text: `phrase ${id}`,
    language: 'es',
    count: 1,
    firstSeen: null,
    lastSeen: null,
    outcome,
    intent: null,
    confidence: null,
    alternative: null,
  });
  const lines = (name: string, rows: unknown[]): Promise<Artifact> =>
    store.putArtifact(`${root}${name}.jsonl`, toJsonLines(rows), { rows: rows.length, schemaVersion: 1 });

  it('reads every log object once, and one that was replaced again', async () => {
    await store.write(`${root}logs/a.json`, 'first');
    await store.write(`${root}logs/b.json`, 'second');
    await store.write(`${root}logs/empty/`, '').catch(() => undefined);
    const opened = await cycles().openCycle({ pipeline: 'test', trigger: 'manual', runId: 'run-1' });
    assert.equal(opened.number, 1);
    const list = (ledgerUri: string | null) =>
      ingest().listNewLogs({ logsUri: `${root}logs/`, ledgerUri, cycleUri: opened.uri });
    const first = await list(null);
    assert.deepEqual([first.objects.rows, first.newBytes, first.readBefore], [2, 11, 0]);

    const utterances = await lines('utterances', [
      utterance('a', 'missed'),
      utterance('b', 'missed'),
      utterance('c', 'uncertain'),
      utterance('d', 'understood'),
    ]);
    const discovery = aDiscovery({ proposals: [aProposal({ id: 'p-1', name: 'Wifi', memberIds: ['a'] })] });
    const stored = await store.putArtifact(`${root}discovery.json`, JSON.stringify(discovery), {
      rows: 1,
      schemaVersion: 1,
    });
    const decision = { action: 'accept', proposal: 'p-1', author: 'ana', number: 1, at: '' };
    await cycles().completeCycle({
      storeUri: `${root}store/`,
      cycleUri: opened.uri,
      cycle: 1,
      ledgerUri: null,
      objects: first.objects,
      utterances,
      discovery: stored,
      decisions: await lines('decisions', [decision]),
      categoryMapUri: `${root}map.json`,
      goldenSetUri: null,
    });

    await store.write(`${root}logs/b.json`, 'second, replaced');
    const next = await cycles().openCycle({ pipeline: 'test', trigger: 'manual', runId: 'run-2' });
    assert.deepEqual([next.number, next.state.categoryMapUri], [2, `${root}map.json`]);
    const second = await list(next.state.ledgerUri);
    assert.deepEqual([second.objects.rows, second.readBefore], [1, 1]);
    const carriedOver = await store.readText(String(next.state.carriedOverUri));
    assert.deepEqual(
      carriedOver
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as Utterance).id),
      ['b', 'c'],
      'what was neither understood nor decided comes back',
    );
  });

  it('gives a run that is tried again the number that it has', async () => {
    const again = { pipeline: 'test', trigger: 'manual', runId: 'run-1' } as const;
    assert.equal((await cycles().openCycle(again)).number, 1);
    assert.equal((await cycles().openCycle(again)).number, 1);
  });

  it('reads a golden set as spreadsheets save it', async () => {
    const build = async (csv: string) => {
      const goldenSetUri = `${root}golden.csv`;
      await store.write(goldenSetUri, csv);
      const empty = await lines('empty', []);
      const discovery = await store.putArtifact(
        `${root}none.json`,
        JSON.stringify({ proposals: [], enrichments: [] }),
        { rows: 1, schemaVersion: 1 },
      );
      return createDatasetActivities({ store }).buildDataset({
        cycle: 1,
        cycleUri: `${root}cycles/0001/`,
        storeUri: `${root}store/`,
        known: empty,
        discovery,
        utterances: empty,
        decisions: null,
        categoryMapUri: null,
        goldenSetUri,
        parameters: { validationShare: 0.2, goldenShare: 0.2, seed: 1 },
      });
    };
    const built = await build('\uFEFFtext;intent\n"hola; buenas";Saludar\n');
    assert.equal(built.golden.rows, 1);
    const unquoted = await build('text;intent\nhola, buenas;Saludar\n');
    assert.match(await store.readText(unquoted.golden.uri), /"text":"hola, buenas"/);
  });
});
