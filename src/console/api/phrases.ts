import { z } from 'zod';

/** Phrases on one page at most. */
export const mostPhrases = 500;
/** Characters of a phrase that are sent at most. */
export const longestPhrase = 2000;

const phraseIds = z.string().min(1).max(200);

/** `GET …/review/utterances` */
export const phrasesQuery = z.object({
  /** Id of a proposal (`p-…`, `e-…`, `n-…`, `m-…`), of a tray group (`t-…`), or `i-INTENT` for what discovery assigned. */
  group: phraseIds,
  /** `next` of the page before. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(mostPhrases).default(100),
});

export const phraseSchema = z.object({
  id: z.string(),
  /** As people said it, personal data replaced; hostile input: show it as text only, isolated. */
  text: z.string(),
  /** Whether only the first characters are here. */
  cut: z.boolean(),
  language: z.string(),
  /** Interactions in which it was said. */
  count: z.number(),
  /** ISO 8601, UTC. */
  firstSeen: z.string().nullable(),
  lastSeen: z.string().nullable(),
  outcome: z.enum(['understood', 'uncertain', 'missed']),
  /** What the bot chose; null where it fell back. */
  intent: z.string().nullable(),
  confidence: z.number().nullable(),
  /** The group that it belongs to as things stand. */
  group: z.string(),
});

export type Phrase = z.infer<typeof phraseSchema>;

export const phrasesSchema = z.object({
  phrases: z.array(phraseSchema),
  total: z.number(),
  /** For `after`; null on the last page. */
  next: z.number().nullable(),
});

export type Phrases = z.infer<typeof phrasesSchema>;

/** `POST …/review/utterances`: phrases by their ids, e.g. those selected on the map. Changes nothing. */
export const phrasesByIdSchema = z.strictObject({ ids: z.array(phraseIds).min(1).max(mostPhrases) });

/** `GET …/review/intents/:intent`: what the bot has for an intent. */
export const intentSchema = z.object({ name: z.string(), examples: z.array(z.string()) });

export type IntentExamples = z.infer<typeof intentSchema>;

/**
 * `GET …/review/map`: one entry a point in every list. `group` counts into `groups`; it changes with the decisions and
 * belongs to `decisions` of them.
 */
export const mapSchema = z.object({
  decisions: z.number(),
  /** False for a cycle that laid no map. */
  available: z.boolean(),
  groups: z.array(
    z.object({
      /** As in `utterances?group=`. */
      id: z.string(),
      kind: z.enum(['proposal', 'enrichment', 'intent', 'tray']),
      name: z.string(),
    }),
  ),
  ids: z.array(z.string()),
  /** 0–1 */
  x: z.array(z.number()),
  y: z.array(z.number()),
  group: z.array(z.number()),
  /** Interactions. */
  count: z.array(z.number()),
  /** The bot's confidence, 0–1; −1 where the log states none. */
  confidence: z.array(z.number()),
});

export type MapPoints = z.infer<typeof mapSchema>;

/** `GET …/review/search`: by words, or by meaning with the id of a phrase that is meant. */
export const searchQuery = z
  .object({
    text: z.string().min(1).max(500).optional(),
    like: phraseIds.optional(),
    limit: z.coerce.number().int().min(1).max(20_000).default(500),
  })
  .refine((query) => (query.text === undefined) !== (query.like === undefined), {
    message: 'Search by "text" or by "like", not by both.',
  });

export const searchSchema = z.object({
  /** Best first. */
  matches: z.array(
    z.object({
      id: z.string(),
      /** 0–1; 1 where all words are in it. */
      score: z.number(),
    }),
  ),
  /** How many there are beyond the limit, too. */
  total: z.number(),
  /** `words`: every word, or its beginning, is in the phrase; `similarity`: TF-IDF of words and letters. */
  method: z.enum(['words', 'similarity']),
});

export type SearchResult = z.infer<typeof searchSchema>;
