import { z } from 'zod';

/** What a person reads instead of an English message. */
export const translationsSchema = z
  .object({ es: z.string() })
  .describe('The message in other languages; absent where it is told in English alone.');

/** What every refused request answers: the name of the error, what happened and what to do next, and its facts. */
export const errorSchema = z.object({
  error: z.object({
    /** The name of a domain error (`InvalidInputError`, `NotFoundError` …), or one of the server's own. */
    type: z.string(),
    message: z.string().describe('What happened and what to do next, in English.'),
    translations: translationsSchema.optional(),
    facts: z.record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
    ),
  }),
});

export type ConsoleErrorBody = z.infer<typeof errorSchema>;
