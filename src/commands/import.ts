import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { importWorkflowId } from '../domain/cycle';
import { ConflictError, InvalidInputError } from '../domain/errors';
import type { ObjectStore } from '../platform/storage/object-store';
import { taskQueue } from '../platform/temporal';
import type { importUtterances } from '../workflows/import-utterances';
import { findRunningCycle } from '../operations/cycles';
import { toJson, withPipeline, type CommandContext } from './session';

export function addImport(program: Command, { output }: CommandContext): void {
  program
    .command('import')
    .description(
      "add the utterances of a CSV to the bot's DRAFT and build it; no version, no alias is touched",
    )
    .argument('<pipeline>', 'name or file of the pipeline')
    .argument('<csv>', 'file or s3:// address with the columns utterance,intent')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
Rows without an intent, or with FallbackIntent, are not imported: Lex's built-in fallback takes no utterances. They are
kept as evidence beside the archive.

Examples:
  npx ciclo import cafe utterances.csv
  npx ciclo import cafe s3://my-bucket/utterances.csv`,
    )
    .action((pipeline: string, csv: string, options: { json?: boolean }) =>
      withPipeline(pipeline, async ({ client, store, configuration }) => {
        const { name } = configuration;
        if (await findRunningCycle(client, name)) {
          throw new ConflictError(
            `A cycle of ${name} is running, and both would change the bot's DRAFT. Import when it is over: npx ciclo status ${name}`,
            { pipeline: name },
          );
        }
        const outputUri = `${configuration.store.uri}imports/${new Date().toISOString().replace(/[:.]/g, '-')}/`;
        const result = await client.workflow.execute<typeof importUtterances>('importUtterances', {
          workflowId: importWorkflowId(name),
          taskQueue,
          args: [
            {
              pipeline: name,
              target: configuration.target,
              storeUri: configuration.store.uri,
              csvUri: await uploaded(store, csv, `${outputUri}input.csv`),
              outputUri,
            },
          ],
          staticSummary: `Import of a CSV into ${name}`,
        });
        if (options.json) output.out(toJson(result));
        else {
          output.out(
            `${result.addedUtterances} utterances added to DRAFT, ${result.leftOut} left out (${result.leftOutUri}), ${result.evidence} rows without an intent.\nWhat changed: ${result.diffUri}`,
          );
        }
      }),
    );
}

/** The CSV's address; a local file is copied to where the worker can read it. */
async function uploaded(store: ObjectStore, csv: string, uri: string): Promise<string> {
  if (csv.startsWith('s3://')) return csv;
  let content: Buffer;
  try {
    content = await readFile(csv);
  } catch (cause) {
    throw new InvalidInputError(
      `There is no file ${csv}. Name a CSV with the columns utterance,intent.`,
      { csv },
      true,
      { cause },
    );
  }
  await store.write(uri, content, { contentType: 'text/csv' });
  return uri;
}
