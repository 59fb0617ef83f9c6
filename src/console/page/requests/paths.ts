/** A cycle of a pipeline, as addresses name it. */
export interface CyclePath {
  pipeline: string;
  cycle: number;
}

export function pipelinePath(pipeline: string): string {
  return `pipelines/${encodeURIComponent(pipeline)}`;
}

export function cyclePath({ pipeline, cycle }: CyclePath): string {
  return `${pipelinePath(pipeline)}/cycles/${cycle}`;
}
