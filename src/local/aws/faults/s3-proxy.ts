import { request as sendRequest } from 'node:http';
import { type WireHandler } from '../protocol/wire';
import { type LocalServer, serve } from '../server';
import { type FaultPlan, withFaults } from './fault-plan';
import { s3FaultProtocol } from './protocols';

/**
 * Stands before an S3 server and lets calls go wrong as the plan says; the others pass unchanged, with the host name
 * that their signature covers.
 * @param upstream `http://HOST:PORT`
 */
export function startS3FaultProxy(upstream: string, plan: FaultPlan): Promise<LocalServer> {
  return serve(withFaults(plan, s3FaultProtocol, forwardTo(upstream)), 0);
}

function forwardTo(upstream: string): WireHandler {
  const { hostname, port } = new URL(upstream);
  return ({ method, path, query, headers, body }) =>
    new Promise((resolve, reject) => {
      const search = query.size === 0 ? '' : `?${query.toString()}`;
      const request = sendRequest({ hostname, port, method, path: path + search, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const passed = Object.entries(response.headers).filter(
            ([name]) => name !== 'transfer-encoding' && name !== 'connection',
          );
          resolve({
            status: response.statusCode!,
            headers: Object.fromEntries(passed.map(([name, value]) => [name, String(value)])),
            body: Buffer.concat(chunks),
          });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
}
