import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Artifact } from '../../domain/artifact';
import { NotFoundError } from '../../domain/errors';
import {
  explainMiss,
  identityOf,
  reuseExplanations,
  type StageReuse,
  type StageWork,
} from '../../domain/stage-reuse';
import type { ObjectStore } from '../storage/object-store';
import { joinUri } from '../storage/uri';
import { artifactSchema } from './artifact-schema';
import { readJson } from './json-document';

const workSchema = z.object({
  inputs: z.record(z.string(), z.union([artifactSchema, z.string(), z.null()])),
  parameters: z.record(z.string(), z.unknown()),
  codeVersion: z.string().nullable(),
});

const lastSchema = z.object({ schemaVersion: z.literal(1), cycle: z.int().min(1), work: workSchema });

const resultSchema = lastSchema.extend({
  outputs: z.record(z.string(), artifactSchema),
  value: z.unknown(),
});

/** A stage's result, as it is kept for later cycles. */
export interface StageResult {
  cycle: number;
  work: StageWork;
  outputs: Record<string, Artifact>;
  /** What the stage's work returned. */
  value: unknown;
}

/** The results of a pipeline's stages, by what they depend on: `stage-results/STAGE/HASH.json` in its store. */
export class StageResults {
  constructor(
    private readonly store: ObjectStore,
    private readonly storeUri: string,
  ) {}

  /** Keeps a result, and remembers it as the stage's last one. */
  async keep(stage: string, result: StageResult): Promise<void> {
    const { cycle, work } = result;
    await this.write(this.resultUri(stage, work), { schemaVersion: 1, ...result });
    await this.write(this.uri(stage, 'last'), { schemaVersion: 1, cycle, work });
  }

  /**
   * Looks for a result of the very same work, of which every artifact still lies there unchanged.
   *
   * @returns the value to use; undefined when the stage has to run
   */
  async find(stage: string, work: StageWork): Promise<StageReuse & { value: unknown }> {
    const kept = await readJson(this.store, this.resultUri(stage, work), resultSchema);
    if (kept !== null && (await this.areWhole(Object.values(kept.value.outputs)))) {
      const { cycle, value } = kept.value;
      return {
        fromCycle: cycle,
        explanation: reuseExplanations.reused(cycle),
        value,
      };
    }
    const last = await readJson(this.store, this.uri(stage, 'last'), lastSchema);
    const explanation = explainMiss(work, last && { ...last.value.work, cycle: last.value.cycle });
    return { fromCycle: null, explanation, value: undefined };
  }

  private async areWhole(artifacts: readonly Artifact[]): Promise<boolean> {
    for (const artifact of artifacts) if (!(await this.isWhole(artifact))) return false;
    return true;
  }

  private async isWhole({ uri, sha256 }: Artifact): Promise<boolean> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of await this.store.read(uri)) hash.update(chunk as Buffer);
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
    return hash.digest('hex') === sha256;
  }

  private resultUri(stage: string, work: StageWork): string {
    return this.uri(stage, createHash('sha256').update(identityOf(work)).digest('hex'));
  }

  private uri(stage: string, name: string): string {
    return joinUri(this.storeUri, `stage-results/${stage}/${name}.json`);
  }

  private async write(uri: string, value: unknown): Promise<void> {
    await this.store.write(uri, `${JSON.stringify(value, null, 2)}\n`, { contentType: 'application/json' });
  }
}
