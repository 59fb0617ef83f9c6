import type { Client } from '@temporalio/client';
import { CicloError } from '../domain/errors';

/** No worker answers: what was asked waits on the server. Not permanent: a worker may start. */
export class NoWorkerError extends CicloError {}

/** A worker that is there answers within a second or two, also when it has a history to replay first. */
const patienceMs = 15_000;

/**
 * Asks something that only a worker can answer: a query or an update. Without one Temporal refuses queries and lets
 * updates wait for ever.
 *
 * @throws NoWorkerError where no worker answers in time
 */
export async function answeredByWorker<T>(
  client: Client,
  pipeline: string,
  ask: () => Promise<T>,
): Promise<T> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    return await client.withAbortSignal(patience, ask);
  } catch (error) {
    if (!patience.aborted && !/no poller/i.test(wordsOf(error))) throw error;
    throw new NoWorkerError(
      {
        en:
          `No worker answers for ${pipeline}. Start one ("npm start" on this machine, else "node dist/worker.js"), look with ` +
          `"npx ciclo review ${pipeline}", and decide again where your decision is not listed.`,
        es:
          `Ningún worker responde para ${pipeline}. Hay que iniciar uno («npm start» en la máquina de Ciclo, o «node dist/worker.js»). ` +
          'Después mire qué quedó guardado, y decida otra vez lo que falte.',
      },
      { pipeline },
      false,
      { cause: error },
    );
  }
}

/** An error's words and those of what caused it. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${wordsOf(error.cause)}` : '';
}
