import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Command } from 'commander';
import type { CycleOptions } from '../domain/cycle';
import { keepConsoleEditsSignal, type retrain } from '../workflows/retrain';
import { findRunningCycle, startCycle } from '../operations/cycles';
import { followCycle } from './follow';
import { describeResult } from './result';
import { howToAnswer } from './format-review';
import { withPipeline, type CommandContext } from './session';

interface RunOptions {
  attach?: boolean;
  wait: boolean;
  explain?: boolean;
  cache: boolean;
  keepConsoleEdits?: boolean;
}

export function addRun(program: Command, { output, signal }: CommandContext): void {
  program
    .command('run')
    .description('start a cycle and follow it to its end')
    .argument('<pipeline>', 'name or file of the pipeline')
    .option('--attach', 'follow the cycle that runs, if one does')
    .option('--no-wait', 'start it and return')
    .option('--explain', 'say of each stage why an earlier result was reused, or why it ran')
    .option('--no-cache', 'run every stage, also where an earlier result could be reused')
    .option(
      '--keep-console-edits',
      "take over what was changed in DRAFT since Ciclo's last import; also for a cycle that waits to be told",
    )
    .addHelpText(
      'after',
      '\nExamples:\n  npx ciclo run cafe\n  npx ciclo run cafe --no-wait\n  npx ciclo run cafe --explain --no-cache',
    )
    .action((pipeline: string, options: RunOptions) =>
      withPipeline(pipeline, async ({ client, store, configuration }) => {
        const { name } = configuration;
        const handle = await attachOrStart(client, name, options);
        if (!options.wait) {
          output.out(`Started ${handle.workflowId}. Look at it: npx ciclo status ${name}`);
          return;
        }
        const result = await followCycle(handle, output, {
          signal,
          explain: options.explain,
          onWaiting: (status) => {
            for (const line of howToAnswer(name, Number(status.cycle), null)) output.err(line);
            return Promise.resolve();
          },
        });
        output.out(await describeResult(result, configuration, store, process.cwd()));
      }),
    );
}

async function attachOrStart(
  client: Client,
  pipeline: string,
  { attach, cache, keepConsoleEdits }: RunOptions,
): Promise<WorkflowHandle<typeof retrain>> {
  const running = attach || keepConsoleEdits ? await findRunningCycle(client, pipeline) : null;
  if (running) {
    if (keepConsoleEdits) await running.signal(keepConsoleEditsSignal);
    return running;
  }
  const options: CycleOptions = {
    ...(!cache && { noCache: true }),
    ...(keepConsoleEdits && { keepConsoleEdits }),
  };
  return startCycle(client, pipeline, 'manual', options);
}
