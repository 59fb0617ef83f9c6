import { z } from 'zod';

/** An `Artifact`, as stored documents refer to it. */
export const artifactSchema = z.object({
  uri: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  rows: z.int(),
  schemaVersion: z.int(),
});
