import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fitCalibration, probabilities } from '../../../../../src/local/aws/lex/nlu/calibration';
import { fitVectorizer, termsOf, vectorize } from '../../../../../src/local/aws/lex/nlu/features';
import {
  classify,
  fitClassifier,
  rankIntents,
  trainIntentModel,
} from '../../../../../src/local/aws/lex/nlu/model';
import { canonical } from '../../../../../src/local/aws/lex/nlu/normalise';
import { trainInThread } from '../../../../../src/local/aws/lex/nlu/train';
import { cafeteria, foreign, rephrasings } from './cafeteria';

/** The fallback threshold that Lex proposes. */
const threshold = 0.4;

describe('the language understanding of the local Lex', function () {
  this.timeout(30_000);
  const model = trainIntentModel(cafeteria);
  const best = (text: string) => rankIntents(model, text)[0]!;

  it('understands what means the same in other words', () => {
    const right = rephrasings.filter(({ text, intent }) => {
      const first = best(text);
      return first.intent === intent && first.confidence >= threshold;
    });
    assert.ok(right.length >= 0.85 * rephrasings.length, `${right.length} of ${rephrasings.length}`);
  });

  it('keeps below the threshold what the bot does not know', () => {
    const rejected = foreign.filter((text) => best(text).confidence < threshold);
    assert.ok(rejected.length >= 0.85 * foreign.length, `${rejected.length} of ${foreign.length}`);
  });

  it('states confidences that mean what they say', () => {
    const answers = [...rephrasings, ...foreign.map((text) => ({ text, intent: null }))].map(
      ({ text, intent }) => {
        const first = best(text);
        return { confidence: first.confidence, right: first.intent === intent };
      },
    );
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const stated = mean(answers.map(({ confidence }) => confidence));
    const actual = mean(answers.map(({ right }) => (right ? 1 : 0)));
    assert.ok(Math.abs(stated - actual) < 0.1, `${stated.toFixed(2)} stated, ${actual.toFixed(2)} right`);
  });

  it('gives the same model for the same examples, in this thread or another', async () => {
    const texts = [...rephrasings.map(({ text }) => text), ...foreign];
    const answers = texts.map((text) => rankIntents(model, text));
    const other = await trainInThread(cafeteria, new AbortController().signal);
    assert.deepEqual(
      texts.map((text) => rankIntents(other, text)),
      answers,
    );
  });

  it('learns from very little: one intent, or one example each', () => {
    const one = trainIntentModel(cafeteria.filter(({ intent }) => intent === 'ConsultarHorario'));
    assert.ok(rankIntents(one, 'a qué hora abrís hoy')[0]!.confidence >= threshold);
    assert.ok(rankIntents(one, 'soy celíaca')[0]!.confidence < threshold);
    const few = trainIntentModel([
      { text: 'quiero un café', intent: 'A' },
      { text: '¿dónde estáis?', intent: 'B' },
    ]);
    assert.equal(rankIntents(few, 'un café')[0]!.intent, 'A');
    assert.equal(rankIntents(few, '')[0]!.confidence < threshold, true);
  });

  it('is as accurate as scikit-learn on CLINC150, within one point', function () {
    const path = join(__dirname, '../../../../../../shared/data/clinc150.json');
    if (!existsSync(path)) {
      console.log(`      skipped: ${path} is not there`);
      return this.skip();
    }
    this.timeout(300_000);
    /*
     * make_union(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, strip_accents='unicode'),
     *            TfidfVectorizer(analyzer='char_wb', ngram_range=(2, 5), sublinear_tf=True, strip_accents='unicode'))
     * and LinearSVC(random_state=0), fitted on train and scored on test: scikit-learn 1.9.1, Python 3.11.
     */
    const scikitLearn = 0.9271;
    const { train, test } = JSON.parse(readFileSync(path, 'utf8')) as Record<
      'train' | 'test',
      [string, string][]
    >;
    const classifier = fitClassifier(train.map(([text, intent]) => ({ text, intent })));
    const right = test.filter(([text, intent]) => classify(classifier, text) === intent).length;
    const accuracy = right / test.length;
    assert.ok(Math.abs(accuracy - scikitLearn) < 0.01, `accuracy ${accuracy.toFixed(4)}`);
  });
});

describe('features of a phrase', () => {
  it('do not depend on case, accents or spaces', () => {
    const vectorizer = fitVectorizer(['¿Cuánto cuesta el café?', 'hola'].map(termsOf));
    const vectorOf = (text: string) => vectorize(vectorizer, termsOf(text));
    assert.deepEqual(vectorOf('CUANTO  cuesta el cafe'), vectorOf('cuánto cuesta el café'));
    assert.equal(canonical('  ¿Qué HAY,  ñandú?! '), 'que hay nandu');
  });

  it('have length 1 for each kind where every term is known, and less where some are not', () => {
    const vectorizer = fitVectorizer(['quiero un café', 'ponme un té'].map(termsOf));
    const squares = (text: string) =>
      vectorize(vectorizer, termsOf(text)).values.reduce((sum, value) => sum + value * value, 0);
    assert.ok(Math.abs(squares('quiero un café') - 2) < 1e-5);
    assert.ok(squares('quiero un paraguas') < 1);
    assert.equal(squares('xyz'), 0);
  });
});

describe('calibration', () => {
  it('leaves to "none of them" what is missing to 1', () => {
    const margins = Float64Array.of(-0.2, -0.9);
    const [first, second] = probabilities(margins, { temperature: 0.2, foreignMargin: -0.2 });
    const total = 1 + Math.exp(-0.7 / 0.2) + 1;
    assert.ok(Math.abs(first! - 1 / total) < 1e-12);
    assert.ok(Math.abs(second! - Math.exp(-0.7 / 0.2) / total) < 1e-12);
  });

  it('puts the foreign margin between what is known and what is not', () => {
    const heldOut = Array.from({ length: 40 }, (_, i) => [
      { margins: Float64Array.of(0.6 + (i % 5) / 10, -0.8), label: 0 },
      { margins: Float64Array.of(-0.7 + (i % 5) / 10, -0.9), label: null },
    ]).flat();
    const { foreignMargin } = fitCalibration(heldOut, 0);
    assert.ok(foreignMargin > -0.4 && foreignMargin < 0.7, String(foreignMargin));
  });
});
