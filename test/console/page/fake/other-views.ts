import type { Cycle, PreviewComparison, Schedule, Stage, Versions } from '../../../../src/console/api';
import { stageNames } from '../../../../src/domain/cycle';
import type { Fixture } from './fixture';

const counts: Record<string, Record<string, number>> = {
  ingest: { newObjects: 78, newBytes: 412_330 },
  prepare: { accepted: 5_120, quarantined: 31, utterances: 600 },
  discover: { proposals: 6, noise: 59 },
};

function stage(name: Stage['name'], index: number, isFinished: boolean): Stage {
  const state =
    index < 3 || (index === 3 && isFinished)
      ? 'done'
      : index === 3 || (index === 4 && isFinished)
        ? 'running'
        : 'pending';
  const start = Date.parse('2026-11-20T08:50:00.000Z') + index * 60_000;
  return {
    name,
    state,
    startedAt: state === 'pending' ? null : new Date(start).toISOString(),
    finishedAt: state === 'done' ? new Date(start + 42_300).toISOString() : null,
    counts: counts[name] ?? {},
    note: null,
    failure: null,
    reuse: null,
  };
}

const comparison: PreviewComparison = {
  preview: {
    decisions: 4,
    computedInMs: 41,
    fallback: {
      interactions: 5_200,
      missed: 900,
      covered: 500,
      likelyRescued: 430,
      rate: { before: 0.173, after: 0.09 },
    },
    golden: {
      items: 180,
      accuracy: { before: 0.87, after: 0.892 },
      macroF1: { before: 0.861, after: 0.884 },
      changes: [],
      better: 5,
      worse: 1,
      neither: 0,
    },
    intents: [
      { intent: 'ReservarMesa', isNew: false, examples: 24, added: 3, f1: { before: 0.9, after: 0.88 } },
    ],
  },
  actual: {
    items: 190,
    accuracy: { before: 0.868, after: 0.899 },
    macroF1: { before: 0.858, after: 0.889 },
    fallbackRate: { before: 0.17, after: 0.098 },
    intents: [{ intent: 'ReservarMesa', f1: { before: 0.9, after: 0.89 } }],
  },
};

const schedule: Schedule = {
  schedule: {
    paused: false,
    note: null,
    next: ['2026-12-05T11:00:00.000Z', '2026-12-20T11:00:00.000Z'],
    everyDays: 15,
    at: '12:00',
    timeZone: 'Europe/Madrid',
  },
};

const versions: Versions = {
  alias: 'live',
  versions: [
    {
      version: 3,
      state: 'candidate',
      botVersion: '5',
      cycle: 2,
      registeredAt: '2026-11-06T10:00:00.000Z',
      history: [{ state: 'candidate', at: '2026-11-06T10:00:00.000Z' }],
    },
    {
      version: 2,
      state: 'live',
      botVersion: '4',
      cycle: 1,
      registeredAt: '2026-10-22T10:00:00.000Z',
      history: [
        { state: 'candidate', at: '2026-10-22T10:00:00.000Z' },
        { state: 'live', at: '2026-10-22T11:00:00.000Z' },
      ],
    },
    {
      version: 1,
      state: 'retired',
      botVersion: '3',
      cycle: null,
      registeredAt: '2026-09-01T10:00:00.000Z',
      history: [{ state: 'retired', at: '2026-10-22T11:00:00.000Z' }],
    },
  ],
  previous: 1,
  running: null,
};

/** Answers for the views beside the review. */
export const otherViews = {
  cycle({ pipeline, cycle }: Fixture, isFinished: boolean, workerMissing: boolean): Cycle {
    return {
      pipeline,
      cycle,
      trigger: 'schedule',
      state: 'running',
      startedAt: '2026-11-20T08:50:00.000Z',
      stages: stageNames.map((name, index) => stage(name, index, isFinished)),
      waitsForReview: !isFinished,
      waitingForDraftEdits: null,
      result: null,
      hasReport: true,
      links: { cycle: 'http://127.0.0.1:8233/namespaces/default/workflows/retrain%2Fcafe', review: null },
      workerMissing,
    };
  },

  /** @param path below the pipeline */
  answer(path: string, cycle: Cycle): unknown {
    const base = `/cycles/${cycle.cycle}`;
    const answers: Record<string, unknown> = {
      '/cycles': {
        cycles: [3, 2, 1].map((number) => ({
          cycle: number,
          trigger: number === 2 ? 'manual' : 'schedule',
          startedAt: `2026-${number === 3 ? '11-20' : number === 2 ? '11-05' : '10-21'}T08:50:00.000Z`,
          state: number === 3 ? 'running' : 'done',
          outcome: number === 3 ? null : number === 2 ? 'kept' : 'promoted',
          hasReport: true,
        })),
      },
      [base]: cycle,
      [`${base}/preview`]: comparison,
      [`${base}/report`]:
        '<!doctype html><html lang="es"><title>Informe</title><body><h1>Informe</h1><p>Texto del informe.</p></body></html>',
      [`${base}/diff`]: {
        localeId: 'es_ES',
        newIntents: [
          {
            name: 'PreguntarWifi',
            description: 'Wifi del local',
            utterances: ['clave del wifi', 'hay wifi'],
          },
        ],
        removedIntents: [],
        addedUtterances: { ReservarMesa: ['mesa para cuatro', 'mesa junto a la ventana'] },
        removedUtterances: {},
        unchangedIntents: ['Saludar', 'PedirCafe'],
        otherChanges: [],
        toEdit: [{ intent: 'PreguntarWifi', what: 'closing-message', message: 'Gracias por su mensaje.' }],
      },
      '/category-map': {
        version: 2,
        categories: [
          { name: 'PreguntarWifi', origin: 'new', sinceCycle: 2, examples: 34 },
          { name: 'ReservarMesa', origin: 'existing', sinceCycle: 1, examples: 12 },
        ],
        rejected: [
          {
            cycle: 2,
            proposal: 'p-0000000a',
            name: 'Bromas',
            author: 'luis',
            at: '2026-11-06T09:00:00.000Z',
            reason: 'Ruido',
            phrases: 14,
          },
        ],
        history: [
          {
            cycle: 2,
            number: 2,
            at: '2026-11-06T09:00:00.000Z',
            author: 'luis',
            action: 'reject',
            proposals: ['p-0000000a'],
            names: ['CosasSueltas'],
            name: null,
            reason: 'Ruido',
          },
          {
            cycle: 2,
            number: 1,
            at: '2026-11-06T08:58:00.000Z',
            author: 'ana',
            action: 'accept',
            proposals: ['p-00000001'],
            names: ['PedirWifi'],
            name: 'PreguntarWifi',
            reason: null,
          },
        ],
      },
      '/audit': {
        entries: [
          {
            number: 1,
            at: '2026-11-06T09:00:00.000Z',
            author: 'luis',
            text: { en: 'rejected a proposal', es: 'rechazar una propuesta' },
          },
        ],
      },
      '/schedule': schedule,
      '/schedule/pause': { done: true },
      '/schedule/resume': { done: true },
      '/schedule/trigger': { done: true },
      '/versions': versions,
      '/versions/promote': { workflowId: 'promote/cafe/v3', link: null },
      '/versions/rollback': { workflowId: 'rollback/cafe', link: null },
    };
    return answers[path];
  },
};
