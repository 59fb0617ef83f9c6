import assert from 'node:assert/strict';
import { check } from './check';
import type { Records, Truth } from './records';
import { soundRecords } from './sound-records';

/** What one thing that went wrong leaves in the servers' records, and the check that has to see it. */
const faults: [fault: string, seenBy: string, spoil: (records: Records, truth: Truth) => void][] = [
  [
    'a second import',
    'imports started: 1',
    ({ journal }) => journal.push({ ...journal[0]!, keys: { importId: 'IMPORT-1B' } }),
  ],
  ['no import', 'imports started: 1', ({ journal }) => journal.splice(0, 1)],
  ['an import that failed', 'the import succeeded', ({ lex }) => (lex.imports[0]!.status = 'Failed')],
  ['a second build', 'builds started: 1', ({ journal }) => journal.push({ ...journal[1]! })],
  [
    'a second version',
    'versions of the run: 1',
    ({ lex }) => lex.versions.push({ ...lex.versions[1]!, version: '9' }),
  ],
  [
    'a version that nobody ordered',
    'no other version was made',
    ({ lex }) => lex.versions.push({ version: '9', description: 'who?', status: 'Available' }),
  ],
  ['a second switch', 'switches of the live alias: 1', ({ journal }) => journal.push({ ...journal[3]! })],
  [
    'an alias that went back and forth',
    'the alias went through the promoted versions',
    ({ lex }) => lex.liveAlias.history.push('2', '3'),
  ],
  [
    'an alias on the old version',
    'the registry agrees with the alias',
    ({ lex }) => (lex.liveAlias.version = '2'),
  ],
  ['a DRAFT that is not built', 'DRAFT is built', ({ lex }) => (lex.localeStatus = 'NotBuilt')],
  [
    'a message told twice',
    'one cycle-finished message',
    ({ messages }) => messages.push({ ...messages[1]! }),
  ],
  ['a message not told', 'one waiting-0 message', ({ messages }) => messages.splice(0, 1)],
  [
    'news of a failure',
    'no other message',
    ({ messages }) => messages.push({ ...messages[0]!, attributes: { notificationId: 'chaos/0001/failed' } }),
  ],
  ['a cycle that failed', 'the cycle completed', ({ workflows }) => (workflows[0]!.status = 'FAILED')],
  ['a cycle that goes on', 'the cycle completed', (_, truth) => (truth.cycles[1]!.ended = false)],
  [
    'a cycle that skipped its logs',
    'the outcome is right',
    ({ workflows }) => (workflows[0]!.result!.outcome = 'skipped'),
  ],
  [
    'a second cycle at once',
    'nothing else ran',
    ({ workflows }) => workflows.push({ ...workflows[0]!, runId: 'run-x' }),
  ],
  [
    'a review that ran twice',
    'review ran once',
    ({ workflows }) => workflows.push({ ...workflows[1]!, runId: 'x' }),
  ],
  [
    'a review of nothing',
    'review ran never',
    ({ store }) => {
      const reviewed = store.manifests.find(({ cycle, stage }) => cycle === 1 && stage === 'review')!;
      reviewed.manifest.counts = { proposals: 0 };
    },
  ],
  [
    'a live model that nobody watches',
    'watch ran once and goes on',
    ({ workflows }) => (workflows[7]!.status = 'COMPLETED'),
  ],
  [
    'a watch over a model that was replaced',
    'watch ran once',
    ({ workflows }) => (workflows[3]!.status = 'RUNNING'),
  ],
  ['a promotion that failed', 'promote ran once', ({ workflows }) => (workflows[2]!.status = 'FAILED')],
  ['a job that succeeded twice', 'one prepare job succeeded', ({ jobs }) => (jobs[0]!.status = 'SUCCEEDED')],
  ['a job that never succeeded', 'one discover job succeeded', ({ jobs }) => (jobs[2]!.status = 'FAILED')],
  [
    'a job that still runs in Batch',
    'no job is left in Batch',
    ({ jobs }) => jobs.push({ name: 'ciclo-chaos-0002-discover-2', status: 'RUNNING' }),
  ],
  [
    'a job’s process that still runs',
    'no process of a job is left',
    ({ jobProcesses }) => jobProcesses.push(4711),
  ],
  [
    'a record that was lost',
    'prepare read every record',
    ({ store }) => (store.manifests[1]!.manifest.counts['records'] = 39),
  ],
  [
    'a record neither accepted nor in quarantine',
    'records = accepted + quarantined',
    ({ store }) => (store.manifests[1]!.manifest.counts['accepted'] = 37),
  ],
  [
    'an utterance that discover did not see',
    'discover saw every utterance',
    ({ store }) => (store.manifests[2]!.manifest.counts['utterances'] = 17),
  ],
  [
    'an example that fell out of the data set',
    'accepted examples = training + validation + golden + left out',
    ({ store }) => (store.manifests[4]!.manifest.counts['training'] = 7),
  ],
  [
    'an item that was not asked',
    'both versions were asked every item',
    ({ store }) => (store.manifests[6]!.manifest.counts['items'] = 34),
  ],
  [
    'a golden set that was lost',
    'the golden set is the last cycle’s',
    ({ store }) => (store.manifests[14]!.manifest.counts['goldenBefore'] = 30),
  ],
  [
    'a stage without its manifest',
    'every stage left its manifest',
    ({ store }) => store.manifests.splice(5, 1),
  ],
  [
    'an artifact with other content',
    'artifacts are whole',
    ({ store }) => store.damaged.push({ uri: 's3://chaos/x', problem: 'other content' }),
  ],
  [
    'a document cut short',
    'nothing is half written',
    ({ store }) => store.halfWritten.push('s3://chaos/x.json'),
  ],
  ['a log object that was never read', 'every log object was read once', ({ store }) => store.ledger.pop()],
  [
    'a log object that was read twice',
    'every log object was read once',
    ({ store }) => store.ledger.push(store.ledger[0]!),
  ],
  [
    'a state of before',
    'the state names the last cycle',
    ({ store }) => (store.state = { lastCompletedCycle: 1 }),
  ],
  [
    'two live models',
    'the registry’s live model is the last promoted',
    ({ store }) => (store.models[1]!.state = 'live'),
  ],
  [
    'a pointer to the model before',
    'the registry’s live model is the last promoted',
    ({ store }) => (store.latest = 2),
  ],
  [
    'a model half promoted',
    'no model is left half promoted',
    ({ store }) => (store.models[1]!.state = 'approved'),
  ],
  [
    'a model that was registered twice',
    'the cycle registered one model',
    ({ store }) => store.models.push({ ...store.models[1]!, version: 9 }),
  ],
];

describe('the check of the servers’ records', () => {
  it('finds nothing where nothing is wrong', () => {
    const { records, truth } = soundRecords();
    assert.deepEqual(check(records, truth), []);
  });

  for (const [fault, seenBy, spoil] of faults) {
    it(`sees ${fault}`, () => {
      const { records, truth } = soundRecords();
      spoil(records, truth);
      const seen = check(records, truth).map((violation) => violation.check);
      assert.ok(seen.includes(seenBy), `seen: ${seen.join(', ') || 'nothing'}`);
    });
  }
});
