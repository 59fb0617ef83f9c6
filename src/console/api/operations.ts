import { z } from 'zod';
import { sentenceSchema } from '../../platform/registry/cycle-status';

/** `GET …/cycles/:cycle/evaluation`: `evaluation.json` as docs/evaluation.md explains it. */
export const evaluationSchema = z.looseObject({ schemaVersion: z.number() });

/** `GET …/cycles/:cycle/diff`: what the cycle's training changed in the bot (`diff.json`). */
export const botDiffSchema = z.object({
  localeId: z.string(),
  newIntents: z.array(
    z.object({ name: z.string(), description: z.string().nullable(), utterances: z.array(z.string()) }),
  ),
  removedIntents: z.array(z.string()),
  addedUtterances: z.record(z.string(), z.array(z.string())),
  removedUtterances: z.record(z.string(), z.array(z.string())),
  unchangedIntents: z.array(z.string()),
  otherChanges: z.array(z.object({ path: z.string(), change: z.enum(['added', 'removed', 'changed']) })),
  toEdit: z.array(z.object({ intent: z.string(), what: z.literal('closing-message'), message: z.string() })),
});

export type BotDiff = z.infer<typeof botDiffSchema>;

/** `GET /api/pipelines/:pipeline/category-map` */
export const categoryMapSchema = z.object({
  version: z.number(),
  categories: z.array(
    z.object({
      name: z.string(),
      origin: z.enum(['new', 'existing']),
      sinceCycle: z.number(),
      examples: z.number(),
    }),
  ),
  rejected: z.array(
    z.object({
      cycle: z.number(),
      proposal: z.string(),
      name: z.string(),
      author: z.string(),
      at: z.string(),
      reason: z.string().nullable(),
      phrases: z.number(),
    }),
  ),
  /** The newest first. */
  history: z.array(
    z.object({
      cycle: z.number(),
      number: z.number(),
      at: z.string(),
      author: z.string(),
      action: z.string(),
      proposals: z.array(z.string()),
      /** What they were called then, in the same order; the id where nothing tells. */
      names: z.array(z.string()),
      name: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
});

export type CategoryMapView = z.infer<typeof categoryMapSchema>;

/** `GET /api/pipelines/:pipeline/schedule` */
export const scheduleSchema = z.object({
  /** Null where the pipeline file's schedule was not applied. */
  schedule: z
    .object({
      paused: z.boolean(),
      note: z.string().nullable(),
      /** ISO 8601, UTC; the next ones. */
      next: z.array(z.string()),
      everyDays: z.number(),
      at: z.string(),
      timeZone: z.string(),
    })
    .nullable(),
});

export type Schedule = z.infer<typeof scheduleSchema>;

/** Body of `POST …/schedule/pause`. */
export const pauseRequestSchema = z.strictObject({ reason: z.string().min(1).max(500) });

/** `GET /api/pipelines/:pipeline/versions` */
export const versionsSchema = z.object({
  /** The live alias. */
  alias: z.string(),
  /** The newest first. */
  versions: z.array(
    z.object({
      /** The N of model vN. */
      version: z.number(),
      state: z.enum(['candidate', 'approved', 'live', 'retired']),
      botVersion: z.string(),
      /** Null for one that was live before Ciclo came. */
      cycle: z.number().nullable(),
      registeredAt: z.string(),
      history: z.array(z.object({ state: z.string(), at: z.string() })),
    }),
  ),
  /** What a roll back without a version would bring back; null where there is nothing. */
  previous: z.number().nullable(),
  /** A promotion or rollback that goes on just now, with its link into the Temporal UI. */
  running: z
    .object({ kind: z.enum(['promote', 'rollback']), workflowId: z.string(), link: z.string().nullable() })
    .nullable(),
});

export type Versions = z.infer<typeof versionsSchema>;

/** Body of `POST …/versions/promote`: the version is named once more, so that nothing else goes live. */
export const promoteRequestSchema = z.strictObject({ version: z.int().min(1) });

/** Body of `POST …/versions/rollback`. */
export const rollbackRequestSchema = z.strictObject({
  version: z.int().min(1),
  reason: z.string().min(1).max(500),
});

/** Something long was started: follow it where it says. */
export const startedSchema = z.object({ workflowId: z.string(), link: z.string().nullable() });

export type Started = z.infer<typeof startedSchema>;

/** The answer of what changes something and has nothing to tell. */
export const doneSchema = z.object({ done: z.literal(true) });

/** `GET /api/pipelines/:pipeline/audit`, the newest first. */
export const auditSchema = z.object({
  entries: z.array(
    z.object({
      number: z.number(),
      at: z.string(),
      author: z.string().nullable(),
      text: sentenceSchema,
    }),
  ),
});

export type Audit = z.infer<typeof auditSchema>;
