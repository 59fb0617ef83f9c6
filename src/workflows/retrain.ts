import {
  ActivityFailure,
  CancellationScope,
  ChildWorkflowFailure,
  ParentClosePolicy,
  defineQuery,
  executeChild,
  isCancellation,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Artifact } from '../domain/artifact';
import {
  promoteWorkflowId,
  reviewWorkflowId,
  type CycleOutcome,
  type CycleResult,
  type CycleStatus,
  type Trigger,
} from '../domain/cycle';
import type { PrepareResult } from '../domain/job';
import type { DecisionEvent } from '../domain/review';
import { CycleProgress } from './cycle-progress';
import { promote } from './promote';
import { review } from './review';
import { jobs, lex, quick, modelQuestions } from './stage-activities';

export interface RetrainInput {
  pipeline: string;
  trigger: Trigger;
}

export const cycleStatusQuery = defineQuery<CycleStatus>('cycleStatus');

/**
 * One cycle: ingest → prepare → discover → review → dataset → train → evaluate → gate → promote → notify.
 * "Kept", "skipped" and the like are results; only what a person must look into fails the workflow.
 */
export async function retrain(input: RetrainInput): Promise<CycleResult> {
  const progress = new CycleProgress(input.pipeline, input.trigger);
  setHandler(cycleStatusQuery, () => progress.status);
  const cycle = await quick.openCycle({
    pipeline: input.pipeline,
    trigger: input.trigger,
    runId: workflowInfo().firstExecutionRunId,
  });
  progress.numbered(cycle.number, (manifest) => quick.recordStage({ cycleUri: cycle.uri, manifest }));
  try {
    const ending = await runStages(input, cycle, progress);
    return await finish(cycle, progress, ending);
  } catch (error) {
    if (!isCancellation(error)) await reportFailure(cycle, progress, error);
    throw error;
  }
}

type OpenCycle = Awaited<ReturnType<typeof quick.openCycle>>;

/** How the stages ended, and what of the cycle is to be kept for the next one. */
interface Ending {
  outcome: CycleOutcome;
  reason: string;
  liveVersionBefore: string | null;
  liveVersionAfter: string | null;
  reportUri: string | null;
  /** Null where the cycle's logs shall count again in the next one. */
  completed: {
    objects: Artifact;
    utterances: Artifact;
    discovery: Artifact;
    events: DecisionEvent[];
    categoryMapUri: string | null;
    goldenSetUri: string | null;
  } | null;
  /** What the gate looked at, where the cycle came so far. */
  comparison?: { evaluation: Artifact; decision: Artifact };
  /** Of a cycle that was skipped although there were new logs. */
  interactions?: { found: number; needed: number };
}

async function runStages(input: RetrainInput, cycle: OpenCycle, progress: CycleProgress): Promise<Ending> {
  const { configuration, state } = cycle;

  const objects = await progress.stage('ingest', async () => {
    const found = await quick.listNewLogs({
      logsUri: configuration.logs.uri,
      ledgerUri: state.ledgerUri,
      cycleUri: cycle.uri,
    });
    return {
      value: found.objects,
      counts: { newObjects: found.objects.rows, newBytes: found.newBytes, readBefore: found.readBefore },
      inputs: { logs: configuration.logs.uri, ledger: state.ledgerUri },
      outputs: { objects: found.objects },
    };
  });
  if (objects.rows === 0) return skipped('No new log objects since the last completed cycle.');

  const prepared = await progress.stage('prepare', async () => {
    const parameters = {
      localeId: configuration.target.localeId,
      lowConfidence: configuration.prepare.lowConfidence,
    };
    const result = await jobs.prepareUtterances({
      pipeline: input.pipeline,
      cycle: cycle.number,
      cycleUri: cycle.uri,
      engine: configuration.prepare.engine,
      batch: configuration.engines.batch,
      objectsUri: objects.uri,
      carriedOverUri: state.carriedOverUri,
      parameters,
    });
    return {
      value: result,
      counts: prepareCounts(result),
      inputs: { objects, carriedOver: state.carriedOverUri },
      parameters: { ...parameters, engine: configuration.prepare.engine },
      outputs: { utterances: result.utterances, quarantine: result.quarantine },
    };
  });
  if (prepared.records.accepted < configuration.ingest.minimumNewInteractions) {
    const interactions = {
      found: prepared.records.accepted,
      needed: configuration.ingest.minimumNewInteractions,
    };
    return {
      ...skipped(
        `Only ${interactions.found} new interactions; the pipeline waits for ${interactions.needed}. They count again in the next cycle.`,
      ),
      interactions,
    };
  }

  const { bot, draft, discovered } = await progress.stage('discover', async () => {
    const parameters = {
      embedder: configuration.discover.embedder,
      language: configuration.target.localeId.slice(0, 2),
      minimumSize: configuration.discover.minimumSize,
      seed: configuration.discover.seed,
    };
    const bot = await lex.resolveBot({ target: configuration.target });
    const draft = await lex.readBotDraft({ bot, outputUri: `${cycle.uri}draft/` });
    const discovered = await jobs.discoverCategories({
      pipeline: input.pipeline,
      cycle: cycle.number,
      cycleUri: cycle.uri,
      engine: configuration.discover.engine,
      batch: configuration.engines.batch,
      utterancesUri: prepared.utterances.uri,
      knownUri: draft.known.uri,
      categoryMapUri: state.categoryMapUri,
      parameters,
    });
    return {
      value: { bot, draft, discovered },
      counts: { ...discovered.counts, proposals: discovered.proposals },
      inputs: { utterances: prepared.utterances, known: draft.known, categoryMap: state.categoryMapUri },
      parameters: { ...parameters, engine: configuration.discover.engine },
      outputs: { draft: draft.archive, discovery: discovered.discovery },
    };
  });

  const decided = await progress.stage('review', async () => {
    const opened = await quick.openReview({ discovery: discovered.discovery, known: draft.known });
    if (opened.proposals.length === 0) {
      return { value: { outcome: 'finished' as const, events: [] }, note: 'There was nothing to decide.' };
    }
    const workflowId = reviewWorkflowId(input.pipeline, cycle.number);
    progress.waitFor(workflowId);
    const result = await executeChild(review, {
      workflowId,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      staticSummary: `Review of ${opened.proposals.length} proposals for ${input.pipeline}, cycle ${cycle.number}`,
      args: [
        {
          pipeline: input.pipeline,
          cycle: cycle.number,
          language: configuration.language,
          topicArn: configuration.notify.topicArn,
          cycleUri: cycle.uri,
          proposals: opened.proposals,
          existingIntents: opened.existingIntents,
          discovery: discovered.discovery,
          utterances: prepared.utterances,
          configuration: configuration.review,
        },
      ],
    });
    progress.waitFor(null);
    return {
      value: result,
      counts: { proposals: opened.proposals.length, decisions: result.events.length },
      note: result.outcome === 'finished' ? undefined : 'The deadline passed before the review was finished.',
    };
  });

  if (decided.outcome === 'deadline-abandon') {
    return {
      ...skipped('Nobody finished the review before its deadline; the logs count again in the next cycle.'),
      outcome: 'abandoned',
      liveVersionBefore: bot.liveVersion,
      liveVersionAfter: bot.liveVersion,
    };
  }

  const dataset = await progress.stage('dataset', async () => {
    const built = await quick.buildDataset({
      cycle: cycle.number,
      cycleUri: cycle.uri,
      storeUri: configuration.store.uri,
      known: draft.known,
      discovery: discovered.discovery,
      utterances: prepared.utterances,
      events: decided.events,
      categoryMapUri: state.categoryMapUri,
      goldenSetUri: state.goldenSetUri ?? configuration.dataset.goldenSetUri,
      parameters: configuration.dataset,
    });
    return {
      value: built,
      counts: built.counts,
      inputs: { discovery: discovered.discovery, known: draft.known, utterances: prepared.utterances },
      parameters: { ...configuration.dataset },
      outputs: {
        categoryMap: built.categoryMap,
        dataset: built.dataset,
        items: built.items,
        golden: built.golden,
      },
    };
  });

  const completed = {
    objects,
    utterances: prepared.utterances,
    discovery: discovered.discovery,
    events: decided.events,
    categoryMapUri: dataset.categoryMap.uri,
    goldenSetUri: dataset.golden.uri,
  };
  const unchanged = { liveVersionBefore: bot.liveVersion, liveVersionAfter: bot.liveVersion };
  if (dataset.trainingUtterances === 0) {
    return {
      outcome: 'nothing-to-learn',
      reason: 'No accepted proposal gave the bot a phrase that it did not have.',
      ...unchanged,
      reportUri: null,
      completed: { ...completed, goldenSetUri: state.goldenSetUri },
    };
  }

  const challenger = await progress.stage('train', async () => {
    const runName = `ciclo ${input.pipeline} cycle ${cycle.number} ${workflowInfo().firstExecutionRunId}`;
    // The review may have taken weeks: what was edited in the console meanwhile is kept.
    const current = await lex.readBotDraft({ bot, outputUri: `${cycle.uri}train/` });
    const archive = await lex.writeChallengerArchive({
      draft: current.archive,
      dataset: dataset.dataset,
      localeId: bot.localeId,
      outputUri: `${cycle.uri}train/`,
    });
    progress.note('train', 'Importing the archive into DRAFT.');
    await lex.importBotArchive({ bot, archive: archive.archive, runName });
    progress.note('train', 'Building the locale.');
    await lex.buildBotLocale({ bot, runName });
    progress.note('train', 'Making a version.');
    const { version } = await lex.createBotVersion({ bot, description: runName });
    const { modelVersion } = await quick.registerChallenger({
      pipeline: input.pipeline,
      storeUri: configuration.store.uri,
      cycle: cycle.number,
      bot,
      championVersion: bot.liveVersion,
      challengerVersion: version,
      archive: archive.archive,
      dataset: dataset.dataset,
    });
    return {
      value: { version, modelVersion, diff: archive.diff },
      counts: { addedUtterances: archive.addedUtterances, newIntents: archive.newIntents },
      note: `Bot version ${version} is model v${modelVersion}.`,
      inputs: { draft: current.archive, dataset: dataset.dataset },
      outputs: { archive: archive.archive, diff: archive.diff },
    };
  });

  const evaluation = await progress.stage('evaluate', async () => {
    const aliases = await lex.pointEvaluationAliases({
      bot,
      championVersion: bot.liveVersion,
      challengerVersion: challenger.version,
    });
    const ask = (model: 'champion' | 'challenger', aliasId: string) =>
      modelQuestions.askModel({
        bot,
        aliasId,
        items: dataset.items,
        model,
        concurrency: configuration.evaluate.concurrency,
        outputUri: `${cycle.uri}evaluate/${model}/`,
      });
    const [champion, challenged] = await Promise.all([
      ask('champion', aliases.championAliasId),
      ask('challenger', aliases.challengerAliasId),
    ]);
    const compared = await quick.compareModels({
      pipeline: input.pipeline,
      cycle: cycle.number,
      cycleUri: cycle.uri,
      items: dataset.items,
      champion: { version: bot.liveVersion, predictions: champion.predictions },
      challenger: { version: challenger.version, predictions: challenged.predictions },
      newIntents: dataset.newIntents,
      resamples: configuration.evaluate.resamples,
      seed: configuration.evaluate.seed,
    });
    return {
      value: compared.evaluation,
      counts: { items: dataset.items.rows, unanswered: champion.unanswered + challenged.unanswered },
      note: compared.note,
      inputs: { items: dataset.items },
      parameters: { ...configuration.evaluate },
      outputs: {
        champion: champion.predictions,
        challenger: challenged.predictions,
        evaluation: compared.evaluation,
      },
    };
  });

  const verdict = await progress.stage('gate', async () => {
    const decision = await quick.decideGate({
      cycleUri: cycle.uri,
      evaluation,
      gate: configuration.gate,
      storeUri: configuration.store.uri,
      modelVersion: challenger.modelVersion,
    });
    return {
      value: decision,
      note: decision.reason,
      inputs: { evaluation },
      parameters: { ...configuration.gate },
      outputs: { decision: decision.decision },
    };
  });

  const writeReport = (liveVersion: string) =>
    quick.writeReport({
      cycleUri: cycle.uri,
      storeUri: configuration.store.uri,
      language: configuration.language,
      status: progress.status,
      liveVersion,
      modelVersion: challenger.modelVersion,
      evaluation,
      decision: verdict.decision,
      diff: challenger.diff,
      discovery: discovered.discovery,
      records: prepareCounts(prepared),
      dataset: dataset.counts,
      leftOut: dataset.leftOut,
    });
  const comparison = { evaluation, decision: verdict.decision };

  if (verdict.verdict !== 'promote') {
    const outcome = verdict.verdict === 'keep' ? 'kept' : 'not-enough-evidence';
    const report = await writeReport(bot.liveVersion);
    return { outcome, reason: verdict.reason, ...unchanged, reportUri: report.uri, completed, comparison };
  }

  await progress.stage('promote', async () => {
    await executeChild(promote, {
      workflowId: promoteWorkflowId(input.pipeline, challenger.modelVersion),
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      staticSummary: `Bot version ${challenger.version} goes live for ${input.pipeline}`,
      args: [{ pipeline: input.pipeline, modelVersion: challenger.modelVersion }],
    });
    return {
      value: undefined,
      note: `Alias ${bot.aliasName}: version ${bot.liveVersion} → ${challenger.version}.`,
    };
  });
  const report = await writeReport(challenger.version);
  return {
    outcome: 'promoted',
    reason: verdict.reason,
    liveVersionBefore: bot.liveVersion,
    liveVersionAfter: challenger.version,
    reportUri: report.uri,
    completed,
    comparison,
  };
}

/** The cycle's last steps, the same for every ending: tell people, and remember where the next one starts. */
async function finish(cycle: OpenCycle, progress: CycleProgress, ending: Ending): Promise<CycleResult> {
  const { completed, comparison, interactions, ...about } = ending;
  const result: CycleResult = { pipeline: cycle.configuration.name, cycle: cycle.number, ...about };
  if (completed) {
    await quick.completeCycle({
      storeUri: cycle.configuration.store.uri,
      cycleUri: cycle.uri,
      cycle: cycle.number,
      ledgerUri: cycle.state.ledgerUri,
      ...completed,
    });
  }
  await progress.stage('notify', async () => {
    await quick.notify({
      kind: 'cycle-finished',
      pipeline: cycle.configuration.name,
      cycle: cycle.number,
      language: cycle.configuration.language,
      topicArn: cycle.configuration.notify.topicArn,
      cycleUri: cycle.uri,
      result,
      comparison: comparison ?? null,
      interactions: interactions ?? null,
    });
    return { value: undefined };
  });
  return progress.finish(result);
}

/** Tells people that the cycle failed; the failure itself goes on, so that the schedule can pause. */
async function reportFailure(cycle: OpenCycle, progress: CycleProgress, error: unknown): Promise<void> {
  const failed = progress.status.stages.find((stage) => stage.state === 'failed');
  const message = rootMessage(error);
  if (failed) progress.note(failed.name, message);
  try {
    await CancellationScope.nonCancellable(() =>
      quick.notify({
        kind: 'failed',
        pipeline: cycle.configuration.name,
        cycle: cycle.number,
        language: cycle.configuration.language,
        topicArn: cycle.configuration.notify.topicArn,
        cycleUri: cycle.uri,
        stage: failed?.name ?? 'ingest',
        message,
      }),
    );
  } catch (notifyError) {
    log.error('The failure could not be notified.', { notifyError: rootMessage(notifyError) });
  }
}

function rootMessage(error: unknown): string {
  let cause = error;
  while ((cause instanceof ActivityFailure || cause instanceof ChildWorkflowFailure) && cause.cause)
    cause = cause.cause;
  return cause instanceof Error ? cause.message : String(cause);
}

function skipped(reason: string): Ending {
  return {
    outcome: 'skipped',
    reason,
    liveVersionBefore: null,
    liveVersionAfter: null,
    reportUri: null,
    completed: null,
  };
}

function prepareCounts(result: PrepareResult): Record<string, number> {
  const sum = (counts: Record<string, number>) =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  return {
    records: result.records.in,
    accepted: result.records.accepted,
    quarantined: result.records.quarantined,
    understood: result.interactions.understood,
    uncertain: result.interactions.uncertain,
    missed: result.interactions.missed,
    leftOut: sum(result.interactions.leftOutByReason),
    redacted: sum(result.redacted),
    utterances: result.utterances.rows,
  };
}
