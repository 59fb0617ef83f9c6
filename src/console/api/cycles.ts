import { z } from 'zod';
import { cycleOutcomes, triggers } from '../../domain/cycle';
import { cycleResultSchema, sentenceSchema, stageSchema } from '../../platform/registry/cycle-status';

export const pipelineParameters = z.object({ pipeline: z.string().min(1).max(100) });

export const cycleParameters = pipelineParameters.extend({ cycle: z.coerce.number().int().min(1).max(1e9) });

export type Stage = z.infer<typeof stageSchema>;

/** A cycle as it runs, or as it left itself: `GET /api/pipelines/:pipeline/cycles/:cycle` */
export const cycleSchema = z.object({
  pipeline: z.string(),
  cycle: z.number().nullable(),
  trigger: z.enum(triggers),
  /** `running` also while it waits for a person. */
  state: z.enum(['running', 'done', 'failed', 'ended']),
  /** ISO 8601, UTC. */
  startedAt: z.string().nullable(),
  stages: z.array(stageSchema),
  /** Whether its review waits for a person. */
  waitsForReview: z.boolean(),
  /** What somebody changed in the bot's DRAFT meanwhile, where the cycle waits to be told to keep that. */
  waitingForDraftEdits: sentenceSchema.nullable(),
  result: cycleResultSchema.nullable(),
  /** Whether `…/report` has something to show. */
  hasReport: z.boolean(),
  /** Of the cycle and of its review, in the Temporal UI. */
  links: z.object({ cycle: z.string().nullable(), review: z.string().nullable() }),
  /** True where the cycle runs and no worker answered: told from what it left so far. */
  workerMissing: z.boolean(),
});

export type Cycle = z.infer<typeof cycleSchema>;

/** One line of `GET /api/pipelines/:pipeline/cycles`, the newest first. */
export const cycleSummarySchema = z.object({
  cycle: z.number(),
  trigger: z.enum(triggers),
  startedAt: z.string(),
  state: z.enum(['running', 'done', 'failed', 'ended']),
  /** Null while it runs, and where none is known. */
  outcome: z.enum(cycleOutcomes).nullable(),
  hasReport: z.boolean(),
});

export const cyclesSchema = z.object({ cycles: z.array(cycleSummarySchema) });

export type CycleSummary = z.infer<typeof cycleSummarySchema>;

/** `GET /api/pipelines` */
export const pipelinesSchema = z.object({
  pipelines: z.array(
    z.object({
      name: z.string(),
      /** ISO 639-1, of the bot. */
      language: z.string(),
      /** Null before the first one. */
      newestCycle: cycleSchema.nullable(),
      /** The review that waits for a person, with what is still open in it; null where none does. */
      waitingReview: z
        .object({ cycle: z.number(), open: z.number(), decisions: z.number(), deadline: z.string() })
        .nullable(),
    }),
  ),
});

export type Pipelines = z.infer<typeof pipelinesSchema>;
