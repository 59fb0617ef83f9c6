import type { Command } from 'commander';
import { findRunningCycle, startCycle } from './cycles';
import { followCycle } from './follow';
import { describeResult } from './result';
import { howToAnswer } from './review-client';
import { withPipeline, type CommandContext } from './session';

export function addRun(program: Command, { output, signal }: CommandContext): void {
  program
    .command('run')
    .description('start a cycle and follow it to its end')
    .argument('<pipeline>', 'name or file of the pipeline')
    .option('--attach', 'follow the cycle that runs, if one does')
    .option('--no-wait', 'start it and return')
    .addHelpText('after', '\nExamples:\n  npx ciclo run cafe\n  npx ciclo run cafe --no-wait')
    .action((pipeline: string, options: { attach?: boolean; wait: boolean }) =>
      withPipeline(pipeline, async ({ client, store, configuration }) => {
        const { name } = configuration;
        const running = options.attach ? await findRunningCycle(client, name) : null;
        const handle = running ?? (await startCycle(client, name, 'manual'));
        if (!options.wait) {
          output.out(`Started ${handle.workflowId}. Look at it: npx ciclo status ${name}`);
          return;
        }
        const result = await followCycle(handle, output, {
          signal,
          onWaiting: (status) => {
            for (const line of howToAnswer(name, Number(status.cycle), null)) output.err(line);
            return Promise.resolve();
          },
        });
        output.out(await describeResult(result, configuration, store, process.cwd()));
      }),
    );
}
