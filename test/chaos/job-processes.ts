import { readdirSync, readFileSync } from 'node:fs';

const jobsEntry = /^\/.*\/jobs\/main\.(?:js|ts)$/;

/**
 * Processes of this machine that run a data job, whichever engine started them (Linux only).
 * @param endpoint of the S3 that they use, to tell them from those of others
 */
export function jobProcesses(endpoint: string): number[] {
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      if (!command.some((word) => jobsEntry.test(word))) continue;
      const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      if (environment.includes(`AWS_ENDPOINT_URL_S3=${endpoint}`)) found.push(Number(name));
    } catch {
      // It ended between the two looks, or is somebody else's.
    }
  }
  return found;
}
