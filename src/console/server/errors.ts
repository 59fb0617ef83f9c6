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
    if (status === 500) request.log.error({ errorName: error.name, stack: error.stack }, 'A request failed.');
    return send(reply, status, body);
  });
  server.setNotFoundHandler((_request, reply) =>
    send(reply, 404, bodyOf('NotFoundError', 'There is nothing at this address.')),
  );
}

function send(reply: FastifyReply, status: number, body: ConsoleErrorBody): FastifyReply {
  return reply.code(status).type('application/json').serializer(JSON.stringify).send(body);
}

function answerTo(error: FastifyError | CicloError): { status: number; body: ConsoleErrorBody } {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation
      .slice(0, 5)
      .map(({ instancePath, message }) => `${instancePath || 'the request'}: ${message}`);
    return { status: 400, body: bodyOf('InvalidRequestError', `This cannot be used: ${issues.join('; ')}.`) };
  }
  if (error instanceof CicloError) {
    const status = statuses.find(([type]) => error instanceof type)?.[1] ?? (error.permanent ? 422 : 503);
    return { status, body: bodyOf(error.name, error.message, error.facts) };
  }
  if (error instanceof WorkflowExecutionAlreadyStartedError) {
    return {
      status: 409,
      body: bodyOf('ConflictError', 'This goes on already. Wait until it has ended, and look again.', {
        workflowId: error.workflowId,
      }),
    };
  }
  if (isUnavailable(error)) {
    return {
      status: 503,
      body: bodyOf('TemporalConnectionError', 'Temporal does not answer just now. Try again.'),
    };
  }
  const status = error.statusCode ?? 500;
  if (status === 429)
    return { status, body: bodyOf('TooManyRequestsError', 'Too many requests. Wait a minute.') };
  if (status >= 400 && status < 500)
    return { status, body: bodyOf('InvalidRequestError', `This cannot be used: ${error.message}.`) };
  return {
    status: 500,
    body: bodyOf('InternalError', 'The console failed at this. Its log says why; try again.'),
  };
}

function bodyOf(type: string, message: string, facts: Facts = {}): ConsoleErrorBody {
  return { error: { type, message, facts } };
}
