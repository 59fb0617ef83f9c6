import type { FastifyInstance } from 'fastify';
import { errorSchema } from '../api';
import { MethodNotAllowedError } from './errors';

/** Routes of the API say of what is refused what it looks like. */
export function describeErrors(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/') || route.schema?.hide === true) return;
    const response = route.schema?.response ?? {};
    route.schema = { ...route.schema, response: { ...response, '4xx': errorSchema, '5xx': errorSchema } };
  });
}

/** Says of each address which methods it has to those that ask by another. */
export function refuseOtherMethods(server: FastifyInstance): () => void {
  const declared = new Map<string, Set<string>>();
  server.addHook('onRoute', ({ url, method }) => {
    if (!url.startsWith('/api/') || url.includes('*')) return;
    const known = declared.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    declared.set(url, known);
  });
  return () => {
    for (const [url, methods] of [...declared]) {
      const allowed = [...methods].sort();
      server.route({
        url,
        method: server.supportedMethods.filter((one) => !methods.has(one)),
        schema: { hide: true },
        handler: (request, reply) => {
          void reply.header('allow', allowed.join(', '));
          throw new MethodNotAllowedError(
            `${request.method} is not for this address. There are: ${allowed.join(', ')}.`,
          );
        },
      });
    }
  };
}
