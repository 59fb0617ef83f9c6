import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Command } from 'commander';
import pc from 'picocolors';
import { retrainWorkflowId, type CycleStatus } from '../domain/cycle';
import type { PipelineConfiguration } from '../domain/pipeline';
import { readPastCycle } from '../platform/registry/past-cycle';
import { describeWatch, type WatchStatus } from '../domain/watch';
import { ModelRegistry } from '../platform/registry/model-registry';
import { describeSchedule } from '../platform/schedule';
import type { ObjectStore } from '../platform/storage/object-store';
import { cycleStatusQuery, type retrain } from '../workflows/retrain';
import { answeredByWorker, NoWorkerError } from './answered-by-worker';
import { formatStage, formatTable } from './format';
import { toJson, withPipeline, type CommandContext } from './session';
import { lastWatch } from './watch';

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

/** What is known of a pipeline just now. */
interface PipelineStatus {
  pipeline: string;
  /** The cycle that runs or ran last; null where none was started, or its history is gone. */
  cycle: CycleStatus | null;
  /** True where no worker answered: the cycle is told from what it has left so far. */
  workerMissing: boolean;
  schedule: { paused: boolean; next: string | null; note: string | null } | null;
  /** The watch over the model that went live last; null where there is none, or none that can be asked. */
  watch: WatchStatus | null;
  /** True where a watch goes on, and no worker answered what it has seen. */
  watchUnanswered: boolean;
  models: {
    version: number;
    state: string;
    botVersion: string;
    cycle: number | null;
    registeredAt: string;
  }[];
}

async function pipelineStatus(
  client: Client,
  store: ObjectStore,
  configuration: PipelineConfiguration,
): Promise<PipelineStatus> {
  const [{ cycle, workerMissing }, schedule, { watch, watchUnanswered }, models] = await Promise.all([
    lastCycle(client, store, configuration),
    describeSchedule(client, configuration.name),
    watchIfAnswered(client, store, configuration),
    new ModelRegistry(store, configuration.store.uri).list(),
  ]);
  return {
    pipeline: configuration.name,
    cycle,
    workerMissing,
    schedule: schedule && {
      paused: schedule.state.paused,
      next: schedule.info.nextActionTimes[0]?.toISOString() ?? null,
      note: schedule.state.note ?? null,
    },
    watch,
    watchUnanswered,
    models: models.map(({ model, state }) => ({
      version: model.version,
      state,
      botVersion: model.target.botVersion,
      cycle: model.cycle,
      registeredAt: model.registeredAt,
    })),
  };
}

async function watchIfAnswered(
  ...about: Parameters<typeof lastWatch>
): Promise<Pick<PipelineStatus, 'watch' | 'watchUnanswered'>> {
  try {
    return { watch: await lastWatch(...about), watchUnanswered: false };
  } catch (error) {
    if (!(error instanceof NoWorkerError)) throw error;
    return { watch: null, watchUnanswered: true };
  }
}

async function lastCycle(
  client: Client,
  store: ObjectStore,
  { name, store: { uri } }: PipelineConfiguration,
): Promise<{ cycle: CycleStatus | null; workerMissing: boolean }> {
  const handle = client.workflow.getHandle<typeof retrain>(retrainWorkflowId(name));
  try {
    const cycle = await answeredByWorker(client, name, () => handle.query(cycleStatusQuery));
    return { cycle, workerMissing: false };
  } catch (error) {
    const cycle = await readPastCycle(store, name, uri);
    if (error instanceof WorkflowNotFoundError) return { cycle, workerMissing: false };
    const { status } = await handle.describe();
    const running = status.name === 'RUNNING';
    if (running && !(error instanceof NoWorkerError)) throw error;
    // Today's code need not understand a history that is over: what the cycle left says the same.
    const result = status.name === 'COMPLETED' ? await handle.result() : null;
    return { cycle: cycle && { ...cycle, result }, workerMissing: running };
  }
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
    if (cycle.waitingForDraftEdits) lines.push(pc.yellow(`  ${cycle.waitingForDraftEdits}`));
    if (cycle.waitingForReview) lines.push(pc.yellow(`  Waits for a person: npx ciclo review ${pipeline}`));
    if (cycle.result) lines.push(`  ${pc.bold(cycle.result.outcome)}: ${cycle.result.reason}`);
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
