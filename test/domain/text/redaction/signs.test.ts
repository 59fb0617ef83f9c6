import assert from 'node:assert/strict';
import fc from 'fast-check';
import { detectors } from '../../../../src/domain/text/redaction';
import { sign, signsIn } from '../../../../src/domain/text/redaction/signs';
import { heldOutPhrases } from './held-out-phrases';
import { labelledPhrases } from './labelled-phrases';

/** What detectors look for, whole and cut at their spaces, so that pieces meet that never met before. */
const phrases = [...labelledPhrases, ...heldOutPhrases];
const pieces = [
  ...new Set(
    phrases.flatMap(({ text, personal }) => [...text.split(' '), ...personal.map(({ value }) => value)]),
  ),
];
const triggers = [
  'me llamo', 'mi nombre completo es', 'mis apellidos son', 'al nombre del', 'de parte de', 'titular:', "my name's",
  'under the name of', "I'm", 'i’m', 'IM', 'soy la', 'aquí', 'preguntad por', 'apúntala a', 'se apellida', 'firmado:',
  'atentamente,', 'call me', 'it’s', 'la señora', 'Sr.', 'mrs', 'pedido para', 'cumpleaños de', 'table for', 'seis uno dos',
  'dóblé cinco', 'ſeis doſ treſ', 'uno/dos', 'ana arroba gmail', 'ana [at] gmail.com', 'ana at gmail dot com', 'WWW.a.es',
  'https://a.es', '::1', '10.0.0.1', 'Ana Ruiz', 'Łukasz Żak', 'ÑOÑO Ñu',
]; // prettier-ignore
const gaps = [
  ' ',
  ' ',
  ' ',
  ' ',
  '  ',
  '\n',
  '\u00a0',
  ', ',
  '. ',
  '-',
  '',
  "'",
  '(',
  ')',
  ':',
  '@',
  '1',
  'ł',
  '日',
  '😀',
  '\u0301',
];
const changes: ((piece: string) => string)[] = [
  (piece) => piece,
  (piece) => piece,
  (piece) => piece.toUpperCase(),
  (piece) => piece.charAt(0).toUpperCase() + piece.slice(1),
  (piece) => piece.normalize('NFD').replace(/\p{M}/gu, ''),
];

const piece = fc
  .tuple(fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(...triggers)), fc.constantFrom(...changes))
  .map(([text, change]) => change(text));
const texts = fc
  .array(fc.tuple(piece, fc.constantFrom(...gaps)), { minLength: 1, maxLength: 7 })
  .map((parts) => parts.flat().join(''));

describe('the signs of personal data', () => {
  it('show wherever a detector finds something', () => {
    const finds = detectors.map(() => 0);
    const check = (text: string): void => {
      const shown = signsIn(text);
      for (const [index, { detector, signs }] of detectors.entries()) {
        if (!detector.hint.test(text) || detector.find(text).length === 0) continue;
        finds[index]!++;
        assert.notEqual(shown & signs, 0, `detector ${index} finds something in "${text}"`);
      }
    };
    for (const { text } of phrases) check(text);
    fc.assert(fc.property(texts, check), { seed: 11, numRuns: 4_000 });
    assert.ok(
      finds.every((count) => count >= 5),
      `some detector hardly found anything: ${finds.join(', ')}`,
    );
  });

  it('do not show in what most people say', () => {
    for (const text of [
      'quiero un café con leche',
      'a qué hora abrís mañana?',
      'desayuno para dos, porfa',
      '🙂',
    ])
      assert.equal(signsIn(text) & ~(sign.numberWord | sign.capital), 0, text);
  });

  it('tell one word or capital from two', () => {
    const { capital, twoCapitals, numberWord, twoNumberWords } = sign;
    const counted = (text: string) => signsIn(text) & (capital | twoCapitals | numberWord | twoNumberWords);
    assert.equal(counted('Dame tres'), capital | numberWord);
    assert.equal(counted('Ñandú y Ébano, UNO (dos)'), capital | twoCapitals | numberWord | twoNumberWords);
    assert.equal(counted('ninguno entonces'), 0);
  });
});
