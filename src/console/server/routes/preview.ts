import { cycleParameters, previewComparisonSchema, previewSchema } from '../../api';
import type { ConsoleServer, RouteContext } from '../context';
import { readKnownPipeline } from '../pipelines';

const cycle = '/api/pipelines/:pipeline/cycles/:cycle';

export function addPreviewRoutes(server: ConsoleServer, { desk, pipelines, previews }: RouteContext): void {
  server.get(
    `${cycle}/review/preview`,
    { schema: { params: cycleParameters, response: { 200: previewSchema } } },
    async ({ params }) => {
      const configuration = await readKnownPipeline(pipelines, params.pipeline);
      return previews.of(configuration, await desk.open(configuration, params.cycle));
    },
  );

  server.get(
    `${cycle}/preview`,
    { schema: { params: cycleParameters, response: { 200: previewComparisonSchema } } },
    async ({ params }) => previews.compare(await readKnownPipeline(pipelines, params.pipeline), params.cycle),
  );
}
