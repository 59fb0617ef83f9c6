import { z } from 'zod';

/** What a person is told, in both languages of the page. */
export const sentenceSchema = z.object({ en: z.string(), es: z.string() });
