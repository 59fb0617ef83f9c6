import { pipelineJsonSchema } from './schema';
import type { SchemaNode } from './schema-node';

/** `docs/pipeline-reference.md`: a table for each section of a pipeline file, made of its schema. */
export function pipelineReference(): string {
  const root = pipelineJsonSchema() as SchemaNode;
  const properties = Object.entries(root.properties ?? {});
  const plain = properties.filter(([, node]) => !isSection(node));
  const sections = properties.filter(([, node]) => isSection(node));
  return [
    '# Pipeline reference',
    '',
    '<!-- Made from src/platform/configuration/schema.ts; a test fails when this page is not current. -->',
    '',
    'A pipeline file, `pipelines/NAME.yaml`, describes one bot and how Ciclo keeps it alive. ' +
      '[cafe.yaml](../pipelines/cafe.yaml) is a complete one to start from. ' +
      'Unknown keys and bad values are errors that name file, line and column; ' +
      'editors check the file while you type through `pipelines/pipeline.schema.json`.',
    '',
    'Durations are a number and a unit: `12h` is twelve hours, `15d` fifteen days. ' +
      'Shares and confidences lie between 0 and 1.',
    '',
    '## Top level',
    '',
    ...table(plain, root.required ?? [], ''),
    ...sections.flatMap(([name, node]) => sectionOf(name, node)),
  ].join('\n');
}

function sectionOf(name: string, node: SchemaNode): string[] {
  const required = node.default === undefined ? ' The section is required.' : '';
  const heading = [`## \`${name}\``, '', `${node.description ?? ''}${required}`, ''];
  if (node.oneOf === undefined) {
    return [...heading, ...table(Object.entries(node.properties ?? {}), node.required ?? [], '')];
  }
  const branches = node.oneOf.flatMap((branch) => [
    `### \`policy: ${String(branch.properties?.policy?.const)}\``,
    '',
    branch.description ?? '',
    '',
    ...table(Object.entries(branch.properties ?? {}), branch.required ?? [], ''),
  ]);
  return [...heading, ...branches];
}

function table(properties: [string, SchemaNode][], required: string[], prefix: string): string[] {
  return [
    '| key | allowed | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows(properties, required, prefix),
    '',
  ];
}

function rows(properties: [string, SchemaNode][], required: string[], prefix: string): string[] {
  return properties.flatMap(([name, node]) => {
    const key = `${prefix}${name}`;
    if (node.properties !== undefined) {
      const summary = `| \`${key}\` | section | | ${cell(node.description ?? '')} |`;
      return [summary, ...rows(Object.entries(node.properties), node.required ?? [], `${key}.`)];
    }
    const value = required.includes(name)
      ? '**required**'
      : node.default === undefined
        ? ''
        : code(node.default);
    return [
      `| \`${key}\` | ${cell(allowed(node))} | ${value} | ${cell(node.description ?? '')} |`,
      ...(node.anyOf ?? [])
        .flatMap(sectionsOf)
        .flatMap((section) =>
          rows(Object.entries(section.properties ?? {}), section.required ?? [], `${key}.`),
        ),
    ];
  });
}

/** The sections that stand for a branch of a union. */
function sectionsOf(branch: SchemaNode): SchemaNode[] {
  return branch.oneOf ?? (branch.properties === undefined ? [] : [branch]);
}

function allowed(node: SchemaNode): string {
  if (isSection(node)) return 'section';
  if (node.const !== undefined) return code(node.const);
  if (node.enum !== undefined) return node.enum.map(code).join(', ');
  if (node.anyOf !== undefined) return node.anyOf.map(allowed).join(', or ');
  if (node.type === 'array') return `list of ${node.items?.type ?? 'values'}s`;
  if (node.type === 'integer' || node.type === 'number') {
    const kind = node.type === 'integer' ? 'whole number' : 'number';
    const maximum = node.maximum === Number.MAX_SAFE_INTEGER ? undefined : node.maximum;
    if (node.minimum === undefined) return kind;
    return maximum === undefined
      ? `${kind} from ${node.minimum}`
      : `${kind} from ${node.minimum} to ${maximum}`;
  }
  if (node.type === 'boolean') return '`true`, `false`';
  return 'text';
}

function isSection(node: SchemaNode): boolean {
  return node.properties !== undefined || node.oneOf !== undefined;
}

function code(value: unknown): string {
  return value === '' ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}
