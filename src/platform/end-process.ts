import { CicloError } from '../domain/errors';

/**
 * Ends a process that cannot go on, with the reason on stderr and exit code 1. At once: after a fatal error, threads of
 * the Temporal SDK would keep the process alive although it works no more, and nobody would start another one.
 */
export function endProcess(error: unknown): never {
  console.error(error instanceof CicloError ? error.message : error);
  process.exit(1);
}
