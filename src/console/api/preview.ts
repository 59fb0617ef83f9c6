import { z } from 'zod';

const shareChange = z.object({ before: z.number(), after: z.number() });

/**
 * `GET …/review/preview`: what the accepted decisions would probably do, by a linear classifier on TF-IDF. It is
 * not the bot's own engine.
 */
export const previewSchema = z.object({
  /** How many decisions it is of. */
  decisions: z.number(),
  computedInMs: z.number(),
  fallback: z.object({
    /** Of this cycle's traffic. */
    interactions: z.number(),
    missed: z.number(),
    /** Missed interactions whose phrases were accepted or assigned. */
    covered: z.number(),
    /** Those of them that would probably be understood, by what each proposal's own phrases held out say. */
    likelyRescued: z.number(),
    /** Share of interactions that fall back; after: with the likely ones rescued. */
    rate: shareChange,
  }),
  golden: z.object({
    items: z.number(),
    accuracy: shareChange,
    macroF1: shareChange,
    /** Utterances whose answer would change, what gets worse first; at most 200. */
    changes: z.array(
      z.object({
        id: z.string(),
        text: z.string(),
        expected: z.string(),
        before: z.string(),
        after: z.string(),
        effect: z.enum(['better', 'worse', 'neither']),
      }),
    ),
    better: z.number(),
    worse: z.number(),
    neither: z.number(),
  }),
  /** Intents that gain phrases, or whose F1 on the golden set would change; the greatest loss first. */
  intents: z.array(
    z.object({
      intent: z.string(),
      isNew: z.boolean(),
      examples: z.number(),
      added: z.number(),
      /** On the golden set; null where it has no item of the intent. */
      f1: shareChange.nullable(),
    }),
  ),
});

export type Preview = z.infer<typeof previewSchema>;

/** `GET …/cycles/:cycle/preview`: the last preview beside what the evaluation found; null where one is missing. */
export const previewComparisonSchema = z.object({
  preview: previewSchema.nullable(),
  actual: z
    .object({
      items: z.number(),
      accuracy: shareChange,
      macroF1: shareChange,
      fallbackRate: shareChange,
      intents: z.array(z.object({ intent: z.string(), f1: shareChange })),
    })
    .nullable(),
});

export type PreviewComparison = z.infer<typeof previewComparisonSchema>;
