import { z } from 'zod';
import type { CycleStatus } from '../../../domain/cycle';
import { reviewWorkflowId, retrainWorkflowId } from '../../../domain/cycle';
import { NotFoundError } from '../../../domain/errors';
import type { PipelineConfiguration } from '../../../domain/pipeline';
import { keepDraftEdits } from '../../../operations/cycles';
import { lastCycle } from '../../../operations/pipeline-status';
import { reviewState } from '../../../operations/reviews';
import { readCycleStatus } from '../../../platform/registry/cycle-status';
import { cycleUri, listCycles, type CycleRecord } from '../../../platform/registry/cycles';
import { readCycle } from '../../../platform/registry/past-cycle';
import {
  cycleParameters,
  cycleSchema,
  cyclesSchema,
  doneSchema,
  pipelineParameters,
  pipelinesSchema,
  type Cycle,
  type CycleSummary,
} from '../../api';
import { workflowLink, type ConsoleServer, type RouteContext } from '../context';
import { readKnownPipeline } from '../pipelines';

export function addCycleRoutes(server: ConsoleServer, context: RouteContext): void {
  const { client, store, pipelines } = context;

  server.get('/api/pipelines', { schema: { response: { 200: pipelinesSchema } } }, async () => {
    const names = await pipelines.names();
    const configurations = await Promise.all(names.map((name) => pipelines.read(name)));
    return {
      pipelines: await Promise.all(
        configurations.map(async (configuration) => {
          const { cycle, workerMissing } = await lastCycle(client, store, configuration);
          return {
            name: configuration.name,
            language: configuration.language,
            newestCycle: cycle && (await describeCycle(configuration, cycle, workerMissing)),
            waitingReview: cycle?.waitingForReview ? await waitingReview(cycle.waitingForReview) : null,
          };
        }),
      ),
    };
  });

  server.get(
    '/api/pipelines/:pipeline/cycles',
    { schema: { params: pipelineParameters, response: { 200: cyclesSchema } } },
    async ({ params }) => {
      const configuration = await readKnownPipeline(pipelines, params.pipeline);
      const [records, newest] = await Promise.all([
        listCycles(store, configuration.store.uri),
        lastCycle(client, store, configuration),
      ]);
      const cycles = await Promise.all(
        records.reverse().map((record) => summarise(configuration, record, newest.cycle)),
      );
      return { cycles };
    },
  );

  server.get(
    '/api/pipelines/:pipeline/cycles/:cycle',
    { schema: { params: cycleParameters, response: { 200: cycleSchema } } },
    async ({ params }) => {
      const configuration = await readKnownPipeline(pipelines, params.pipeline);
      const newest = await lastCycle(client, store, configuration);
      if (newest.cycle?.cycle === params.cycle)
        return describeCycle(configuration, newest.cycle, newest.workerMissing);
      const past = await readCycle(store, configuration.name, configuration.store.uri, params.cycle);
      if (past) return describeCycle(configuration, past, false);
      throw new NotFoundError(
        {
          en: `${configuration.name} has no cycle ${params.cycle}.`,
          es: `${configuration.name} no tiene ningún ciclo ${params.cycle}.`,
        },
        { cycle: params.cycle },
      );
    },
  );

  server.post(
    '/api/pipelines/:pipeline/cycles/:cycle/keep-draft-edits',
    {
      config: { role: 'admin' },
      schema: { params: cycleParameters, body: z.strictObject({}), response: { 200: doneSchema } },
    },
    async ({ params }) => {
      const { name } = await readKnownPipeline(pipelines, params.pipeline);
      await keepDraftEdits(client, name, params.cycle);
      return { done: true as const };
    },
  );

  async function describeCycle(
    configuration: PipelineConfiguration,
    status: CycleStatus,
    workerMissing: boolean,
  ): Promise<Cycle> {
    const { pipeline, cycle, trigger, stages, waitingForReview, waitingForDraftEdits, result } = status;
    const reviewed = stages.some(
      ({ name, state }) => name === 'review' && state !== 'pending' && state !== 'skipped',
    );
    return {
      pipeline,
      cycle,
      trigger,
      state: workerMissing ? 'running' : stateOf(status),
      startedAt: stages.find(({ startedAt }) => startedAt !== null)?.startedAt ?? null,
      stages,
      waitsForReview: waitingForReview !== null,
      waitingForDraftEdits,
      result,
      hasReport: cycle !== null && (await hasReport(configuration, cycle)),
      links: {
        cycle: workflowLink(context, retrainWorkflowId(pipeline)),
        review: cycle !== null && reviewed ? workflowLink(context, reviewWorkflowId(pipeline, cycle)) : null,
      },
      workerMissing,
    };
  }

  async function summarise(
    configuration: PipelineConfiguration,
    { cycle, trigger, claimedAt }: CycleRecord,
    newest: CycleStatus | null,
  ): Promise<CycleSummary> {
    const uri = cycleUri(configuration.store.uri, cycle);
    const [reported, status] = await Promise.all([
      hasReport(configuration, cycle),
      newest?.cycle === cycle ? newest : readCycleStatus(store, uri),
    ]);
    const state = status ? stateOf(status) : reported ? 'done' : 'ended';
    const outcome = status?.result?.outcome ?? null;
    return { cycle, trigger, startedAt: claimedAt, state, outcome, hasReport: reported };
  }

  function hasReport(configuration: PipelineConfiguration, cycle: number): Promise<boolean> {
    return store.exists(`${cycleUri(configuration.store.uri, cycle)}report.html`);
  }

  async function waitingReview(workflowId: string) {
    const { cycle, open, decisions, deadline } = await reviewState(client, workflowId);
    return { cycle, open, decisions, deadline };
  }
}

/** A cycle without a result that has neither failed nor something to do was ended, or its workflow is gone. */
function stateOf({ result, stages }: CycleStatus): Cycle['state'] {
  if (result !== null) return 'done';
  if (stages.some(({ state }) => state === 'failed')) return 'failed';
  return stages.some(({ state }) => state === 'pending' || state === 'running') ? 'running' : 'ended';
}
