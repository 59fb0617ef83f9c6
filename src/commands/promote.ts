import type { Command } from 'commander';
import type { Client } from '@temporalio/client';
import { promoteWorkflowId } from '../domain/cycle';
import { NotFoundError } from '../domain/errors';
import type { PipelineConfiguration } from '../domain/pipeline';
import { ModelRegistry } from '../platform/registry/model-registry';
import type { ObjectStore } from '../platform/storage/object-store';
import { taskQueue } from '../platform/temporal';
import type { promote, PromoteResult } from '../workflows/promote';
import { authorOf } from './context';
import { modelVersion, withPipeline, type CommandContext } from './session';

export function addPromote(program: Command, { output }: CommandContext): void {
  program
    .command('promote')
    .description(
      'put a model live that the gate kept back: alias switched, tried, and put back when it fails',
    )
    .argument('<pipeline>', 'name or file of the pipeline')
    .option('--model <vN>', 'which one; else the latest candidate', modelVersion)
    .option('--author <name>', 'who decides; kept in the audit trail')
    .addHelpText('after', '\nExamples:\n  npx ciclo promote cafe\n  npx ciclo promote cafe --model v3')
    .action((pipeline: string, options: { model?: number; author?: string }) =>
      withPipeline(pipeline, async ({ client, store, configuration }) => {
        const result = await promoteModel(client, store, configuration, {
          wanted: options.model ?? null,
          author: authorOf(options.author),
        });
        output.out(
          `Alias "${configuration.target.alias}": bot version ${result.previousVersion} → ${result.botVersion}.`,
        );
      }),
    );
}

/** Ahead of everything that nobody waits for. */
const priority = { priorityKey: 1 };

/**
 * Puts a candidate live and waits until it is.
 * @param how.wanted the N of `models/vN/`; null for the latest candidate
 */
async function promoteModel(
  client: Client,
  store: ObjectStore,
  configuration: PipelineConfiguration,
  { wanted, author }: { wanted: number | null; author: string },
): Promise<PromoteResult> {
  const modelVersion = wanted ?? (await latestCandidate(store, configuration));
  return client.workflow.execute<typeof promote>('promote', {
    workflowId: promoteWorkflowId(configuration.name, modelVersion),
    taskQueue,
    args: [{ pipeline: configuration.name, modelVersion, author }],
    staticSummary: `Model v${modelVersion} goes live for ${configuration.name}, by ${author}`,
    priority,
  });
}

async function latestCandidate(store: ObjectStore, configuration: PipelineConfiguration): Promise<number> {
  const models = await new ModelRegistry(store, configuration.store.uri).list();
  const candidate = models.filter((entry) => entry.state === 'candidate').at(-1);
  if (candidate) return candidate.model.version;
  throw new NotFoundError(
    `No model of ${configuration.name} is a candidate. See "npx ciclo status ${configuration.name}"; a retired one comes back with "npx ciclo rollback ${configuration.name} --to vN".`,
    { pipeline: configuration.name },
  );
}
