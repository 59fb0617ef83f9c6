import { setMaxListeners } from 'node:events';
import type { Client } from '@temporalio/client';
import type { ConsoleServer } from './context';

/** Does work that asks Temporal; its calls end with the server. */
export type Follow = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Ends with the server what it still asks Temporal. A connection that closes under a call would try it again later,
 * which nobody could catch; and a query that no worker answers would hold up the end.
 */
export function endWithServer(server: ConsoleServer, client: Client): Follow {
  const closing = new AbortController();
  // One for each call that is under way: many browsers ask at once.
  setMaxListeners(0, closing.signal);
  const unfinished = new Set<Promise<unknown>>();
  server.addHook('onClose', async () => {
    closing.abort();
    await Promise.allSettled(unfinished);
  });
  return (work) => {
    const followed = client.withAbortSignal(closing.signal, work);
    unfinished.add(followed);
    const forget = () => void unfinished.delete(followed);
    followed.then(forget, forget);
    return followed;
  };
}

/** @param server routes that are added to it from now on are followed */
export function followRoutes(server: ConsoleServer, follow: Follow): void {
  server.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function (request, reply) {
      return follow(() => Promise.resolve(handler.call(this, request, reply)));
    };
  });
}
