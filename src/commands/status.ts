import type { Command } from 'commander';
import pc from 'picocolors';
import { describeWatch } from '../domain/watch';
import { pipelineStatus, type PipelineStatus } from '../operations/pipeline-status';
import { formatStage, formatTable } from './format';
import { toJson, withPipeline, type CommandContext } from './session';

export function addStatus(program: Command, { output }: CommandContext): void {
  program
    .command('status')
    .description('the cycle that runs or ran last, the schedule and the models')
    .argument('<pipeline>', 'name or file of the pipeline')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      "\nExamples:\n  npx ciclo status cafe\n  npx ciclo status cafe --json | jq '.cycle.stages'",
    )
    .action((pipeline: string, options: { json?: boolean }) =>
      withPipeline(pipeline, async ({ client, store, configuration }) => {
        const status = await pipelineStatus(client, store, configuration);
        if (options.json) output.out(toJson(status));
        else output.out(formatStatus(status, Date.now()));
      }),
    );
}

/** The status for a person. */
function formatStatus(status: PipelineStatus, nowMs: number): string {
  const { cycle, schedule, watch, models, pipeline } = status;
  const lines: string[] = [];
  if (cycle) {
    lines.push(pc.bold(`${pipeline}, cycle ${cycle.cycle ?? '…'} (${cycle.trigger})`));
    lines.push(
      ...cycle.stages.filter((stage) => stage.state !== 'skipped').map((stage) => formatStage(stage, nowMs)),
    );
    if (status.workerMissing)
      lines.push(
        pc.yellow(
          '  The cycle runs, and no worker answers. Start one: npm start on this machine, else node dist/worker.js',
        ),
      );
    if (cycle.waitingForDraftEdits) lines.push(pc.yellow(`  ${cycle.waitingForDraftEdits.en}`));
    if (cycle.waitingForReview) lines.push(pc.yellow(`  Waits for a person: npx ciclo review ${pipeline}`));
    if (cycle.result) lines.push(`  ${pc.bold(cycle.result.outcome)}: ${cycle.result.reason.en}`);
  } else {
    lines.push(`No cycle of ${pipeline} was run yet. Start one: npx ciclo run ${pipeline}`);
  }
  lines.push('');
  if (!schedule) lines.push(`Schedule: none. Apply it: npx ciclo schedule apply ${pipeline}`);
  else if (schedule.paused)
    lines.push(`Schedule: ${pc.yellow('paused')}${schedule.note ? ` (${schedule.note})` : ''}`);
  else lines.push(`Schedule: next cycle at ${schedule.next ?? 'no time'}`);
  if (watch) {
    const [head, ...figures] = describeWatch(watch);
    lines.push('', `Watch: ${head}`, ...figures.map((line) => `  ${line}`));
    if (watch.verdict === null) lines.push(`  Stop it: npx ciclo watch ${pipeline} --stop`);
  }
  if (status.watchUnanswered)
    lines.push('', `Watch: ${pc.yellow('it goes on, and no worker answers what it has seen.')}`);
  if (models.length > 0) {
    lines.push('', 'Models');
    const rows = models.map((model) => [
      `  v${model.version}`,
      model.state,
      `bot version ${model.botVersion}`,
      model.cycle === null ? 'was live before' : `cycle ${model.cycle}`,
      model.registeredAt,
    ]);
    lines.push(formatTable(rows));
  }
  return lines.join('\n');
}
