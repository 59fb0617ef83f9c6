import { randomUUID } from 'node:crypto';
import * as batchClient from '@aws-sdk/client-batch';
import * as bedrockClient from '@aws-sdk/client-bedrock-runtime';
import * as cloudWatchClient from '@aws-sdk/client-cloudwatch';
import * as iamClient from '@aws-sdk/client-iam';
import * as kmsClient from '@aws-sdk/client-kms';
import * as lexModelsClient from '@aws-sdk/client-lex-models-v2';
import * as lexRuntimeClient from '@aws-sdk/client-lex-runtime-v2';
import * as snsClient from '@aws-sdk/client-sns';
import * as stsClient from '@aws-sdk/client-sts';
import { notImplementedError, ServiceError } from './errors';
import { type Journal } from './journal';
import { awsJsonError, awsJsonResponse, awsJsonTarget, readAwsJsonInput } from './protocol/aws-json';
import { type HandlerTable } from './protocol/handler';
import { queryError, type QueryHandlers, queryResponse, readQueryInput } from './protocol/query';
import { readRestJsonInput, restJsonError, restJsonResponse } from './protocol/rest-json';
import { operationsOf } from './protocol/schema';
import { validateInput } from './protocol/validate';
import { type WireHandler, type WireRequest, type WireResponse } from './protocol/wire';
import { Router } from './router';

/** Services in REST-JSON, with their SDK client (its schemas say the routes) and their name of a bad request. */
export const restJsonServices = {
  'Lex Models V2': {
    client: lexModelsClient,
    package: '@aws-sdk/client-lex-models-v2',
    badRequest: 'ValidationException',
  },
  'Lex Runtime V2': {
    client: lexRuntimeClient,
    package: '@aws-sdk/client-lex-runtime-v2',
    badRequest: 'ValidationException',
  },
  Batch: { client: batchClient, package: '@aws-sdk/client-batch', badRequest: 'ClientException' },
  'Bedrock Runtime': {
    client: bedrockClient,
    package: '@aws-sdk/client-bedrock-runtime',
    badRequest: 'ValidationException',
  },
} as const;

export type RestJsonServiceName = keyof typeof restJsonServices;

/** Services in the JSON protocol, by the prefix of their operations there. */
const awsJsonServices = {
  TrentService: { name: 'KMS', client: kmsClient, package: '@aws-sdk/client-kms' },
  GraniteServiceVersion20100801: {
    name: 'CloudWatch',
    client: cloudWatchClient,
    package: '@aws-sdk/client-cloudwatch',
  },
} as const;

type AwsJsonService = (typeof awsJsonServices)[keyof typeof awsJsonServices];

/** Services in the query protocol, whose operations all have different names. */
const queryServices = {
  SNS: {
    client: snsClient,
    package: '@aws-sdk/client-sns',
    namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  },
  STS: {
    client: stsClient,
    package: '@aws-sdk/client-sts',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  },
  IAM: {
    client: iamClient,
    package: '@aws-sdk/client-iam',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  },
} as const;

type QueryServiceName = keyof typeof queryServices;

/** Finds the operation of each request and has it answered in the service's own protocol. */
export function createDispatcher(
  restJson: Record<RestJsonServiceName, HandlerTable>,
  query: Record<QueryServiceName, QueryHandlers>,
  awsJson: Record<AwsJsonService['name'], HandlerTable>,
  journal: Journal,
): WireHandler {
  const router = new Router();
  for (const [name, service] of Object.entries(restJsonServices)) {
    router.add(name, operationsOf(service.client, service.package));
  }
  const queryOperations = new Map(
    (Object.keys(queryServices) as QueryServiceName[]).flatMap((service) =>
      operationsOf(queryServices[service].client, queryServices[service].package).map(
        ({ name }) => [name, service] as const,
      ),
    ),
  );

  const awsJsonOperations = new Map(
    Object.entries(awsJsonServices).flatMap(([prefix, service]) =>
      operationsOf(service.client, service.package).map((operation) => [
        `${prefix}.${operation.name}`,
        { operation, service: service.name },
      ]),
    ),
  );

  const answerAwsJson = async (target: string, request: WireRequest): Promise<WireResponse> => {
    try {
      const known = awsJsonOperations.get(target);
      const handler = known && awsJson[known.service][known.operation.name];
      if (handler === undefined) throw notImplementedError(target);
      const input = readAwsJsonInput(request);
      validateInput(known!.operation.input, input);
      return awsJsonResponse(await handler(input as never));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return awsJsonError(error);
    }
  };

  const answerRestJson = async (request: WireRequest): Promise<WireResponse> => {
    const match = router.match(request.method, request.path);
    if (match === null) throw notImplementedError(`${request.method} ${request.path}`);
    const service = match.service as RestJsonServiceName;
    const { operation } = match;
    const handler = restJson[service][operation.name];
    if (handler === undefined) throw notImplementedError(`${service} ${operation.name}`);
    let input: Record<string, unknown> = {};
    try {
      input = readRestJsonInput(operation, match.labels, request);
      validateInput(operation.input, input);
      const output = await handler(input as never);
      journal.note(service, operation.name, operation.http!.status, input, output);
      return restJsonResponse(operation, output);
    } catch (error) {
      if (error instanceof ServiceError) journal.note(service, operation.name, error.status, input);
      if (!(error instanceof ServiceError) || error.type !== 'ValidationException') throw error;
      throw new ServiceError(restJsonServices[service].badRequest, error.status, error.message);
    }
  };

  const answerQuery = (form: URLSearchParams): WireResponse => {
    const requestId = randomUUID();
    const action = form.get('Action') ?? '';
    const service = queryOperations.get(action) ?? 'SNS';
    const { namespace } = queryServices[service];
    try {
      const handler = query[service][action];
      if (handler === undefined) {
        throw notImplementedError(
          queryOperations.has(action) ? `${service} ${action}` : `the query operation ${action}`,
        );
      }
      const input = readQueryInput(form);
      const output = handler(input);
      journal.note(service, action, 200, input, output);
      return queryResponse(action, namespace, output, requestId);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      journal.note(service, action, error.status, {});
      return queryError(error, namespace, requestId);
    }
  };

  return async (request) => {
    try {
      const target = awsJsonTarget(request);
      if (target !== null) return await answerAwsJson(`${target.service}.${target.operation}`, request);
      return isQuery(request)
        ? answerQuery(new URLSearchParams(request.body.toString('utf8')))
        : await answerRestJson(request);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return restJsonError(error);
    }
  };
}

function isQuery({ method, path, headers }: WireRequest): boolean {
  const type = String(headers['content-type'] ?? '');
  return method === 'POST' && path === '/' && type.startsWith('application/x-www-form-urlencoded');
}
