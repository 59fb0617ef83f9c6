import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPage, renderPage, seenByName } from '../support/bad-input/page';
import { badInput } from '../support/bad-input/rows';

const root = join(__dirname, '..', '..');

describe('docs/bad-input.md', () => {
  const names = Object.values(badInput).flatMap((inputs) => Object.keys(inputs));

  it('is current around the messages', () => {
    const current = renderPage(seenByName(readPage()));
    if (process.env.UPDATE_GENERATED === '1') writeFileSync(join(root, 'docs', 'bad-input.md'), current);
    assert.equal(readPage(), current);
  });

  it('shows for every kind what is seen, and a test says that it is so', () => {
    const seen = seenByName(readPage());
    const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts'))
      .map((path) => readFileSync(join(root, 'test', path), 'utf8').replace(/\s+/g, ' '));
    assert.deepEqual(
      names.filter((name) => !seen.get(name)),
      [],
    );
    assert.deepEqual(
      names.filter((name) => !tests.some((text) => new RegExp(`assertDocumented\\( ?'${name}'`).test(text))),
      [],
    );
  });
});
