import { z } from 'zod';
import type { Utterance } from '../../domain/utterance';

/** One line of `utterances.jsonl` and of `carried-over.jsonl`. */
export const utteranceSchema: z.ZodType<Utterance> = z.object({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  text: z.string().min(1),
  language: z.string(),
  count: z.number().int().min(1),
  firstSeen: z.iso.datetime().nullable(),
  lastSeen: z.iso.datetime().nullable(),
  outcome: z.enum(['understood', 'uncertain', 'missed']),
  intent: z.string().nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  alternative: z.object({ intent: z.string(), confidence: z.number().min(0).max(1) }).nullable(),
});

export const utteranceSchemaVersion = 1;
