import { z } from 'zod';
import { InvalidInputError } from '../domain/errors';
import type { DiscoverSpec, JobName, JobSpec, PrepareSpec } from '../domain/job';
import { embedderSchema, namingSchema } from '../platform/configuration/embedder-schema';

const objectUri = z.string().regex(/^(?:s3|file):\/\/.+/, 'an s3:// or file:// URI');
const prefixUri = objectUri.endsWith('/');

export const prepareSpecSchema: z.ZodType<PrepareSpec> = z.strictObject({
  job: z.literal('prepare'),
  outputUri: prefixUri,
  objectsUri: objectUri,
  carriedOverUri: objectUri.nullable(),
  parameters: z.strictObject({
    localeId: z.string().regex(/^[a-z]{2}_[A-Z0-9]{2,3}$/, 'a locale such as es_ES'),
    lowConfidence: z.number().min(0).max(1),
  }),
});

export const discoverSpecSchema: z.ZodType<DiscoverSpec> = z.strictObject({
  job: z.literal('discover'),
  outputUri: prefixUri,
  utterancesUri: objectUri,
  knownUri: objectUri,
  rejectedUri: objectUri.nullable(),
  embeddingsUri: prefixUri.nullish(),
  previousDiscoveryUri: objectUri.nullable(),
  parameters: z.strictObject({
    embedder: embedderSchema,
    naming: namingSchema.nullish(),
    language: z.string().regex(/^[a-z]{2}$/, 'an ISO 639-1 code'),
    minimumSize: z.int().min(2),
    granularity: z.enum(['coarser', 'automatic', 'finer']).optional(),
    seed: z.int(),
  }),
});

const schemas: Record<JobName, z.ZodType<JobSpec>> = {
  prepare: prepareSpecSchema,
  discover: discoverSpecSchema,
};

export const jobNames = Object.keys(schemas) as JobName[];

/**
 * Parses `spec.json`.
 *
 * @param job the job that is to run; the specification must be one of this job
 * @throws InvalidInputError naming every field that is wrong and what is allowed
 */
export function parseJobSpec(job: JobName, text: string, uri: string): JobSpec {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidInputError(`The specification ${uri} is no JSON. Write it again.`, { uri });
  }
  const parsed = schemas[job].safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'specification'}: ${issue.message}`,
  );
  throw new InvalidInputError(
    `The specification ${uri} of the job ${job} cannot be used: ${problems.join('; ')}. Correct it and run the job again.`,
    { uri, job, problems },
  );
}
