import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import * as path from 'node:path';

import { z } from 'zod';

import { CicloError } from '../../domain/errors';

/** No free port was found in the range that servers on this machine use. */
export class NoFreePortError extends CicloError {}

/** Below the ports that Linux and macOS hand out to outgoing connections, so that none of those gets in the way. */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;
const ATTEMPTS = 500;

/** True when a server could listen on this port of 127.0.0.1. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** What a server's port must fulfil besides being free. */
export interface PortRequest {
  /** Taken when it is free. */
  preferred?: number;
  /** Ports at this distance must be free as well, for servers that derive further ports. */
  alsoFreeAt?: number[];
}

/**
 * Picks distinct free ports of 127.0.0.1, one a name.
 *
 * @throws NoFreePortError when chance finds none
 */
export async function pickFreePorts<Name extends string>(
  requests: Record<Name, PortRequest>,
): Promise<Record<Name, number>> {
  const taken = new Set<number>();
  const picked: Partial<Record<Name, number>> = {};
  for (const [name, request] of Object.entries(requests) as [Name, PortRequest][]) {
    const candidates = request.preferred === undefined ? [] : [request.preferred];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      candidates.push(LOWEST_PORT + Math.floor(Math.random() * (HIGHEST_PORT - LOWEST_PORT)));
    }
    for (const port of candidates) {
      const all = [port, ...(request.alsoFreeAt ?? []).map((distance) => port + distance)];
      if (all.some((needed) => taken.has(needed))) continue;
      if (!(await Promise.all(all.map(isPortFree))).every(Boolean)) continue;
      all.forEach((needed) => taken.add(needed));
      picked[name] = port;
      break;
    }
    if (picked[name] === undefined) {
      throw new NoFreePortError(
        `No free port between ${LOWEST_PORT} and ${HIGHEST_PORT} on 127.0.0.1 for ${name}. ` +
          'End some of the servers on this machine and try again.',
        { name },
      );
    }
  }
  return picked as Record<Name, number>;
}

const portsSchema = z.record(z.string(), z.number().int().min(1).max(65_535));

/** The ports that `pickLastingPorts` noted in a file; none when there is no such file. */
export async function readPorts(file: string): Promise<Record<string, number>> {
  try {
    return portsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // No file yet, or not one of ours: new ports are as good.
    return {};
  }
}

/**
 * Picks free ports as `pickFreePorts` does, but takes those noted in `file` again where they are still free, and notes
 * the result there: links and addresses stay the same from one start to the next.
 */
export async function pickLastingPorts<Name extends string>(
  file: string,
  requests: Record<Name, PortRequest>,
): Promise<Record<Name, number>> {
  const earlier = await readPorts(file);
  const preferring = Object.fromEntries(
    (Object.entries(requests) as [Name, PortRequest][]).map(([name, request]) => [
      name,
      { ...request, preferred: earlier[name] ?? request.preferred },
    ]),
  ) as Record<Name, PortRequest>;
  const ports = await pickFreePorts(preferring);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(ports, null, 2));
  return ports;
}
