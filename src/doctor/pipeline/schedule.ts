import type { Client } from '@temporalio/client';
import { fine, warning, type Finding } from '../../domain/doctor';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { describeSchedule, diffSchedule } from '../../platform/schedule';
import { settled, type Check } from '../check';

/** Whether cycles start by themselves, as the pipeline file says. Nothing where Temporal does not answer. */
export function scheduleCheck(client: () => Promise<Client>, configuration: PipelineConfiguration): Check {
  return {
    id: 'schedule',
    group: 'pipeline',
    title: 'The schedule',
    async run() {
      const { value } = await settled(client());
      return value ? judgeSchedule(value, configuration) : [];
    },
  };
}

async function judgeSchedule(client: Client, configuration: PipelineConfiguration): Promise<Finding[]> {
  const { name } = configuration;
  const schedule = await describeSchedule(client, name);
  if (!schedule) {
    return [
      warning(`The schedule of ${name} is not applied.`, {
        why: 'Cycles start by hand only.',
        next: 'Apply it:',
        commands: [`npx ciclo schedule apply ${name}`],
      }),
    ];
  }
  const findings: Finding[] = [];
  if (schedule.state.paused) {
    findings.push(
      warning(`The schedule of ${name} is paused${schedule.state.note ? ` (${schedule.state.note})` : ''}.`, {
        why: 'No cycle starts by itself until a person resumes it.',
        next: 'When what stopped it is mended:',
        commands: [`npx ciclo schedule resume ${name}`],
      }),
    );
  }
  const differences = await diffSchedule(client, configuration, new Date());
  if (differences.length > 0) {
    findings.push(
      warning(
        `The schedule differs from the pipeline file: ${differences.map(({ setting }) => setting).join(', ')}.`,
        {
          why: 'What runs is the older one.',
          next: 'Look, then apply:',
          commands: [`npx ciclo schedule diff ${name}`, `npx ciclo schedule apply ${name}`],
          facts: { differences },
        },
      ),
    );
  }
  if (findings.length > 0) return findings;
  const next = schedule.info.nextActionTimes[0]?.toISOString();
  return [fine(`The schedule is applied; the next cycle starts ${next ? `at ${next}` : 'at no time'}.`)];
}
