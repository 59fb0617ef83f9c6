import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { pipelineReference } from '../../../src/platform/configuration/reference';
import { pipelineJsonSchema } from '../../../src/platform/configuration/schema';
import type { SchemaNode } from '../../../src/platform/configuration/schema-node';

const root = join(__dirname, '..', '..', '..');
/** Set to write the files anew instead of comparing them. */
const update = process.env.UPDATE_GENERATED === '1';

async function assertCurrent(file: string, content: string): Promise<void> {
  const path = join(root, file);
  const options = await prettier.resolveConfig(path);
  const expected = await prettier.format(content, { ...options, filepath: path });
  if (update) await writeFile(path, expected);
  assert.equal(
    await readFile(path, 'utf8'),
    expected,
    `${file} is not current: UPDATE_GENERATED=1 npm run mocha -- test/platform/configuration/generated.test.ts`,
  );
}

describe('files made of the pipeline schema', () => {
  it('pipelines/pipeline.schema.json is current', () =>
    assertCurrent('pipelines/pipeline.schema.json', JSON.stringify(pipelineJsonSchema())));

  it('docs/pipeline-reference.md is current', () =>
    assertCurrent('docs/pipeline-reference.md', pipelineReference()));

  it('every key has a description', () => {
    const without: string[] = [];
    const visit = (node: SchemaNode, path: string) => {
      if (node.description === undefined) without.push(path);
      for (const branch of node.oneOf ?? []) visit(branch, path);
      for (const branch of node.anyOf ?? []) {
        if (branch.oneOf !== undefined || branch.properties !== undefined)
          visit({ description: node.description, ...branch }, path);
      }
      for (const [key, value] of Object.entries(node.properties ?? {})) visit(value, `${path}.${key}`);
    };
    visit(pipelineJsonSchema(), '');
    assert.deepEqual(without, []);
  });
});
