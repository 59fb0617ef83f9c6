import { z } from 'zod';
import { reviewWorkflowId } from '../../../domain/cycle';
import { InvalidInputError } from '../../../domain/errors';
import { reviewState, sendDecision } from '../../../operations/reviews';
import { cycleParameters, importRequestSchema, importResultSchema } from '../../api';
import { sessionOf } from '../access';
import type { ConsoleServer, RouteContext } from '../context';
import { decisionsAsCsv, decisionsAsJson, parseDecisions, type RefusedRow } from '../decision-files';
import { readKnownPipeline } from '../pipelines';
import { standingOf } from '../review-view';

const decisions = '/api/pipelines/:pipeline/cycles/:cycle/review/decisions';
const formats = [
  { extension: 'json', type: 'application/json', schema: z.looseObject({}), write: decisionsAsJson },
  { extension: 'csv', type: 'text/csv', schema: z.string(), write: decisionsAsCsv },
] as const;

/** Decisions as files, out and in. */
export function addDecisionFileRoutes(
  server: ConsoleServer,
  { client, desk, pipelines }: RouteContext,
): void {
  for (const { extension, type, schema, write } of formats) {
    server.get(
      `${decisions}.${extension}`,
      {
        schema: {
          params: cycleParameters,
          response: { 200: { description: 'All decisions', content: { [type]: { schema } } } },
        },
      },
      async ({ params }, reply) => {
        const workflowId = await workflowOf(params);
        const events = await desk.decisions(workflowId, await reviewState(client, workflowId));
        return reply
          .type(`${type}; charset=utf-8`)
          .header('content-disposition', `attachment; filename="decisions-${params.cycle}.${extension}"`)
          .serializer((text: string) => text)
          .send(write(events));
      },
    );
  }

  server.post(
    `${decisions}/import`,
    {
      config: { role: 'reviewer' },
      schema: { params: cycleParameters, body: importRequestSchema, response: { 200: importResultSchema } },
    },
    async (request) => {
      const workflowId = await workflowOf(request.params);
      const { author } = sessionOf(request);
      const refused: RefusedRow[] = [];
      let taken = 0;
      for (const filed of parseDecisions(request.body.format, request.body.content)) {
        if ('message' in filed) {
          refused.push(filed);
          continue;
        }
        const { row, decision, reason } = filed;
        try {
          await sendDecision(client, workflowId, { ...decision, author, reason });
          taken++;
        } catch (error) {
          // What the workflow says no to; anything else ends the import.
          if (!(error instanceof InvalidInputError)) throw error;
          const { message, translations } = error;
          refused.push({ row, message, ...(translations && { translations }) });
        }
      }
      return { taken, refused, standing: standingOf(await reviewState(client, workflowId)) };
    },
  );

  async function workflowOf({ pipeline, cycle }: { pipeline: string; cycle: number }): Promise<string> {
    return reviewWorkflowId((await readKnownPipeline(pipelines, pipeline)).name, cycle);
  }
}
