import assert from 'node:assert/strict';
import { collectUnits } from '../../../src/jobs/discover/units';
import { anUtterance } from './utterances';

/** Texts of the units that phrases make, each with its phrases. */
function unitsOf(texts: string[], embedder = 'lexical'): string[][] {
  const units = collectUnits({
    utterances: texts.map((text) => anUtterance(text)),
    known: [],
    rejected: [],
    language: 'es',
    parameters: { embedder },
  });
  return units.map(({ members }) => members.map((index) => texts[index]!));
}

describe('units of the lexical embedder', () => {
  it('take together what says the same in other small words, order or courtesy', () => {
    const same = ['quiero un café con leche', 'hola, un café con leche por favor', 'leche con café'];
    assert.deepEqual(unitsOf(same), [same]);
  });

  it('keep short phrases apart that only small words tell apart', () => {
    const different = ['¿qué haces?', '¿quién eres?', '¿cuánto tiempo tienes?', '¿tienes tiempo?'];
    assert.deepEqual(
      unitsOf(different),
      different.map((text) => [text]),
    );
  });

  it('take short phrases together that differ in courtesy, case or accents', () => {
    const same = ['¿Tenéis wifi?', 'hola, teneis wifi', 'teneis wifi porfa'];
    assert.deepEqual(unitsOf(same), [same]);
  });

  it('still tell greetings apart', () => {
    assert.deepEqual(unitsOf(['hola', 'gracias', '¡Hola!']), [['hola', '¡Hola!'], ['gracias']]);
  });
});

describe('units of a sentence encoder', () => {
  it('are phrases of the same words in the same order', () => {
    const texts = ['¿Tenéis wifi?', 'teneis wifi', 'hola, teneis wifi', 'wifi teneis'];
    assert.deepEqual(unitsOf(texts, 'onnx:model'), [texts.slice(0, 2), [texts[2]], [texts[3]]]);
  });
});
