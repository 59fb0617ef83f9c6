import type { Command } from 'commander';
import { ScheduleOverlapPolicy } from '@temporalio/client';
import { NotFoundError } from '../domain/errors';
import { applySchedule, describeSchedule, diffSchedule, scheduleId } from '../platform/schedule';
import { formatTable } from './format';
import { date, toJson, withPipeline, type CommandContext, type PipelineSession } from './session';

export function addSchedule(program: Command, { output }: CommandContext): void {
  const schedule = program
    .command('schedule')
    .description('the schedule that starts cycles: compare, apply, pause, resume, trigger, backfill');
  const on = (name: string, description: string) =>
    schedule.command(name).description(description).argument('<pipeline>', 'name or file of the pipeline');
  const handle = async ({ client, configuration }: PipelineSession) => {
    if (!(await describeSchedule(client, configuration.name))) {
      throw new NotFoundError(
        `${configuration.name} has no schedule yet: npx ciclo schedule apply ${configuration.name}`,
      );
    }
    return client.schedule.getHandle(scheduleId(configuration.name));
  };

  on('diff', 'what applying the pipeline file would change')
    .option('--json', 'for programs')
    .action((pipeline: string, options: { json?: boolean }) =>
      withPipeline(pipeline, async ({ client, configuration }) => {
        const differences = await diffSchedule(client, configuration, new Date());
        if (options.json) output.out(toJson(differences));
        else if (differences.length === 0) output.out('The schedule is as the pipeline file wants it.');
        else
          output.out(
            formatTable([
              ['setting', 'applied', 'wanted'],
              ...differences.map((one) => [one.setting, one.applied ?? '-', one.wanted]),
            ]),
          );
      }),
    );
  on('apply', 'bring the schedule in line with the pipeline file').action((pipeline: string) =>
    withPipeline(pipeline, async ({ client, configuration }) => {
      const { created, differences } = await applySchedule(client, configuration, new Date());
      if (created)
        output.out(
          `Created: every ${configuration.schedule.everyDays} days at ${configuration.schedule.at} ${configuration.schedule.timeZone}.`,
        );
      else
        output.out(
          differences.length === 0
            ? 'Nothing to change.'
            : `Changed: ${differences.map((one) => one.setting).join(', ')}.`,
        );
    }),
  );
  on('pause', 'start no cycles until it is resumed')
    .option('--reason <text>', 'why', 'paused on the command line')
    .action((pipeline: string, options: { reason: string }) =>
      withPipeline(pipeline, async (session) => {
        await (await handle(session)).pause(options.reason);
        output.out('Paused.');
      }),
    );
  on('resume', 'start cycles again').action((pipeline: string) =>
    withPipeline(pipeline, async (session) => {
      await (await handle(session)).unpause('resumed on the command line');
      output.out('Resumed.');
    }),
  );
  on('trigger', 'start a cycle now, as the schedule would').action((pipeline: string) =>
    withPipeline(pipeline, async (session) => {
      await (await handle(session)).trigger(ScheduleOverlapPolicy.SKIP);
      output.out(`Triggered. Look at it: npx ciclo status ${session.configuration.name}`);
    }),
  );
  on('backfill', 'start the cycles that a time in the past would have had')
    .requiredOption('--from <date>', 'ISO 8601', date)
    .requiredOption('--to <date>', 'ISO 8601', date)
    .action((pipeline: string, options: { from: Date; to: Date }) =>
      withPipeline(pipeline, async (session) => {
        await (
          await handle(session)
        ).backfill({ start: options.from, end: options.to, overlap: ScheduleOverlapPolicy.BUFFER_ALL });
        output.out('The cycles of that time are started one after another.');
      }),
    );
}
