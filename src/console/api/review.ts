import { z } from 'zod';
import { standingSchema } from './decisions';
import { sentenceSchema } from '../../platform/registry/cycle-status';

const nearestIntentSchema = z.object({
  name: z.string(),
  similarity: z.number(),
  /** Whether the two come closer than the bot's own intents do to each other. */
  clashes: z.boolean(),
});

const trendSchema = z.object({
  direction: z.enum(['new', 'growing', 'falling', 'steady']),
  earlier: z.number(),
  later: z.number(),
  usualLaterShare: z.number(),
  bucketDays: z.number(),
  perBucket: z.array(z.number()),
});

const effectSchema = z.object({
  fallback: z.object({ interactions: z.number(), share: z.number(), likelyShare: z.number() }),
  own: z
    .object({ phrases: z.number(), recognised: z.number(), lower: z.number(), upper: z.number() })
    .nullable(),
  neighbours: z.array(
    z.object({
      intent: z.string(),
      examples: z.number(),
      f1Before: z.number(),
      f1After: z.number(),
      examplesLost: z.number(),
      worstRecallChange: z.number(),
    }),
  ),
});

/** A sentence about a proposal, in both languages, as the report words it. */
const explanationSchema = sentenceSchema.extend({ kind: z.enum(['fact', 'warning']) });

export const proposalSchema = z.object({
  /** `p-…`: a new category; `e-INTENT`: new examples; `….N`, `n-N`, `m-INTENT`: made by a split or a move. */
  id: z.string(),
  kind: z.enum(['new-intent', 'new-examples']),
  /** As it stands; for new examples the intent. */
  name: z.string(),
  /** As discovery suggested it; null for what a person made. */
  suggestedName: z.string().nullable(),
  suggestedByModel: z.object({ name: z.string(), description: z.string() }).nullable(),
  status: z.enum(['open', 'accepted', 'rejected', 'merged', 'assigned', 'aside']),
  /** Where its phrases go; null while that is open, or nowhere. */
  category: z.string().nullable(),
  mergedInto: z.string().nullable(),
  splitFrom: z.string().nullable(),
  reason: z.string().nullable(),
  /** Why it cannot be accepted under its name as it stands; null where it can, or is no new intent. */
  nameProblem: z.string().nullable(),
  size: z.number(),
  interactions: z.number(),
  /** Interactions that the bot missed or was uncertain about. */
  rescuedInteractions: z.number(),
  /** Whether decisions changed which phrases belong to it: what follows is of before. */
  changed: z.boolean(),
  isReturning: z.boolean(),
  terms: z.array(z.string()),
  cohesion: z.number().nullable(),
  stability: z.number().nullable(),
  trend: trendSchema.nullable(),
  nearestIntent: nearestIntentSchema.nullable(),
  /** Ids of the proposals that it comes closest to, the nearest first; perhaps pieces of the same topic. */
  near: z.array(z.string()),
  effect: effectSchema.nullable(),
  representatives: z.array(z.string()),
  borderline: z.array(z.object({ text: z.string(), near: z.string() })),
  explanations: z.array(explanationSchema),
  /** Of new examples: ids of those that the bot did not choose the intent for; they resemble its phrases, no more. */
  byLikenessAlone: z.array(z.string()),
});

export type ConsoleProposal = z.infer<typeof proposalSchema>;

export const trayGroupSchema = z.object({
  id: z.string(),
  /** `aside`: phrases that a person moved here. */
  kind: z.enum(['group', 'loose', 'language', 'rejected', 'wordless', 'aside']),
  language: z.string().nullable(),
  terms: z.array(z.string()),
  size: z.number(),
  interactions: z.number(),
  cohesion: z.number().nullable(),
  representatives: z.array(z.string()),
});

export type ConsoleTrayGroup = z.infer<typeof trayGroupSchema>;

/** `GET …/review` */
export const reviewSchema = z.object({
  pipeline: z.string(),
  cycle: z.number(),
  standing: standingSchema,
  /** Whether whoever asks may decide or approve, by role and by the pipeline's lists. */
  mayDecide: z.boolean(),
  mayApprove: z.boolean(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  /** ISO 8601, UTC. */
  waitingSince: z.string(),
  deadline: z.string(),
  /** Why a signal's decision could not be taken. */
  refusedSignals: z.array(z.string()),
  embedder: z.string(),
  traffic: z.object({
    interactions: z.number(),
    missed: z.number(),
    uncertain: z.number(),
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
  /** By interactions rescued; merged ones last. */
  proposals: z.array(proposalSchema),
  tray: z.array(trayGroupSchema),
  existingIntents: z.array(
    z.object({
      name: z.string(),
      /** Sample utterances that the bot has. */
      examples: z.number(),
      /** Phrases of this cycle that discovery found to be its own. */
      assigned: z.number(),
    }),
  ),
  /** Of proposals; a suggestion never counts as a decision, what was put aside does. */
  progress: z.object({
    proposals: z.number(),
    decidedProposals: z.number(),
    interactions: z.number(),
    decidedInteractions: z.number(),
  }),
});

export type Review = z.infer<typeof reviewSchema>;
