import type { Command } from 'commander';
import type { Client } from '@temporalio/client';
import { rollbackWorkflowId } from '../domain/cycle';
import { taskQueue } from '../platform/temporal';
import type { rollback, RollbackInput, RollbackResult } from '../workflows/rollback';
import { authorOf } from './context';
import { modelVersion, withPipeline, type CommandContext } from './session';

/** Ahead of everything that nobody waits for. */
const priority = { priorityKey: 1 };

export function addRollback(program: Command, { output }: CommandContext): void {
  program
    .command('rollback')
    .description('take the live alias back to an earlier model, with all of its settings kept')
    .argument('<pipeline>', 'name or file of the pipeline')
    .option('--to <vN>', 'which model; else the one before', modelVersion)
    .option('--author <name>', 'who decides')
    .option('--reason <text>', 'why')
    .addHelpText(
      'after',
      '\nExamples:\n  npx ciclo rollback cafe --reason "complaints about wifi"\n  npx ciclo rollback cafe --to v1',
    )
    .action((pipeline: string, options: { to?: number; author?: string; reason?: string }) =>
      withPipeline(pipeline, async ({ client, configuration }) => {
        const result = await rollBack(client, configuration.name, {
          author: authorOf(options.author),
          reason: options.reason ?? null,
          modelVersion: options.to ?? null,
        });
        output.out(
          `Alias "${configuration.target.alias}": bot version ${result.botVersionBefore} → ${result.botVersionAfter} (model v${result.fromModelVersion} → v${result.toModelVersion}).`,
        );
      }),
    );
}

/** Takes the live alias back and waits until it is. */
async function rollBack(
  client: Client,
  pipeline: string,
  how: Omit<RollbackInput, 'pipeline'>,
): Promise<RollbackResult> {
  return client.workflow.execute<typeof rollback>('rollback', {
    workflowId: rollbackWorkflowId(pipeline),
    taskQueue,
    args: [{ pipeline, ...how }],
    staticSummary: `Rollback of ${pipeline}, by ${how.author}`,
    priority,
  });
}
