import { z } from 'zod';
import type { PreviousDiscovery } from '../../domain/discovery';
import { InvalidInputError } from '../../domain/errors';

/** What is used of an earlier `discovery.json`, whatever its schema version. */
const schema = z.object({
  proposals: z.array(z.object({ id: z.string(), name: z.string(), memberIds: z.array(z.string()) })),
  assignments: z.array(z.object({ id: z.string() })),
});

/**
 * Reads from an earlier `discovery.json` what its successor needs.
 * @param place where it lies, for the message
 * @throws InvalidInputError when it is no discovery
 */
export function parsePreviousDiscovery(text: string, place: string): PreviousDiscovery {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notADiscovery(place, ['it is no JSON']);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw notADiscovery(
      place,
      parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const { proposals, assignments } = parsed.data;
  return { proposals, utteranceIds: assignments.map(({ id }) => id) };
}

function notADiscovery(place: string, problems: string[]): InvalidInputError {
  return new InvalidInputError(
    `The earlier discovery ${place} cannot be read: ${problems.join('; ')}. Give the discovery.json of a completed cycle, or none.`,
    { place, problems },
  );
}
