import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { broken, fine, warning, type Finding } from '../../domain/doctor';
import type { Check } from '../check';

const megabyte = 1_000_000;
const gigabyte = 1_000 * megabyte;
/** Below it the servers of `npm start` and the first sorting fail; below the other a big log does. */
const leastDiskBytes = 500 * megabyte;
const roomyDiskBytes = 2 * gigabyte;
/** Servers, worker and one data job take about this much together. */
const roomyMemoryBytes = 1.5 * gigabyte;

/** What a machine has to give. */
export interface MachineResources {
  /** Free bytes by what a folder is for. */
  disks: { folder: string; purpose: string; freeBytes: number }[];
  /** What this process may use: the machine's, or its container's. */
  memoryBytes: number;
  cores: number;
}

/** Room on disk, memory and cores. */
export function resourcesCheck(stateFolder: string, read = readResources): Check {
  return {
    id: 'resources',
    group: 'machine',
    title: 'Disk and memory',
    run: async () => judgeResources(await read(stateFolder)),
  };
}

export async function readResources(stateFolder: string): Promise<MachineResources> {
  const folders = [
    { folder: tmpdir(), purpose: 'data jobs sort there' },
    { folder: resolve(stateFolder), purpose: 'npm start keeps its servers’ data there' },
  ];
  const constrained = process.constrainedMemory();
  return {
    disks: await Promise.all(
      folders.map(async (one) => {
        const { bavail, bsize } = await statfs(nearestExisting(one.folder));
        return { ...one, freeBytes: bavail * bsize };
      }),
    ),
    // Without a limit the number is absent, 0 or larger than the machine.
    memoryBytes: constrained > 0 ? Math.min(constrained, totalmem()) : totalmem(),
    cores: availableParallelism(),
  };
}

export function judgeResources({ disks, memoryBytes, cores }: MachineResources): Finding[] {
  const findings = disks.map(({ folder, purpose, freeBytes }): Finding => {
    const what = `${amount(freeBytes)} free in ${folder} (${purpose}).`;
    if (freeBytes >= roomyDiskBytes) return fine(what, { folder, freeBytes });
    return (freeBytes < leastDiskBytes ? broken : warning)(what, {
      why: 'Sorting logs takes about as much as the logs themselves; a full disk fails the cycle.',
      next: 'Make room, or move it: TMPDIR names the temporary folder, CICLO_STATE_FOLDER the other.',
      facts: { folder, freeBytes },
    });
  });
  const power = `${amount(memoryBytes)} of memory, ${cores} ${cores === 1 ? 'core' : 'cores'}.`;
  const facts = { memoryBytes, cores };
  if (memoryBytes >= roomyMemoryBytes) return [...findings, fine(power, facts)];
  return [
    ...findings,
    warning(power, {
      why: 'The servers of npm start, the worker and a data job take about 1.5 GB together.',
      next: 'Use a larger machine, or run the data jobs on AWS Batch (engine: batch).',
      facts,
    }),
  ];
}

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(dirname(folder));
}

function amount(bytes: number): string {
  return bytes >= gigabyte
    ? `${(bytes / gigabyte).toFixed(1)} GB`
    : `${Math.round(bytes / megabyte).toLocaleString('en-US')} MB`;
}
