import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import {
  CicloError,
  ConflictError,
  InvalidConfigurationError,
  InvalidInputError,
  NotFoundError,
  type Facts,
} from '../../domain/errors';
import { joinMessage, splitMessage, type Message } from '../../domain/language';
import { NoWorkerError } from '../../operations/answered-by-worker';
import { TemporalConnectionError, isUnavailable } from '../../platform/temporal';
import type { ConsoleErrorBody } from '../api';

/** Nobody is signed in, or the session is over. */
export class NoSessionError extends CicloError {}

/** Whoever is signed in may not do this. */
export class NotAllowedError extends CicloError {}

/** The request did not come from the console's own page. */
export class ForeignRequestError extends CicloError {}

/** An identity provider did not vouch for somebody. */
export class SignInError extends CicloError {}

/** The request is not of the form that the route takes. */
export class InvalidRequestError extends CicloError {}

/** The address is there, and takes other methods. */
export class MethodNotAllowedError extends CicloError {}

const statuses: [new (...args: never[]) => CicloError, number][] = [
  [NoSessionError, 401],
  [SignInError, 401],
  [NotAllowedError, 403],
  [ForeignRequestError, 403],
  [InvalidRequestError, 400],
  [NotFoundError, 404],
  [MethodNotAllowedError, 405],
  [ConflictError, 409],
  [InvalidInputError, 422],
  [InvalidConfigurationError, 422],
  [NoWorkerError, 503],
  [TemporalConnectionError, 503],
];

/** Every refusal in the form that `errorSchema` describes. What is not ours is told without its words. */
export function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError | CicloError, request, reply) => {
    const { status, body } = answerTo(error);
    if (status === 500)
      request.log.error({ errorName: error.name, stack: framesOf(error) }, 'A request failed.');
    return send(reply, status, body);
  });
  server.setNotFoundHandler((_request, reply) =>
    send(
      reply,
      404,
      bodyOf('NotFoundError', {
        en: 'There is nothing at this address.',
        es: 'No hay nada en esta dirección.',
      }),
    ),
  );
}

/** Where it happened, without the message: a parser's quotes what it read, which may be somebody's words. */
function framesOf({ stack = '' }: Error): string[] {
  return stack.split('\n').flatMap((line) => (/^\s+at /.test(line) ? [line.trim()] : []));
}

function send(reply: FastifyReply, status: number, body: ConsoleErrorBody): FastifyReply {
  return reply.code(status).type('application/json').serializer(JSON.stringify).send(body);
}

function answerTo(error: FastifyError | CicloError): { status: number; body: ConsoleErrorBody } {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.slice(0, 5);
    const english = issues.map(({ instancePath, message }) => `${instancePath || 'the request'}: ${message}`);
    const spanish = issues.map(
      ({ instancePath, keyword }) =>
        `${instancePath || 'la petición'}: ${keyword === 'too_big' ? 'es demasiado' : 'no es válido'}`,
    );
    return {
      status: 400,
      body: bodyOf('InvalidRequestError', {
        en: `This cannot be used: ${english.join('; ')}.`,
        es: `Esto no se puede usar: ${spanish.join('; ')}.`,
      }),
    };
  }
  if (error instanceof CicloError) {
    const status = statuses.find(([type]) => error instanceof type)?.[1] ?? (error.permanent ? 422 : 503);
    return { status, body: bodyOf(error.name, joinMessage(error.message, error.translations), error.facts) };
  }
  if (error instanceof WorkflowExecutionAlreadyStartedError) {
    return {
      status: 409,
      body: bodyOf(
        'ConflictError',
        {
          en: 'This goes on already. Wait until it has ended, and look again.',
          es: 'Esto ya está en marcha. Espere a que acabe, y vuelva a mirar.',
        },
        { workflowId: error.workflowId },
      ),
    };
  }
  if (isUnavailable(error)) {
    return {
      status: 503,
      body: bodyOf('TemporalConnectionError', {
        en: 'Temporal does not answer just now. Try again.',
        es: 'Temporal no responde ahora mismo. Inténtelo otra vez.',
      }),
    };
  }
  const status = error.statusCode ?? 500;
  if (status === 429) {
    return {
      status,
      body: bodyOf('TooManyRequestsError', {
        en: 'Too many requests. Wait a minute.',
        es: 'Demasiadas peticiones. Espere un minuto.',
      }),
    };
  }
  if (status >= 400 && status < 500) {
    return {
      status,
      body: bodyOf('InvalidRequestError', {
        en: `This cannot be used: ${error.message}.`,
        es: status === 413 ? 'Esto es demasiado grande.' : 'Esto no se puede usar.',
      }),
    };
  }
  return {
    status: 500,
    body: bodyOf('InternalError', {
      en: 'The console failed at this. Its log says why; try again.',
      es: 'La consola falló al hacerlo. Su registro dice por qué; inténtelo otra vez.',
    }),
  };
}

function bodyOf(type: string, message: Message, facts: Facts = {}): ConsoleErrorBody {
  const { english, translations } = splitMessage(message);
  return { error: { type, message: english, ...(translations && { translations }), facts } };
}
