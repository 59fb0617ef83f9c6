import { cpus, release, totalmem, type } from 'node:os';

/** One line that says on which machine figures were measured. */
export function describeMachine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  const memoryGigabytes = (totalmem() / 1e9).toFixed(0);
  return `${processors.length} × ${model}, ${memoryGigabytes} GB of memory, ${type()} ${release()}, Node.js ${process.version}`;
}
