import assert from 'node:assert/strict';
import {
  anyIntent,
  bestLimit,
  Recogniser,
  type Tried,
} from '../../../../src/console/server/preview/recogniser';
import { TextSpace } from '../../../../src/console/server/text-space';
import { outOfScope } from '../../../../src/domain/utterance';

const examples = [
  ['tenéis wifi', 'PreguntarWifi'],
  ['la clave del wifi', 'PreguntarWifi'],
  ['cuál es la clave de internet', 'PreguntarWifi'],
  ['puedo entrar con mi perro', 'LlevarPerro'],
  ['admitís perros', 'LlevarPerro'],
  ['hay sitio para mi perro', 'LlevarPerro'],
  ['la capital de Francia', outOfScope],
].map(([text = '', intent = '']) => ({ text, intent }));
const asked = ['la clave de wifi', 'dejáis entrar a mi perro', 'capital de Francia'];
const space = new TextSpace([...examples.map(({ text }) => text), ...asked]);

describe('console: the classifier of the preview', () => {
  const recogniser = new Recogniser(space, examples);
  const recognise = (text: string) => recogniser.recognise(text)!;

  it('recognises by the intent whose phrases are alike, and is surer the more they are', () => {
    assert.equal(recognise('la clave de wifi').intent, 'PreguntarWifi');
    assert.equal(recognise('dejáis entrar a mi perro').intent, 'LlevarPerro');
    assert.ok(recognise('dejáis entrar a mi perro').score > recognise('capital de Francia').score + 0.3);
  });

  it('solves what it sets out to solve: examples come out close to yes and no', () => {
    for (const { text, intent } of examples.filter((one) => one.intent !== outOfScope)) {
      assert.equal(recognise(text).intent, intent);
      assert.ok(recognise(text).score > 0, text);
    }
    assert.equal(new Recogniser(space, []).recognise('wifi'), null);
  });

  it('draws the limit where most phrases come out as they should', () => {
    const tried = (score: number, wanted: Tried['wanted']): Tried => ({
      recognition: { intent: 'A', score },
      wanted,
    });
    const phrases = [tried(-2, null), tried(-1, 'B'), tried(0, null), tried(1, 'A'), tried(2, anyIntent)];
    assert.equal(bestLimit(phrases), 0.5);
    assert.equal(bestLimit([tried(1, 'A')]), -Infinity);
    assert.ok(bestLimit([tried(1, null)]) > 1);
    assert.ok(bestLimit([{ recognition: null, wanted: null }]) <= 0);
  });
});
