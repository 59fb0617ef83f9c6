import { cycleKey } from '../../src/domain/cycle';
import type { Records, Truth, Violation } from './records';

const over = new Set(['SUCCEEDED', 'FAILED']);

/** Of every Batch job one attempt succeeded, and nothing runs any more. */
export function checkJobs({ jobs, jobProcesses, store }: Records, truth: Truth): Violation[] {
  const violations: Violation[] = [];
  for (const { number } of truth.cycles) {
    for (const stage of ['prepare', 'discover'] as const) {
      const manifest = store.manifests.find((one) => one.cycle === number && one.stage === stage);
      if (manifest?.manifest.parameters['engine'] !== 'batch') continue;
      const name = new RegExp(`-${cycleKey(number)}-${stage}(-\\d+)?$`);
      const own = jobs.filter((job) => name.test(job.name));
      if (own.filter(({ status }) => status === 'SUCCEEDED').length !== 1)
        violations.push({
          cycle: number,
          check: `one ${stage} job succeeded`,
          evidence: own.map((job) => `${job.name} ${job.status}`).join(', ') || 'no job',
        });
    }
  }
  const running = jobs.filter(({ status }) => !over.has(status));
  if (running.length > 0)
    violations.push({
      cycle: null,
      check: 'no job is left in Batch',
      evidence: running.map((job) => `${job.name} ${job.status}`).join(', '),
    });
  if (jobProcesses.length > 0)
    violations.push({
      cycle: null,
      check: 'no process of a job is left',
      evidence: `pids ${jobProcesses.join(', ')}`,
    });
  return violations;
}
