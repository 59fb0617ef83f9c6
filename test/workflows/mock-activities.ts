import type { createActivities } from '../../src/activities';
import type { Artifact } from '../../src/domain/artifact';
import type { DecisionParts, ReviewProposal } from '../../src/domain/review';

export type Activities = ReturnType<typeof createActivities>;

/** An artifact that nobody reads. */
export function artifact(name: string, rows = 1): Artifact {
  return { uri: `s3://test/${name}`, sha256: '0'.repeat(64), bytes: 1, rows, schemaVersion: 1 };
}

/** The artifact that all decisions of a review are stored as. */
function storedDecisions({ stored, since }: DecisionParts): Artifact | null {
  const rows = (stored?.rows ?? 0) + since.length;
  return rows === 0 ? null : artifact(`decisions-${rows}`, rows);
}

export const proposals: ReviewProposal[] = [
  { id: 'p-1', kind: 'new-intent', name: 'PreguntarWifi', size: 10, interactions: 100, nearestIntent: null },
  { id: 'e-Saludar', kind: 'new-examples', name: 'Saludar', size: 5, interactions: 40, nearestIntent: null },
];

export const configuration = {
  name: 'test',
  description: '',
  language: 'es',
  target: { kind: 'lex', bot: 'TestBot', alias: 'live', localeId: 'es_ES', consoleEdits: 'refuse' },
  logs: { uri: 's3://test/logs/' },
  store: { uri: 's3://test/store/' },
  schedule: {
    everyDays: 15,
    at: '12:00',
    timeZone: 'Europe/Madrid',
    catchupWindowHours: 24,
    pauseOnFailure: true,
  },
  ingest: { minimumNewInteractions: 100 },
  prepare: { engine: 'worker', lowConfidence: 0.6 },
  discover: { engine: 'worker', embedder: 'lexical', minimumSize: 5, seed: 1 },
  review: { remindEveryHours: 72, deadlineHours: 504, onDeadline: 'proceed-without-new-categories' },
  dataset: { goldenSetUri: 's3://test/golden.csv', validationShare: 0.2, goldenShare: 0.2, seed: 1 },
  evaluate: { concurrency: 2, resamples: 100, seed: 1 },
  gate: { policy: 'accuracy-above' },
  promote: { smokeTestUtterances: 5 },
  watch: {
    hours: 24,
    everyMinutes: 15,
    baselineDays: 14,
    significance: 0.05,
    missedTolerance: 0.03,
    errorTolerance: 0.01,
    minimumRequests: 100,
  },
  notify: { topicArn: 'arn:aws:sns:eu-west-1:000000000000:test' },
  engines: { batch: null },
} as const;

export const bot = {
  botId: 'BOTBOTBOT1',
  botName: 'TestBot',
  aliasId: 'ALIASALIA1',
  aliasName: 'live',
  localeId: 'es_ES',
  liveVersion: '1',
};

/** What the dataset's activity answers when the bot knows everything already. */
export const nothingToTrain = {
  categoryMap: artifact('map'),
  dataset: artifact('dataset'),
  items: artifact('items', 100),
  golden: artifact('golden', 90),
  trainingUtterances: 0,
  newIntents: [],
  counts: {},
  leftOut: {},
};

export const promotionPlan = {
  target: configuration.target,
  storeUri: configuration.store.uri,
  botVersion: '2',
  smokeTestUtterances: 5,
  items: artifact('items', 100),
  predictions: artifact('predictions', 100),
  watch: configuration.watch,
  liveModelVersion: 1,
  cycle: 1,
  cycleUri: 's3://test/store/cycles/0001/',
  language: configuration.language,
  topicArn: configuration.notify.topicArn,
};

/**
 * Activities of a cycle in which all goes well, each noting its name.
 * @param overrides what goes differently in a test
 */
export function mockActivities(
  overrides: { [Name in keyof Activities]?: (input: never) => Promise<unknown> } = {},
) {
  const calls: { name: string; input: Record<string, unknown> }[] = [];
  const answers: Partial<Record<keyof Activities, (input: never) => unknown>> = {
    openCycle: ({ pipeline }: { pipeline: string }) => ({
      number: 1,
      uri: 's3://test/store/cycles/0001/',
      configuration: { ...configuration, name: pipeline },
      brokenOffPromotion: null,
      state: { ledgerUri: null, categoryMapUri: null, carriedOverUri: null, goldenSetUri: null },
    }),
    listNewLogs: () => ({ objects: artifact('objects', 3), newBytes: 300, readBefore: 0 }),
    prepareUtterances: () => ({
      records: { in: 1010, accepted: 1000, quarantined: 10, quarantinedByReason: { 'not-json': 10 } },
      interactions: { understood: 700, uncertain: 50, missed: 200, leftOutByReason: { 'mid-dialogue': 50 } },
      redacted: { PHONE: 3 },
      utterances: artifact('utterances', 200),
      quarantine: artifact('quarantine', 10),
    }),
    resolveBot: () => bot,
    readBotDraft: () => ({
      archive: artifact('draft'),
      known: artifact('known', 50),
      intents: 5,
      utterances: 50,
    }),
    discoverCategories: () => ({
      discovery: artifact('discovery'),
      counts: { utterances: 200, assignedToIntents: 50, inProposals: 100, noise: 50, previouslyRejected: 0 },
      proposals: 1,
    }),
    openReview: () => ({ proposals, existingIntents: ['Saludar', 'PedirCafe'], leftOut: 0 }),
    resolveSplit: ({ decisions }: { decisions: DecisionParts }) => ({
      interactions: 7,
      decisions: storedDecisions(decisions),
    }),
    storeDecisions: ({ decisions }: { decisions: DecisionParts }) => storedDecisions(decisions),
    buildDataset: () => ({
      categoryMap: artifact('map'),
      dataset: artifact('dataset'),
      items: artifact('items', 100),
      golden: artifact('golden', 90),
      trainingUtterances: 40,
      newIntents: ['PreguntarWifi'],
      counts: { training: 40 },
      leftOut: {},
    }),
    writeChallengerArchive: () => ({
      archive: artifact('archive'),
      diff: artifact('diff'),
      addedUtterances: 40,
      newIntents: 1,
    }),
    writeCsvArchive: () => ({
      archive: artifact('archive'),
      diff: artifact('diff'),
      evidence: artifact('evidence', 2),
      leftOut: artifact('left-out', 1),
      addedUtterances: 3,
    }),
    importBotArchive: () => ({
      importId: 'IMPORT1',
      intents: 5,
      builtBeforeMs: 0,
      folderUri: 's3://test/store/cycles/0001/train/',
    }),
    buildBotLocale: () => undefined,
    createBotVersion: () => ({ version: '2' }),
    registerChallenger: () => ({ modelVersion: 2 }),
    pointEvaluationAliases: () => ({ championAliasId: 'CHAMPION01', challengerAliasId: 'CHALLENGE1' }),
    askModel: () => ({ predictions: artifact('predictions', 100), answered: 100, unanswered: 0 }),
    compareModels: () => ({ evaluation: artifact('evaluation'), note: { en: 'Better.', es: 'Mejor.' } }),
    decideGate: () => ({
      verdict: 'promote',
      reason: { en: 'It is better.', es: 'Es mejor.' },
      decision: artifact('decision'),
    }),
    writeReport: () => artifact('report'),
    // Without a watch, which would outlive the test.
    planPromotion: () => ({ ...promotionPlan, watch: undefined }),
    approveModel: () => undefined,
    withdrawApproval: () => undefined,
    saveAlias: () => ({ snapshot: artifact('snapshot'), previousVersion: '1' }),
    findSavedAlias: () => ({ snapshot: artifact('snapshot'), previousVersion: '1' }),
    switchAlias: () => undefined,
    restoreAlias: () => undefined,
    smokeTest: () => ({ asked: 5, agreed: 5 }),
    markModelLive: () => undefined,
    planRollback: () => ({
      target: configuration.target,
      storeUri: configuration.store.uri,
      fromModelVersion: 2,
      toModelVersion: 1,
      botVersion: '1',
      cycle: 1,
      cycleUri: 's3://test/store/cycles/0001/',
      language: 'es',
      topicArn: configuration.notify.topicArn,
    }),
    findStageResult: () => ({
      fromCycle: null,
      explanation: { en: 'Ran.', es: 'Se ejecutó.' },
      value: undefined,
    }),
    compareDraft: () => ({ edits: null, untried: null }),
    noteDraft: () => undefined,
    readBaseline: () => ({
      requests: 0,
      missed: 0,
      errors: 0,
      from: '2026-11-01T00:00:00.000Z',
      until: '2026-11-15T00:00:00.000Z',
      dispersion: { missed: 1, errors: 1 },
    }),
    readTraffic: () => ({ liveVersion: '2', traffic: { requests: 0, missed: 0, errors: 0 } }),
    recordWatch: () => undefined,
    recordStage: () => undefined,
    keepStatus: () => undefined,
    completeCycle: () => undefined,
    recordAudit: () => null,
    notify: () => undefined,
  };
  const activities = Object.fromEntries(
    Object.keys(answers).map((name) => [
      name,
      async (input: Record<string, unknown>) => {
        calls.push({ name, input });
        const answer = overrides[name as keyof Activities] ?? answers[name as keyof Activities];
        return await (answer as (given: unknown) => unknown)(input);
      },
    ]),
  );
  return {
    activities,
    calls,
    /** Names of the activities in the order in which they were called, without what keeps the books of stages. */
    names: () =>
      calls
        .map((call) => call.name)
        .filter(
          (name) =>
            ![
              'recordStage',
              'findStageResult',
              'compareDraft',
              'noteDraft',
              'recordAudit',
              'storeDecisions',
              'keepStatus',
            ].includes(name),
        ),
    /** The decisions that were stored, in order. */
    decisions: () =>
      calls
        .filter((call) => ['storeDecisions', 'resolveSplit'].includes(call.name))
        .flatMap((call) => (call.input['decisions'] as DecisionParts).since),
    /** The stages that left a manifest. */
    manifests: () =>
      calls
        .filter((call) => call.name === 'recordStage')
        .map((call) => (call.input['manifest'] as { stage: string }).stage),
    notifications: () =>
      calls.filter((call) => call.name === 'notify').map((call) => String(call.input['kind'])),
  };
}
