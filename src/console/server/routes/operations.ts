import { ScheduleOverlapPolicy } from '@temporalio/client';
import { auditAuthor, describeAuditEvent } from '../../../domain/audit';
import { emptyCategoryMap, type CategoryMap, type MapEvent } from '../../../domain/category-map';
import { promoteWorkflowId, rollbackWorkflowId } from '../../../domain/cycle';
import { NotFoundError } from '../../../domain/errors';
import type { Sentence } from '../../../domain/language';
import type { PipelineConfiguration } from '../../../domain/pipeline';
import { subjectsOf } from '../../../domain/review';
import { startPromotion, startRollback } from '../../../operations/models';
import { isRunning } from '../../../operations/running';
import { AuditTrail } from '../../../platform/registry/audit-trail';
import { cycleUri } from '../../../platform/registry/cycles';
import { ModelRegistry, type ModelEntry } from '../../../platform/registry/model-registry';
import { readPipelineState } from '../../../platform/registry/pipeline-state';
import { describeSchedule, scheduleId } from '../../../platform/schedule';
import {
  auditSchema,
  botDiffSchema,
  categoryMapSchema,
  cycleParameters,
  doneSchema,
  evaluationSchema,
  pauseRequestSchema,
  pipelineParameters,
  promoteRequestSchema,
  rollbackRequestSchema,
  scheduleSchema,
  startedSchema,
  versionsSchema,
  type BotDiff,
  type CategoryMapView,
} from '../../api';
import { z } from 'zod';
import { sessionOf } from '../access';
import { workflowLink, type ConsoleServer, type RouteContext } from '../context';
import { readKnownPipeline } from '../pipelines';
import { namesThen, ProposalNames } from '../proposal-names';

const pipelinePath = '/api/pipelines/:pipeline';
const cyclePath = `${pipelinePath}/cycles/:cycle`;
const done = { done: true } as const;

/** The views beside the review: what cycles left, the schedule, the versions. */
export function addOperationRoutes(server: ConsoleServer, context: RouteContext): void {
  const { client, store, pipelines } = context;
  const configurationOf = ({ pipeline }: { pipeline: string }) => readKnownPipeline(pipelines, pipeline);
  const admin = { role: 'admin' } as const;
  const proposalNames = new ProposalNames(store);

  server.get(
    `${cyclePath}/evaluation`,
    { schema: { params: cycleParameters, response: { 200: evaluationSchema } } },
    async ({ params }) =>
      JSON.parse(
        await leftBy(params, 'evaluate/evaluation.json', { en: 'evaluation', es: 'evaluación' }),
      ) as { schemaVersion: number },
  );

  server.get(
    `${cyclePath}/diff`,
    { schema: { params: cycleParameters, response: { 200: botDiffSchema } } },
    async ({ params }) =>
      JSON.parse(
        await leftBy(params, 'train/diff.json', { en: 'diff of the bot', es: 'comparación del bot' }),
      ) as BotDiff,
  );

  server.get(
    `${cyclePath}/report`,
    {
      schema: {
        params: cycleParameters,
        response: { 200: { description: 'The report', content: { 'text/html': { schema: z.string() } } } },
      },
    },
    async ({ params }, reply) => {
      const report = await leftBy(params, 'report.html', { en: 'report', es: 'informe' });
      // Written by us, and yet full of what strangers said: it runs nothing and reaches nothing.
      return reply
        .header(
          'content-security-policy',
          "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
        )
        .header('x-frame-options', 'SAMEORIGIN')
        .type('text/html; charset=utf-8')
        .serializer((text: string) => text)
        .send(report);
    },
  );

  server.get(
    `${pipelinePath}/category-map`,
    { schema: { params: pipelineParameters, response: { 200: categoryMapSchema } } },
    async ({ params }) => {
      const configuration = await configurationOf(params);
      const { state } = await readPipelineState(store, configuration.store.uri);
      const map =
        state.categoryMapUri === null
          ? emptyCategoryMap
          : (JSON.parse(await store.readText(state.categoryMapUri)) as CategoryMap);
      return describeCategoryMap(map, await namesOf(configuration.store.uri, map.history));
    },
  );

  server.get(
    `${pipelinePath}/audit`,
    { schema: { params: pipelineParameters, response: { 200: auditSchema } } },
    async ({ params }) => {
      const configuration = await configurationOf(params);
      const entries = await new AuditTrail(store, configuration.store.uri, configuration.name).entries();
      return {
        entries: entries
          .map(({ number, at, event }) => ({
            number,
            at,
            author: auditAuthor(event),
            text: { en: describeAuditEvent(event, 'en'), es: describeAuditEvent(event, 'es') },
          }))
          .reverse(),
      };
    },
  );

  server.get(
    `${pipelinePath}/schedule`,
    { schema: { params: pipelineParameters, response: { 200: scheduleSchema } } },
    async ({ params }) => {
      const { name, schedule } = await configurationOf(params);
      const applied = await describeSchedule(client, name);
      return {
        schedule: applied && {
          paused: applied.state.paused,
          note: applied.state.note || null,
          next: applied.info.nextActionTimes.map((time) => time.toISOString()),
          everyDays: schedule.everyDays,
          at: schedule.at,
          timeZone: schedule.timeZone,
        },
      };
    },
  );

  server.post(
    `${pipelinePath}/schedule/pause`,
    {
      config: admin,
      schema: { params: pipelineParameters, body: pauseRequestSchema, response: { 200: doneSchema } },
    },
    async (request) => {
      const handle = await scheduleOf(request.params);
      await handle.pause(`${request.body.reason} (${sessionOf(request).author})`);
      return done;
    },
  );

  server.post(
    `${pipelinePath}/schedule/resume`,
    {
      config: admin,
      schema: { params: pipelineParameters, body: z.strictObject({}), response: { 200: doneSchema } },
    },
    async (request) => {
      const handle = await scheduleOf(request.params);
      await handle.unpause(`resumed by ${sessionOf(request).author}`);
      return done;
    },
  );

  server.post(
    `${pipelinePath}/schedule/trigger`,
    {
      config: admin,
      schema: { params: pipelineParameters, body: z.strictObject({}), response: { 200: doneSchema } },
    },
    async ({ params }) => {
      await (await scheduleOf(params)).trigger(ScheduleOverlapPolicy.SKIP);
      return done;
    },
  );

  server.get(
    `${pipelinePath}/versions`,
    { schema: { params: pipelineParameters, response: { 200: versionsSchema } } },
    async ({ params }) => {
      const configuration = await configurationOf(params);
      const models = await new ModelRegistry(store, configuration.store.uri).list();
      return {
        alias: configuration.target.alias,
        versions: models
          .map(({ model, state, history }) => ({
            version: model.version,
            state,
            botVersion: model.target.botVersion,
            cycle: model.cycle,
            registeredAt: model.registeredAt,
            history,
          }))
          .reverse(),
        previous: previousOf(models),
        running: await changeUnderWay(configuration, models),
      };
    },
  );

  server.post(
    `${pipelinePath}/versions/promote`,
    {
      config: admin,
      schema: { params: pipelineParameters, body: promoteRequestSchema, response: { 200: startedSchema } },
    },
    async (request) => {
      const configuration = await configurationOf(request.params);
      const { workflowId } = await startPromotion(client, store, configuration, {
        wanted: request.body.version,
        author: sessionOf(request).author,
      });
      return { workflowId, link: workflowLink(context, workflowId) };
    },
  );

  server.post(
    `${pipelinePath}/versions/rollback`,
    {
      config: admin,
      schema: { params: pipelineParameters, body: rollbackRequestSchema, response: { 200: startedSchema } },
    },
    async (request) => {
      const { name } = await configurationOf(request.params);
      const { version, reason } = request.body;
      const { author } = sessionOf(request);
      const { workflowId } = await startRollback(client, name, { author, reason, modelVersion: version });
      return { workflowId, link: workflowLink(context, workflowId) };
    },
  );

  /** What the proposals of each decision were called. */
  async function namesOf(storeUri: string, history: readonly MapEvent[]): Promise<Map<MapEvent, string[]>> {
    const cycles = [...new Set(history.map(({ cycle }) => cycle))];
    const named = cycles.map(async (cycle) => {
      const events = history.filter((event) => event.cycle === cycle);
      const then = namesThen(events, await proposalNames.of(cycleUri(storeUri, cycle)));
      return events.map((event, index) => [event, then[index]!] as const);
    });
    return new Map((await Promise.all(named)).flat());
  }

  /** What a cycle left in the store. */
  async function leftBy(
    params: { pipeline: string; cycle: number },
    path: string,
    what: Sentence,
  ): Promise<string> {
    const configuration = await configurationOf(params);
    const uri = `${cycleUri(configuration.store.uri, params.cycle)}${path}`;
    if (await store.exists(uri)) return store.readText(uri);
    throw new NotFoundError(
      {
        en: `Cycle ${params.cycle} of ${configuration.name} has no ${what.en}: it did not come so far.`,
        es: `El ciclo ${params.cycle} de ${configuration.name} no tiene ${what.es}: no llegó hasta ahí.`,
      },
      { cycle: params.cycle },
    );
  }

  async function scheduleOf(params: { pipeline: string }) {
    const { name } = await configurationOf(params);
    if (await describeSchedule(client, name)) return client.schedule.getHandle(scheduleId(name));
    throw new NotFoundError({
      en: `${name} has no schedule yet: npx ciclo schedule apply ${name}`,
      es: `${name} aún no tiene calendario: npx ciclo schedule apply ${name}`,
    });
  }

  async function changeUnderWay({ name }: PipelineConfiguration, models: readonly ModelEntry[]) {
    const candidates = [
      { kind: 'rollback' as const, workflowId: rollbackWorkflowId(name) },
      ...models
        .filter(({ state }) => state === 'candidate' || state === 'approved')
        .map(({ model }) => ({
          kind: 'promote' as const,
          workflowId: promoteWorkflowId(name, model.version),
        })),
    ];
    const running = await Promise.all(candidates.map(({ workflowId }) => isRunning(client, workflowId)));
    const found = candidates.find((_, index) => running[index]);
    return found ? { ...found, link: workflowLink(context, found.workflowId) } : null;
  }
}

/** The model that was live last before the one that is. */
function previousOf(models: readonly ModelEntry[]): number | null {
  const liveAt = ({ history }: ModelEntry) => history.findLast(({ state }) => state === 'live')?.at ?? '';
  const retired = models
    .filter((entry) => entry.state === 'retired' && liveAt(entry) !== '')
    .sort((one, other) => (liveAt(one) < liveAt(other) ? 1 : -1));
  return retired[0]?.model.version ?? null;
}

function describeCategoryMap(
  { version, categories, rejected, history }: CategoryMap,
  names: ReadonlyMap<MapEvent, string[]>,
): CategoryMapView {
  return {
    version,
    categories: categories.map(({ name, origin, sinceCycle, examples }) => ({
      name,
      origin,
      sinceCycle,
      examples: examples.length,
    })),
    rejected: rejected.map(({ texts, ...one }) => ({ ...one, phrases: texts.length })),
    history: history.map((event) => describeMapEvent(event, names.get(event) ?? [])).reverse(),
  };
}

function describeMapEvent(event: MapEvent, names: string[]): CategoryMapView['history'][number] {
  const { cycle, number, at, author, action, reason } = event;
  return {
    cycle,
    number,
    at,
    author,
    action,
    proposals: subjectsOf(event),
    names,
    name: ('intent' in event ? event.intent : 'name' in event ? event.name : null) ?? null,
    reason: reason ?? null,
  };
}
