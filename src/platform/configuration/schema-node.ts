/** The parts of JSON Schema that the pipeline schema uses. */
export interface SchemaNode {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  items?: SchemaNode;
  oneOf?: SchemaNode[];
  anyOf?: SchemaNode[];
}

/**
 * Goes down a schema along a path.
 *
 * @param value the data at the root, which tells the branch of a union by its constants
 * @returns undefined where the schema knows no such path
 */
export function schemaAt(root: SchemaNode, path: PropertyKey[], value: unknown): SchemaNode | undefined {
  let node = chooseBranch(root, value);
  let at = value;
  for (const key of path) {
    const next: SchemaNode | undefined =
      typeof key === 'number' ? node?.items : node?.properties?.[String(key)];
    at = typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined;
    node = next === undefined ? undefined : chooseBranch(next, at);
  }
  return node;
}

function chooseBranch(node: SchemaNode, value: unknown): SchemaNode | undefined {
  if (node.anyOf !== undefined && typeof value === 'object') {
    const section = node.anyOf.find(
      (branch) => branch.oneOf !== undefined || branch.properties !== undefined,
    );
    if (section !== undefined) return chooseBranch(section, value);
  }
  if (node.oneOf === undefined) return node;
  return node.oneOf.find((branch) =>
    Object.entries(branch.properties ?? {}).every(
      ([key, property]) =>
        property.const === undefined ||
        (value as Record<string, unknown> | undefined)?.[key] === property.const,
    ),
  );
}
