import type { StageName } from '../../src/domain/cycle';
import type { Records, Truth } from './records';

const cycleMs = 10_000;

/** What the servers hold after two sound cycles that both promoted: the second on Batch. */
export function soundRecords(): { records: Records; truth: Truth } {
  const truth: Truth = { cycles: [], logs: new Map() };
  const records: Records = {
    workflows: [],
    lex: {
      versions: [{ version: '1', description: null, status: 'Available' }],
      liveAlias: { id: 'LIVEALIAS0', version: '3', status: 'Available', history: ['1', '2', '3'] },
      localeStatus: 'Built',
      imports: [],
    },
    journal: [],
    messages: [],
    jobs: [
      { name: 'ciclo-chaos-0002-prepare', status: 'FAILED' },
      { name: 'ciclo-chaos-0002-prepare-2', status: 'SUCCEEDED' },
      { name: 'ciclo-chaos-0002-discover', status: 'SUCCEEDED' },
    ],
    store: {
      state: { lastCompletedCycle: 2 },
      ledger: [],
      logs: [],
      manifests: [],
      damaged: [],
      halfWritten: [],
      models: [{ version: 1, cycle: null, botVersion: '1', state: 'retired' }],
      latest: 3,
    },
    jobProcesses: [],
  };
  let golden = 30;
  for (const number of [1, 2]) {
    const runId = `run-${number}`;
    const startedMs = number * cycleMs;
    const endedMs = startedMs + cycleMs - 1;
    const botVersion = String(number + 1);
    truth.cycles.push({ number, runId, startedMs, endedMs, ended: true });
    truth.logs.set(number, { records: 40, broken: 2, objects: 1 });
    const workflow = (workflowId: string, type: string, id: string) =>
      records.workflows.push({
        workflowId,
        runId: id,
        type,
        status: 'COMPLETED',
        startedMs,
        closedMs: endedMs,
        stages: [],
        result: null,
      });
    workflow('retrain/chaos', 'retrain', runId);
    Object.assign(records.workflows.at(-1)!, {
      stages: [{ stage: 'dataset', atMs: startedMs + 1 }],
      result: {
        pipeline: 'chaos',
        cycle: number,
        outcome: 'promoted',
        reason: 'Better.',
        liveVersionBefore: String(number),
        liveVersionAfter: botVersion,
        reportUri: null,
      },
    });
    workflow(`review/chaos/000${number}`, 'review', `review-${number}`);
    workflow(`promote/chaos/v${number + 1}`, 'promote', `promote-${number}`);
    workflow(`watch/chaos/v${number + 1}`, 'watchPromotion', `watch-${number}`);
    if (number === 2) Object.assign(records.workflows.at(-1)!, { status: 'RUNNING', closedMs: null });
    records.lex.versions.push({
      version: botVersion,
      description: `ciclo chaos cycle ${number} ${runId}`,
      status: 'Available',
    });
    records.lex.imports.push({ id: `IMPORT-${number}`, status: 'Completed' });
    const request = (operation: string, keys: Record<string, string>) =>
      records.journal.push({
        at: new Date(startedMs + 5).toISOString(),
        service: 'Lex Models V2',
        operation,
        status: 202,
        keys,
      });
    request('StartImport', { importId: `IMPORT-${number}` });
    request('BuildBotLocale', { botVersion: 'DRAFT' });
    request('CreateBotVersion', { botVersion });
    request('UpdateBotAlias', { botAliasId: 'LIVEALIAS0', botVersion });
    for (const kind of ['waiting-0', 'cycle-finished'])
      records.messages.push({
        messageId: `${number}-${kind}`,
        topicArn: 'arn:aws:sns:eu-west-1:000000000000:chaos.fifo',
        subject: kind,
        message: kind,
        attributes: { notificationId: `chaos/000${number}/${kind}` },
        publishedAt: new Date(endedMs).toISOString(),
      });
    records.store.logs.push(`s3://chaos/logs/${number}`);
    records.store.ledger.push(`s3://chaos/logs/${number}`);
    records.store.models.push({
      version: number + 1,
      cycle: number,
      botVersion,
      state: number === 2 ? 'live' : 'retired',
    });
    const counts: Record<StageName, Record<string, number>> = {
      ingest: { newObjects: 1 },
      prepare: {
        records: 40,
        accepted: 38,
        quarantined: 2,
        understood: 6,
        uncertain: 0,
        missed: 31,
        leftOut: 1,
        utterances: 18,
      },
      discover: { utterances: 18, assignedToIntents: 2, inProposals: 14, noise: 2 },
      review: { proposals: 1 },
      dataset: {
        accepted: 14,
        training: 8,
        validation: 3,
        goldenAdded: 2,
        leftOut: 1,
        goldenBefore: golden,
        setAside: 0,
        golden: golden + 2,
      },
      train: {},
      evaluate: { items: golden + 2 + 3 },
      gate: {},
      promote: {},
      notify: {},
    };
    golden += 2;
    for (const [stage, its] of Object.entries(counts))
      records.store.manifests.push({
        cycle: number,
        stage: stage as StageName,
        manifest: {
          schemaVersion: 1,
          stage: stage as StageName,
          codeVersion: '0',
          startedAt: '',
          finishedAt: '',
          durationMs: 0,
          counts: its,
          inputs: {},
          parameters: { engine: number === 2 ? 'batch' : 'worker' },
          outputs: {},
          reuse: null,
        },
      });
  }
  return { records, truth };
}
