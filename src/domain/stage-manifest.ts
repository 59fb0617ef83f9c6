import type { Artifact } from './artifact';
import type { StageName } from './cycle';
import type { StageReuse } from './stage-reuse';

/** What a stage worked on and made: `manifest.json` in the stage's folder. */
export interface StageManifest {
  schemaVersion: 1;
  stage: StageName;
  /** Version of Ciclo that ran it. */
  codeVersion: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  finishedAt: string;
  durationMs: number;
  counts: Record<string, number>;
  inputs: Record<string, Artifact | string | null>;
  parameters: Record<string, unknown>;
  outputs: Record<string, Artifact>;
  /** Null for a stage that always runs. */
  reuse: StageReuse | null;
}
