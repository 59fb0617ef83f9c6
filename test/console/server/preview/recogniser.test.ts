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
  const recognise = (text: string) => recogniser.recognise([text])[0]!;

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
    assert.deepEqual(new Recogniser(space, []).recognise(['wifi']), [null]);
  });

  it('scores as the equation says, in whichever lane an intent lies', () => {
    // An example each of n intents, at right angles: 2 a + s = ±1 with the sum s of all a, so s = (2 − n) / (2 + n), and
    // an example's own score is a + s = (1 + s) / 2.
    const words = ['wifi', 'perro', 'carta', 'leche', 'menus', 'flan'];
    const apart = new TextSpace([...words, ...words.map((word) => `${word}!`)]);
    const six = new Recogniser(
      apart,
      words.map((word) => ({ text: word, intent: word })),
    );
    six.recognise(words).forEach((recognition, at) => {
      assert.equal(recognition!.intent, words[at]);
      assert.ok(Math.abs(recognition!.score - 0.25) < 1e-6, String(recognition!.score));
    });
  });

  it('holds examples out as if it had never seen their part', () => {
    const parted = examples.map((example, at) => ({ ...example, ...(at !== 3 && { part: at % 2 }) }));
    const heldOut = new Recogniser(space, parted).recogniseHeldOut();
    const inScope = parted.filter(({ intent, part }) => intent !== outOfScope && part !== undefined);
    assert.deepEqual([...heldOut.keys()].sort(), inScope.map(({ text }) => text).sort());
    for (const { text, part } of inScope) {
      const others = new Recogniser(
        space,
        parted.filter((example) => example.part !== part),
      );
      const [alone] = others.recognise([text]);
      assert.equal(heldOut.get(text)!.intent, alone!.intent);
      assert.ok(Math.abs(heldOut.get(text)!.score - alone!.score) < 0.03, text);
    }
  });

  it('recognises nothing by an intent of which all examples are held out', () => {
    const heldOut = new Recogniser(space, [
      { text: 'tenéis wifi', intent: 'PreguntarWifi', part: 0 },
      { text: 'admitís perros', intent: 'LlevarPerro' },
    ]).recogniseHeldOut();
    assert.equal(heldOut.get('tenéis wifi')!.intent, 'LlevarPerro');
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
