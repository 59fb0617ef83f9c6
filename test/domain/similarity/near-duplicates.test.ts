import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  characterTrigrams,
  comparisonKey,
  jaccard,
  sampleKey,
} from '../../../src/domain/similarity/comparison';
import {
  nearDuplicateGroups,
  nearDuplicatePairs,
  nearDuplicateSimilarity,
} from '../../../src/domain/similarity/near-duplicates';

const similarity = fc.constantFrom(nearDuplicateSimilarity, 0.2, 0.5, 0.75, 1);
const phrase = fc.string({ maxLength: 14, unit: fc.constantFrom(...'aáeio bcN ¿?') });

describe('near-duplicates', () => {
  it('compare phrases without case, punctuation and accents', () => {
    assert.equal(sampleKey('¿Tienen  MENÚ, hoy? 😀'), 'tienen menú hoy');
    assert.equal(comparisonKey('¿Tienen  MENÚ, hoy?'), 'tienen menu hoy');
    assert.equal(sampleKey('mesa para {Personas}'), 'mesa para {personas}');
  });

  it('are phrases that differ in a greeting or a letter, not in what they ask for', () => {
    const groups = nearDuplicateGroups([
      'tienen wifi',
      'hola, ¿tienen wifi?',
      'quiero un café',
      'quiero un té',
      'cuál es la clave del wifi',
      'cual es la clabe del wifi',
    ]);
    assert.deepEqual(groups, [0, 0, 2, 3, 4, 4]);
  });

  it('are found exactly as by comparing all with all', () => {
    fc.assert(
      fc.property(fc.array(phrase, { maxLength: 25 }), similarity, (texts, least) => {
        const sets = texts.map(characterTrigrams);
        const expected = texts.flatMap((_, first) =>
          texts.flatMap((__, second) =>
            first < second && jaccard(sets[first]!, sets[second]!) >= least ? [`${first}-${second}`] : [],
          ),
        );
        const found = nearDuplicatePairs(texts, least).map(([first, second]) => `${first}-${second}`);
        assert.deepEqual(found.sort(), expected.sort());
      }),
    );
  });

  it('are never in two groups, and groups hold only what is connected', () => {
    fc.assert(
      fc.property(fc.array(phrase, { maxLength: 25 }), (texts) => {
        const groups = nearDuplicateGroups(texts);
        for (const [first, second] of nearDuplicatePairs(texts)) assert.equal(groups[first], groups[second]);
        for (const [position, group] of groups.entries()) {
          assert.ok(group <= position);
          assert.equal(groups[group], group);
        }
      }),
    );
  });
});
