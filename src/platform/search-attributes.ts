import { type ConnectionLike, isGrpcServiceError } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { InvalidConfigurationError } from '../domain/errors';

/** A search attribute, as `defineSearchAttributeKey` makes it. */
export interface SearchAttributeDefinition {
  name: string;
  type: SearchAttributeType;
}

/** How the command lines spell a type, and its number in temporal.api.enums.v1.IndexedValueType. */
const types: Record<SearchAttributeType, { spelling: string; code: number }> = {
  TEXT: { spelling: 'Text', code: 1 },
  KEYWORD: { spelling: 'Keyword', code: 2 },
  INT: { spelling: 'Int', code: 3 },
  DOUBLE: { spelling: 'Double', code: 4 },
  BOOL: { spelling: 'Bool', code: 5 },
  DATETIME: { spelling: 'Datetime', code: 6 },
  KEYWORD_LIST: { spelling: 'KeywordList', code: 7 },
};

/** gRPC's PERMISSION_DENIED, UNIMPLEMENTED and UNAUTHENTICATED: Temporal Cloud keeps this to its own API. */
const notAllowedCodes = new Set([7, 12, 16]);

/**
 * Registers the search attributes that a namespace lacks.
 *
 * @param connection a client's connection (`client.connection`)
 * @returns the names that were added
 * @throws InvalidConfigurationError when an attribute has another type there, or with the exact command to run when
 *   this identity may not look at them or add them
 */
export async function ensureSearchAttributes(
  connection: Pick<ConnectionLike, 'operatorService'>,
  namespace: string,
  definitions: readonly SearchAttributeDefinition[],
): Promise<string[]> {
  let missing = definitions;
  try {
    missing = await missingSearchAttributes(connection, namespace, definitions);
    if (missing.length === 0) return [];
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, types[type].code])),
    });
    return missing.map(({ name }) => name);
  } catch (error) {
    if (!isGrpcServiceError(error) || !notAllowedCodes.has(error.code)) throw error;
    const [onServer, onCloud] = searchAttributeCommands(namespace, missing);
    throw new InvalidConfigurationError(
      `These credentials may not set the search attributes of namespace "${namespace}". Add them once, with\n` +
        `  ${onServer}\nor, on Temporal Cloud, with\n  ${onCloud}`,
      { namespace, missing: missing.map(({ name }) => name) },
      true,
      { cause: error },
    );
  }
}

/**
 * The search attributes that a namespace lacks.
 *
 * @throws InvalidConfigurationError when an attribute has another type there
 */
export async function missingSearchAttributes(
  connection: Pick<ConnectionLike, 'operatorService'>,
  namespace: string,
  definitions: readonly SearchAttributeDefinition[],
): Promise<SearchAttributeDefinition[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  refuseOtherTypes(namespace, definitions, customAttributes);
  return definitions.filter(({ name }) => customAttributes[name] === undefined);
}

/** What a person runs to add them: on a server of one's own, and on Temporal Cloud. */
export function searchAttributeCommands(
  namespace: string,
  missing: readonly SearchAttributeDefinition[],
): [onServer: string, onCloud: string] {
  return [serverCommand(namespace, missing), cloudCommand(namespace, missing)];
}

function refuseOtherTypes(
  namespace: string,
  definitions: readonly SearchAttributeDefinition[],
  present: Record<string, number>,
): void {
  for (const { name, type } of definitions) {
    const code = present[name];
    if (code === undefined || code === types[type].code) continue;
    const found = Object.values(types).find((one) => one.code === code)?.spelling ?? String(code);
    throw new InvalidConfigurationError(
      `Search attribute ${name} of namespace "${namespace}" is of type ${found}, but Ciclo needs ${types[type].spelling}. ` +
        `Remove it (temporal operator search-attribute remove --namespace ${namespace} --name ${name}) or use another namespace.`,
      { namespace, name, found, needed: types[type].spelling },
    );
  }
}

function serverCommand(namespace: string, definitions: readonly SearchAttributeDefinition[]): string {
  const flags = definitions.map(({ name, type }) => `--name ${name} --type ${types[type].spelling}`);
  return `temporal operator search-attribute create --namespace ${namespace} ${flags.join(' ')}`;
}

function cloudCommand(namespace: string, definitions: readonly SearchAttributeDefinition[]): string {
  const flags = definitions.map(({ name, type }) => `--search-attribute "${name}=${types[type].spelling}"`);
  return `tcld namespace search-attributes add --namespace ${namespace} ${flags.join(' ')}`;
}
