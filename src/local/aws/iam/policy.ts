/** A policy of an identity, as far as the stand-in judges by it. */
export interface Policy {
  Statement: {
    Effect: 'Allow' | 'Deny';
    Action: string | string[];
    Resource: string | string[];
    Condition?: Record<string, Record<string, string | string[]>>;
  }[];
}

/** Allows everything. */
export const everything: Policy = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/**
 * What policies say of an action on a resource: a denial wins over everything, and what nothing allows is denied. See
 * "Policy evaluation logic" in the IAM guide. Of conditions it knows `StringEquals` and `StringLike`.
 *
 * @param context values of condition keys
 */
export function evaluate(
  policies: readonly Policy[],
  action: string,
  resource: string,
  context: ReadonlyMap<string, string[]>,
): Decision {
  const matching = policies
    .flatMap(({ Statement }) => Statement)
    .filter(
      ({ Action, Resource, Condition }) =>
        listOf(Action).some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase())) &&
        listOf(Resource).some((pattern) => isLike(resource, pattern)) &&
        holds(Condition ?? {}, context),
    );
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'explicitDeny';
  return matching.length > 0 ? 'allowed' : 'implicitDeny';
}

function holds(
  condition: Record<string, Record<string, string | string[]>>,
  context: ReadonlyMap<string, string[]>,
): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      (context.get(key) ?? []).some((value) =>
        listOf(wanted).some((pattern) =>
          operator === 'StringLike' ? isLike(value, pattern) : value === pattern,
        ),
      ),
    ),
  );
}

function listOf(value: string | string[]): string[] {
  return typeof value === 'string' ? [value] : value;
}

/** `*` stands for any characters, `?` for one. */
function isLike(text: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}
