import { z } from 'zod';
import { translationsSchema } from './errors';

const id = z.string().min(1).max(200);
const ids = z.array(id).min(1).max(6000);
const name = z.string().min(1).max(200);

/** One proposal, or several at once: one decision, which one undo takes back. */
const subjects = { proposal: id.optional(), proposals: ids.optional() };

/** What a person does. The server adds the author; the workflow has the last word. */
export const decisionActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('accept'), ...subjects, name: name.optional() }),
  z.strictObject({ action: z.literal('accept-all') }),
  z.strictObject({ action: z.literal('rename'), proposal: id, name }),
  /** The others join the first one. */
  z.strictObject({ action: z.literal('merge'), proposals: ids.min(2), name: name.optional() }),
  /** The members leave the proposal and form one of their own. */
  z.strictObject({ action: z.literal('split'), proposal: id, members: ids, name }),
  /**
   * The phrases go elsewhere, wherever they are: into a proposal, into an intent that the bot has, into a new proposal of
   * that name, or into the tray. Exactly one of the four is given.
   */
  z.strictObject({
    action: z.literal('move'),
    members: ids,
    proposal: id.optional(),
    intent: name.optional(),
    name: name.optional(),
    aside: z.literal(true).optional(),
  }),
  z.strictObject({ action: z.literal('assign'), ...subjects, intent: name }),
  z.strictObject({ action: z.literal('reject'), ...subjects }),
  /** Neither yes nor no: it comes back in the next cycle. */
  z.strictObject({ action: z.literal('put-aside'), ...subjects }),
  /** Open again, whatever was decided. */
  z.strictObject({ action: z.literal('reopen'), ...subjects }),
  z.strictObject({ action: z.literal('undo') }),
  z.strictObject({ action: z.literal('redo') }),
]);

/** Body of `POST …/review/decisions`. */
export const decisionRequestSchema = z.strictObject({
  decision: decisionActionSchema,
  reason: z.string().max(2000).optional(),
  /**
   * Of the page's own making: a decision that is sent again under the same one, because no answer came, is taken once.
   */
  id: z.uuid().optional(),
});

export type DecisionRequest = z.infer<typeof decisionRequestSchema>;

/** A decision that was taken. Fields depend on the action, as above. */
export const decisionEventSchema = z.object({
  number: z.number(),
  /** ISO 8601, UTC. */
  at: z.string(),
  author: z.string(),
  reason: z.string().optional(),
  action: z.string(),
  proposal: z.string().optional(),
  proposals: z.array(z.string()).optional(),
  members: z.array(z.string()).optional(),
  name: z.string().optional(),
  intent: z.string().optional(),
  aside: z.literal(true).optional(),
});

export type ConsoleDecisionEvent = z.infer<typeof decisionEventSchema>;

/** How a review stands; the answer of `POST …/review/decisions` and of `POST …/review/finish`. */
export const standingSchema = z.object({
  /** How many decisions were taken, undone ones included. */
  decisions: z.number(),
  /** Proposals that nobody has decided about. */
  open: z.number(),
  finished: z.boolean(),
  approvals: z.array(z.object({ author: z.string(), at: z.string() })),
  approvalsMissing: z.number(),
  /** Who may still approve; empty for anyone. */
  approversRemaining: z.array(z.string()),
  /** Who may decide; empty for anyone. */
  reviewers: z.array(z.string()),
});

export type Standing = z.infer<typeof standingSchema>;

/** `GET …/review/decisions?after=N`: ask again with the last number until none come. */
export const decisionsQuery = z.object({ after: z.coerce.number().int().min(0).default(0) });

export const decisionsSchema = z.object({ standing: standingSchema, events: z.array(decisionEventSchema) });

export type Decisions = z.infer<typeof decisionsSchema>;

/** Body of `POST …/review/finish`. */
export const finishRequestSchema = z.strictObject({
  /** How many decisions the approver has seen; an approval of others is refused. */
  decisions: z.int().min(0).optional(),
});

export type FinishRequest = z.infer<typeof finishRequestSchema>;

/** Body of `POST …/review/decisions/import`: what an export of this cycle's review holds, or was edited into. */
export const importRequestSchema = z.strictObject({
  format: z.enum(['json', 'csv']),
  content: z.string().max(4 * 1024 * 1024),
});

export type ImportRequest = z.infer<typeof importRequestSchema>;

/** What an import did: it takes decision by decision and goes on after one that is refused. */
export const importResultSchema = z.object({
  taken: z.number(),
  refused: z.array(
    z.object({ row: z.number(), message: z.string(), translations: translationsSchema.optional() }),
  ),
  standing: standingSchema,
});

export type ImportResult = z.infer<typeof importResultSchema>;
