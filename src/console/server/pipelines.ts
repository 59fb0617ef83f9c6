import { NotFoundError } from '../../domain/errors';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { findPipelineFile, parsePipelineFile, pipelineNames } from '../../platform/configuration';
import type { PipelineSource } from './options';

/** The pipelines of `pipelines/` in this folder, or those of them that are named; files are read anew each time. */
export function pipelineFiles(only: readonly string[] = []): PipelineSource {
  const names = async () =>
    (await pipelineNames()).filter((name) => only.length === 0 || only.includes(name));
  return {
    names,
    read: async (name) => parsePipelineFile(await findPipelineFile(name)),
  };
}

/**
 * A pipeline by what an address says.
 * @throws NotFoundError for a name that is none: it never becomes a path
 */
export async function readKnownPipeline(
  source: PipelineSource,
  name: string,
): Promise<PipelineConfiguration> {
  const names = await source.names();
  if (names.includes(name)) return source.read(name);
  throw new NotFoundError(
    {
      en: `There is no pipeline of that name. There are: ${names.join(', ') || 'none'}.`,
      es: `No hay ningún pipeline con ese nombre. Hay: ${names.join(', ') || 'ninguno'}.`,
    },
    { names },
  );
}
