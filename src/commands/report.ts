import type { Command } from 'commander';
import { NotFoundError } from '../domain/errors';
import type { PipelineConfiguration } from '../domain/pipeline';
import { cycleUri, listCycles } from '../platform/registry/cycles';
import { openObjectStore, type ObjectStore } from '../platform/storage/object-store';
import { copyReport } from './result';
import { readPipeline, wholeNumber, type CommandContext } from './session';

export function addReport(program: Command, { output }: CommandContext): void {
  program
    .command('report')
    .description("copy a cycle's report here, for a browser")
    .argument('<pipeline>', 'name or file of the pipeline')
    .option('--cycle <number>', 'which one; else the last that has a report', wholeNumber)
    .option('--json', "the evaluation itself: evaluation.json's content")
    .addHelpText(
      'after',
      "\nExamples:\n  npx ciclo report cafe\n  npx ciclo report cafe --cycle 3 --json | jq '.sets.golden.comparison.macroF1'",
    )
    .action(async (pipeline: string, options: { cycle?: number; json?: boolean }) => {
      const configuration = await readPipeline(pipeline);
      const store = openObjectStore();
      const { uri, cycle } = await findReport(store, configuration, options.cycle);
      if (options.json) output.out((await store.readText(`${uri}evaluate/evaluation.json`)).trimEnd());
      else output.out(await copyReport(`${uri}report.html`, cycle, store, process.cwd()));
    });
}

async function findReport(
  store: ObjectStore,
  configuration: PipelineConfiguration,
  wanted: number | undefined,
): Promise<{ uri: string; cycle: number }> {
  const cycles = (await listCycles(store, configuration.store.uri)).map((record) => record.cycle);
  for (const cycle of wanted === undefined ? cycles.reverse() : [wanted]) {
    const uri = cycleUri(configuration.store.uri, cycle);
    if (await store.exists(`${uri}report.html`)) return { uri, cycle };
  }
  throw new NotFoundError(
    `${wanted === undefined ? 'No cycle' : `Cycle ${wanted}`} of ${configuration.name} has a report. See "npx ciclo status ${configuration.name}".`,
    { pipeline: configuration.name },
  );
}
