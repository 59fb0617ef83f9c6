import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { connectClient } from '../platform/temporal';
import { describeDeployment, makeCurrent, newestBuild, ramp } from '../platform/worker-deployment';
import { formatTable } from './format';
import { joinLocalServers, toJson, type CommandContext } from './session';

interface DeployOptions {
  build?: string;
  ramp?: number;
  status?: boolean;
  json?: boolean;
}

export function addDeploy(program: Command, { output }: CommandContext): void {
  program
    .command('deploy')
    .description('send work to a new build of the worker; cycles that run go on with it')
    .option('--build <id>', 'the build; the newest one that polls where not given')
    .option('--ramp <percent>', 'send only this share of new work to it', percentage)
    .option('--status', 'change nothing, show the builds')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
A worker names its build to Temporal when it starts. The first build takes all work at once; a later one gets none
until it is deployed. To go back, deploy the build before.

Examples:
  npx ciclo deploy --status
  npx ciclo deploy --ramp 10
  npx ciclo deploy`,
    )
    .action(async (options: DeployOptions) => {
      await joinLocalServers();
      const client = await connectClient();
      try {
        if (!options.status) {
          const build = options.build ?? (await newestBuild(client));
          if (options.ramp === undefined) await makeCurrent(client, build);
          else await ramp(client, build, options.ramp);
        }
        const builds = (await describeDeployment(client)) ?? [];
        if (options.json) output.out(toJson(builds));
        else if (builds.length === 0)
          output.out('No worker has polled here yet. Start one: node dist/worker.js');
        else {
          const rows = builds.map(({ buildId, state, sharePercent, firstSeenAt }) => [
            buildId,
            state,
            `${sharePercent} %`,
            firstSeenAt ?? '',
          ]);
          output.out(formatTable([['build', 'state', 'new work', 'first seen'], ...rows]));
        }
      } finally {
        await client.connection.close();
      }
    });
}

function percentage(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('A number from 0 to 100 is wanted.');
  return value;
}
