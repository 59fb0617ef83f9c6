import { fine } from '../../domain/doctor';
import type { PipelineConfiguration } from '../../domain/pipeline';
import type { Check } from '../check';

/** Whether the pipeline file can be read; its errors name every problem with line and column. */
export function fileCheck(configuration: () => Promise<PipelineConfiguration>): Check {
  return {
    id: 'pipeline-file',
    group: 'pipeline',
    title: 'The pipeline file',
    async run() {
      const { name, target } = await configuration();
      return [fine(`The pipeline file of ${name} is valid (${target.bot}, ${target.localeId}).`)];
    },
  };
}
