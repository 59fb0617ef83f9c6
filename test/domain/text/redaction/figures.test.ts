import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { placeholderKinds } from '../../../../src/domain/text/redaction';
import { heldOutPhrases } from './held-out-phrases';
import type { LabelledPhrase } from './labelled-phrase';
import { labelledPhrases } from './labelled-phrases';
import { score, type Score } from './score';

const path = join(__dirname, '..', '..', '..', '..', 'docs', 'security.md');
const begin = '<!-- figures of personal data: generated -->\n';
const end = '\n<!-- end of figures -->';

const isPatterned = (kind: string): boolean => kind !== 'NAME';
const isName = (kind: string): boolean => kind === 'NAME';
const all = [...labelledPhrases, ...heldOutPhrases];

describe('how much personal data is found', () => {
  it('is measured on a list of distinct phrases, with labels of every kind and look-alikes', () => {
    assert.ok(all.length >= 400);
    assert.equal(new Set(all.map(({ text }) => text)).size, all.length);
    const labels = all.flatMap(({ personal }) => personal.map(({ kind }) => kind));
    assert.deepEqual([...new Set(labels)].sort(), [...placeholderKinds].sort());
    assert.ok(all.filter(({ personal }) => personal.length === 0).length >= 200);
    for (const { text, personal } of all)
      assert.ok(
        personal.every(({ value }) => text.includes(value)),
        text,
      );
  });

  for (const [name, phrases] of [
    ['all phrases', all],
    ['the half that detectors were not made for', heldOutPhrases],
  ] as const)
    it(`is at least 98 % of what has a pattern, with a precision of at least 95 %, in ${name}`, () => {
      const measured = score(phrases, isPatterned);
      assert.ok(measured.recall >= 0.98, `recall ${measured.recall}: missed ${measured.missed.join(' | ')}`);
      assert.ok(measured.precision >= 0.95, `precision ${measured.precision}: ${measured.wrong.join(' | ')}`);
    });

  it('is at least 90 % of the names in all phrases, with a precision of at least 90 %', () => {
    const measured = score(all, isName);
    assert.ok(measured.recall >= 0.9, `recall ${measured.recall}: missed ${measured.missed.join(' | ')}`);
    assert.ok(measured.precision >= 0.9, `precision ${measured.precision}: ${measured.wrong.join(' | ')}`);
  });

  it('is what docs/security.md says', async () => {
    const document = await readFile(path, 'utf8');
    const [before, rest] = [document.split(begin)[0]!, document.split(end)[1]!];
    const expected = `${before}${begin}${figures()}${end}${rest}`;
    if (process.env.UPDATE_GENERATED === '1') await writeFile(path, expected);
    assert.equal(
      await readFile(path, 'utf8'),
      expected,
      'docs/security.md is not current: UPDATE_GENERATED=1 npm run mocha -- test/domain/text/redaction/figures.test.ts',
    );
  });
});

/** The table of the documentation. */
function figures(): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const row = (name: string, phrases: LabelledPhrase[], isMeant: (kind: string) => boolean): string => {
    const { labels, recall, precision }: Score = score(phrases, isMeant);
    return `| ${name} | ${phrases.length} | ${labels} | ${percent(recall)} | ${percent(precision)} |`;
  };
  return [
    '',
    '|     | phrases | labels | recall | precision |',
    '| --- | ---: | ---: | ---: | ---: |',
    row('with a pattern, all phrases', all, isPatterned),
    row('with a pattern, held out', heldOutPhrases, isPatterned),
    row('names by context, all phrases', all, isName),
    row('names by context, held out', heldOutPhrases, isName),
    '',
  ].join('\n');
}
