import { randomUUID } from 'node:crypto';
import { restJsonServices } from '../dispatch';
import { downloadPath } from '../lex/exports';
import { uploadPath } from '../lex/imports';
import { queryError } from '../protocol/query';
import { restJsonError } from '../protocol/rest-json';
import { operationsOf } from '../protocol/schema';
import { type WireRequest } from '../protocol/wire';
import { Router } from '../router';
import { type FaultProtocol } from './fault-plan';

/** The transfers of archives have no name in the API. */
export const archiveUpload = 'PUT of the archive';
export const archiveDownload = 'GET of the export';

/** The services of the stand-in, told apart by path, action or target. */
export function awsFaultProtocol(): FaultProtocol {
  const router = new Router();
  for (const [name, service] of Object.entries(restJsonServices)) {
    router.add(name, operationsOf(service.client, service.package));
  }
  return {
    operationOf(request) {
      const { method, path } = request;
      if (method === 'PUT' && path.startsWith(uploadPath)) return archiveUpload;
      if (method === 'GET' && path.startsWith(downloadPath)) return archiveDownload;
      return targetOf(request) ?? actionOf(request) ?? router.match(method, path)?.operation.name ?? null;
    },
    errorAnswer(request, error) {
      if (targetOf(request) !== null) {
        const body = JSON.stringify({ __type: error.type, message: error.message });
        return { status: error.status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
      }
      return actionOf(request) === null
        ? restJsonError(error)
        : queryError(error, 'urn:faults', randomUUID());
    },
  };
}

/** The operation that the JSON-RPC protocols name in a header: `TrentService.GenerateDataKey`. */
function targetOf({ headers }: WireRequest): string | null {
  return headers['x-amz-target']?.toString().split('.').at(-1) ?? null;
}

/** The operation that the query protocol names in its form. */
function actionOf({ method, path, headers, body }: WireRequest): string | null {
  const type = String(headers['content-type'] ?? '');
  if (method !== 'POST' || path !== '/' || !type.startsWith('application/x-www-form-urlencoded')) return null;
  return new URLSearchParams(body.toString('utf8')).get('Action');
}

const objectOperations: Record<string, string> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

/** Amazon S3, with buckets in the path. */
export const s3FaultProtocol: FaultProtocol = {
  operationOf({ method, path, query }) {
    const isObject = path.split('/').filter((segment) => segment !== '').length > 1;
    if (isObject) return objectOperations[method] ?? null;
    return method === 'GET' && query.get('list-type') === '2' ? 'ListObjectsV2' : null;
  },
  errorAnswer({ method }, { type, status, message }) {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${type}</Code><Message>${message}</Message></Error>`;
    return { status, headers: { 'content-type': 'application/xml' }, body: method === 'HEAD' ? '' : body };
  },
};
