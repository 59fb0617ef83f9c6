import {
  cycleParameters,
  decisionRequestSchema,
  decisionsQuery,
  decisionsSchema,
  finishRequestSchema,
  reviewSchema,
  standingSchema,
} from '../../api';
import { finishReview, reviewState, sendDecision } from '../../../operations/reviews';
import { reviewWorkflowId } from '../../../domain/cycle';
import { sessionOf } from '../access';
import type { ConsoleServer, RouteContext } from '../context';
import { readKnownPipeline } from '../pipelines';
import { describeForPage, standingOf } from '../review-view';

const review = '/api/pipelines/:pipeline/cycles/:cycle/review';
/** Decisions in one answer; the page asks again for the next ones. */
const mostEvents = 1_000;

export function addReviewRoutes(
  server: ConsoleServer,
  { client, desk, pipelines, previews }: RouteContext,
): void {
  server.get(
    review,
    { schema: { params: cycleParameters, response: { 200: reviewSchema } } },
    async (request) => {
      const configuration = await readKnownPipeline(pipelines, request.params.pipeline);
      const opened = await desk.open(configuration, request.params.cycle);
      previews.prepare(configuration, opened);
      return describeForPage(opened, sessionOf(request));
    },
  );

  server.get(
    `${review}/decisions`,
    {
      schema: { params: cycleParameters, querystring: decisionsQuery, response: { 200: decisionsSchema } },
    },
    async ({ params, query }) => {
      const workflowId = await workflowOf(params);
      const view = await reviewState(client, workflowId);
      const events = await desk.decisions(workflowId, view);
      return {
        standing: standingOf(view),
        events: events.slice(query.after, query.after + mostEvents),
      };
    },
  );

  server.post(
    `${review}/decisions`,
    {
      config: { role: 'reviewer' },
      schema: { params: cycleParameters, body: decisionRequestSchema, response: { 200: standingSchema } },
    },
    async (request) => {
      const { decision, reason, id } = request.body;
      const { author } = sessionOf(request);
      const workflowId = await workflowOf(request.params);
      return standingOf(await sendDecision(client, workflowId, { ...decision, author, reason }, id));
    },
  );

  server.post(
    `${review}/finish`,
    {
      config: { role: 'reviewer' },
      schema: { params: cycleParameters, body: finishRequestSchema, response: { 200: standingSchema } },
    },
    async (request) => {
      const configuration = await readKnownPipeline(pipelines, request.params.pipeline);
      const workflowId = reviewWorkflowId(configuration.name, request.params.cycle);
      // What was foreseen is held against what happens: it must be that of the last decision.
      await previews
        .of(configuration, await desk.open(configuration, request.params.cycle))
        .catch((error: Error) => request.log.warn({ errorName: error.name }, 'No preview was kept.'));
      const { author } = sessionOf(request);
      return standingOf(await finishReview(client, workflowId, author, request.body.decisions));
    },
  );

  async function workflowOf({ pipeline, cycle }: { pipeline: string; cycle: number }): Promise<string> {
    return reviewWorkflowId((await readKnownPipeline(pipelines, pipeline)).name, cycle);
  }
}
