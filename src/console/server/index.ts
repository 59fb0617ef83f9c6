import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { type FastifyBaseLogger, type FastifyServerOptions } from 'fastify';
import {
  createJsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { NotFoundError } from '../../domain/errors';
import { guard } from './access';
import { Analyst } from './analysis/analyst';
import type { ConsoleServer } from './context';
import { ReviewDesk } from './desk';
import { describeErrors, refuseOtherMethods } from './description';
import { answerErrors } from './errors';
import type { ConsoleOptions } from './options';
import { prepareWaitingReviews } from './preview/prepare';
import { Previews } from './preview/previews';
import { hardenHeaders, servePage } from './page';
import { addCycleRoutes } from './routes/cycles';
import { addDecisionFileRoutes } from './routes/decision-files';
import { addOperationRoutes } from './routes/operations';
import { addPhraseRoutes } from './routes/phrases';
import { addPreviewRoutes } from './routes/preview';
import { addReviewRoutes } from './routes/review';
import { addSessionRoutes } from './routes/session';
import { Sessions } from './sessions';
import { endWithServer, followRoutes } from './unfinished';

/** A page asks for decisions every two seconds and for a few things beside them; this leaves room for several pages. */
const requestsAMinute = 600;
/** More than an import of decisions takes is read by nobody. */
const mostBodyBytes = 5 * 1024 * 1024;

/** The console's server, and what lets people in. */
export interface Console {
  server: ConsoleServer;
  /** A token for the address `/?token=…` that lets its bearer in once; where access is by link. */
  issueToken: () => string;
}

/**
 * Makes the review console's server: routes as `../api` describes them and the page. It keeps nothing that matters:
 * what people decide goes to the waiting workflow as an update, and is asked of it by queries. The caller listens.
 */
export async function createConsoleServer(
  options: ConsoleOptions,
  fastifyOptions: Pick<FastifyServerOptions, 'logger'> = {},
): Promise<Console> {
  const server = fastify<never, never, never, FastifyBaseLogger>({
    logger: false,
    ...fastifyOptions,
    bodyLimit: mostBodyBytes,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
  } as object).withTypeProvider<ZodTypeProvider>() as unknown as ConsoleServer;
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  answerErrors(server);
  const sessions = new Sessions(options.now ?? (() => new Date()));
  await server.register(cookie);
  await hardenHeaders(server, options.publicUrl?.startsWith('https:') ?? false);
  await server.register(rateLimit, {
    max: options.requestsAMinute ?? requestsAMinute,
    timeWindow: '1 minute',
  });
  await server.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Ciclo review console', version: '1' } },
    // What OpenAPI 3.1 is made of.
    transform: createJsonSchemaTransform({ zodToJsonConfig: { target: 'draft-2020-12' } }),
  });
  describeErrors(server);
  const refuseOthers = refuseOtherMethods(server);
  guard(server, options, sessions);
  const analyst = new Analyst();
  server.addHook('onClose', () => analyst.close());
  const context = {
    ...options,
    analyst,
    desk: new ReviewDesk(options.client, options.store),
    previews: new Previews(options.store, analyst),
  };
  const follow = endWithServer(server, options.client);
  server.addHook('onListen', () => void follow(() => prepareWaitingReviews(context)));
  await server.register((routes, _options, registered) => {
    const typed = routes as unknown as ConsoleServer;
    followRoutes(typed, follow);
    addSessionRoutes(typed, context);
    addCycleRoutes(typed, context);
    addReviewRoutes(typed, context);
    addDecisionFileRoutes(typed, context);
    addPhraseRoutes(typed, context);
    addPreviewRoutes(typed, context);
    addOperationRoutes(typed, context);
    typed.get('/api/openapi.json', { schema: { hide: true } }, () => server.swagger());
    typed.all('/api/*', { schema: { hide: true } }, () => {
      throw new NotFoundError('There is no such route. See /api/openapi.json.');
    });
    registered();
  });
  refuseOthers();
  await servePage(server, options.pageFolder);
  return {
    server,
    issueToken: () => {
      if (options.access.kind !== 'link') throw new Error('Links are not how people come in here.');
      return sessions.issueLink(options.access);
    },
  };
}
