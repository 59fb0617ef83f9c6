import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Analyst } from './analysis/analyst';
import type { ReviewDesk } from './desk';
import type { ConsoleOptions } from './options';
import type { Previews } from './preview/previews';

/** A server whose routes are typed by their schemas. */
export type ConsoleServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What routes work with. */
export interface RouteContext extends ConsoleOptions {
  analyst: Analyst;
  desk: ReviewDesk;
  previews: Previews;
}

/** The address of a workflow in the Temporal UI; null where no UI is known. */
export function workflowLink(
  { temporalUi }: Pick<ConsoleOptions, 'temporalUi'>,
  workflowId: string,
): string | null {
  return temporalUi === null ? null : `${temporalUi}/workflows/${encodeURIComponent(workflowId)}`;
}
