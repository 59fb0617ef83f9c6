import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { runChaos } from './run';

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('a whole number from 1 on is wanted.');
  return value;
};

/** Runs cycles under kills from the command line; exit code 1 when something was not as it has to be. */
async function main(): Promise<void> {
  const { cycles, seed, keep } = new Command('chaos')
    .description('Runs retraining cycles while everything is killed, and checks the servers’ own records.')
    .option('--cycles <number>', 'how many cycles', wholeNumber, 10)
    .option('--seed <number>', 'draws the bot, the logs and the kills', wholeNumber, 1)
    .option('--keep', 'leave the servers’ data and logs behind')
    .parse()
    .opts<{ cycles: number; seed: number; keep?: boolean }>();
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => interrupted.abort(new Error('Interrupted.')));
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-chaos-'));
  const report = (line: string) => void process.stdout.write(`${line}\n`);
  report(`${cycles} cycles, seed ${seed}, in ${folder}`);
  let failed = true;
  try {
    const violations = await runChaos({ cycles, seed, folder, report, signal: interrupted.signal });
    failed = violations.length > 0;
    process.exitCode = failed ? 1 : 0;
  } catch (error) {
    process.exitCode = interrupted.signal.aborted ? 130 : 1;
    if (!interrupted.signal.aborted)
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  } finally {
    if (keep || (failed && !interrupted.signal.aborted)) report(`What the servers keep: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

void main();
