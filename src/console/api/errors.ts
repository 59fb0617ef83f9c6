import { z } from 'zod';

/** What every refused request answers: the name of the error, what happened and what to do next, and its facts. */
export const errorSchema = z.object({
  error: z.object({
    /** The name of a domain error (`InvalidInputError`, `NotFoundError` …), or one of the server's own. */
    type: z.string(),
    message: z.string(),
    facts: z.record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
    ),
  }),
});

export type ConsoleErrorBody = z.infer<typeof errorSchema>;
