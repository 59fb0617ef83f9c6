import assert from 'node:assert/strict';
import { InvalidInputError } from '../../../src/domain/errors';
import {
  evaluate,
  type EvaluationInput,
  type EvaluationItem,
  type Prediction,
} from '../../../src/domain/evaluation';
import { outOfScope } from '../../../src/domain/utterance';
import { references } from '../metrics/references';

const subject = {
  pipeline: 'cafe',
  cycle: 1,
  evaluatedAt: '2026-11-21T12:00:00.000Z',
  champion: '1',
  challenger: '2',
};

/** `right/champion/challenger` for each item, in the golden set unless it ends in `*`. */
function input(...lines: string[]): EvaluationInput {
  const items: EvaluationItem[] = [];
  const answers: Record<'champion' | 'challenger', Prediction[]> = { champion: [], challenger: [] };
  lines.forEach((line, index) => {
    const [intent, champion, challenger] = line.replace('*', '').split('/').map(expand);
    const id = `i${index}`;
    items.push({
      id,
      text: `phrase ${index}`,
      intent: intent!,
      set: line.endsWith('*') ? 'validation' : 'golden',
    });
    const answer = (predicted: string | undefined): Prediction[] =>
      predicted
        ? [
            {
              itemId: id,
              intent: predicted,
              confidence: predicted === outOfScope ? null : 0.8,
              latencyMs: 10 + index,
            },
          ]
        : [];
    answers.champion.push(...answer(champion));
    answers.challenger.push(...answer(challenger));
  });
  return { subject, items, ...answers, newIntents: ['Wifi'], seed: 1, resamples: 200 };
}

const expand = (name: string) => (name === '-' ? outOfScope : name);

describe('evaluate', () => {
  it('counts every pair once, apart by set and by group', () => {
    const { sets, counts, changes } = evaluate(
      input(
        'Menu/Menu/Menu',
        'Menu/Menu/Hora',
        'Hora/-/Hora',
        'Hora/Menu/-',
        'Wifi/-/Wifi',
        '-/-/-',
        'Wifi/-/Wifi*',
      ),
    );
    assert.deepEqual(counts, {
      items: 7,
      golden: 6,
      validation: 1,
      answeredByBoth: 7,
      notAnsweredByBoth: 0,
    });
    const pairs = (set: 'golden' | 'validation' | 'together') => {
      const { items, bothRight, bothWrong, fixed, broken } = sets[set]!.comparison.pairs;
      assert.equal(bothRight + bothWrong + fixed + broken, items);
      return [items, bothRight, bothWrong, fixed, broken];
    };
    assert.deepEqual(pairs('golden'), [6, 2, 1, 2, 1]);
    assert.deepEqual(pairs('validation'), [1, 0, 0, 1, 0]);
    assert.deepEqual(pairs('together'), [7, 2, 1, 3, 1]);
    const { groups } = sets.together!.comparison;
    assert.deepEqual(
      [groups.existing, groups.new, groups['out-of-scope']].map((group) => group?.pairs.items),
      [4, 2, 1],
    );
    assert.equal(groups.new!.accuracy.value, 1, 'what the champion could not know is counted wrong for it');
    assert.deepEqual(
      [changes.fixed, changes.broken, changes.differentlyWrong].map((items) => items.map(({ id }) => id)),
      [['i2', 'i4', 'i6'], ['i1'], ['i3']],
    );
    assert.deepEqual(changes.broken[0], {
      id: 'i1',
      text: 'phrase 1',
      set: 'golden',
      intent: 'Menu',
      group: 'existing',
      champion: { intent: 'Menu', confidence: 0.8 },
      challenger: { intent: 'Hora', confidence: 0.8 },
    });
  });

  it('measures fallback, coverage, out-of-scope recall, latency and calibration of each model', () => {
    const { together } = evaluate(
      input('Menu/Menu/Menu', 'Menu/-/Menu', 'Hora/-/Menu', '-/-/Menu', '-/-/-'),
    ).sets;
    assert.equal(together!.champion.fallbackRate.value, 4 / 5);
    assert.equal(together!.challenger.fallbackRate.value, 1 / 5);
    assert.equal(together!.champion.coverage.value, 1 / 3);
    assert.equal(together!.challenger.coverage.value, 1);
    assert.ok(Math.abs(together!.comparison.coverage.value - 2 / 3) < 1e-12);
    assert.deepEqual([together!.comparison.coverage.gained, together!.comparison.coverage.lost], [2, 0]);
    assert.equal(together!.champion.outOfScopeRecall!.value, 1);
    assert.equal(together!.challenger.outOfScopeRecall!.value, 1 / 2);
    assert.deepEqual(together!.champion.latency, { p50Ms: 12, p95Ms: 13.8 });
    assert.equal(together!.champion.calibration.items, 1, 'a fallback states no confidence');
    assert.ok(Math.abs(together!.champion.calibration.expectedCalibrationError! - 0.2) < 1e-12);
  });

  it('agrees with scikit-learn on F1 and with its own parts', () => {
    const { right, predicted, macroF1, weightedF1, support } = references.classification;
    const lines = right.map((label, index) => `L${label}/L${predicted[index]}/L${predicted[index]}`);
    const { together } = evaluate(input(...lines)).sets;
    const { champion, comparison } = together!;
    assert.ok(Math.abs(champion.macroF1.value - macroF1) < 1e-12);
    assert.ok(Math.abs(champion.weightedF1.value - weightedF1) < 1e-12);
    assert.deepEqual(
      champion.intents.map((intent) => intent.support),
      support,
    );
    assert.equal(
      champion.confusion.reduce((total, cell) => total + cell.count, 0),
      right.length,
    );
    assert.deepEqual(comparison.macroF1, { value: 0, lower: 0, upper: 0 });
    assert.deepEqual(comparison.confusionGrowth, []);
  });

  it('never proves with a handful of unchanged items that an intent loses nothing', () => {
    const few = evaluate(input('Menu/Menu/Menu', 'Menu/Menu/Menu', 'Hora/Hora/Hora'));
    const [hora, menu] = few.sets.together!.comparison.intents;
    assert.ok(menu!.f1LowerBound < -0.3 && hora!.f1LowerBound < menu!.f1LowerBound);
    const many = evaluate(input(...new Array<string>(200).fill('Menu/Menu/Menu')));
    assert.ok(many.sets.together!.comparison.intents[0]!.f1LowerBound > -0.01);
  });

  it('names the cells of the confusion matrix that grew, the greatest growth first', () => {
    const { together } = evaluate(
      input('Menu/Menu/Hora', 'Menu/Menu/Hora', 'Hora/Hora/-', 'Menu/Hora/Hora', 'Wifi/-/Menu'),
    ).sets;
    assert.deepEqual(together!.comparison.confusionGrowth, [
      { intent: 'Menu', group: 'existing', predicted: 'Hora', champion: 1, challenger: 3, support: 3 },
      { intent: 'Hora', group: 'existing', predicted: outOfScope, champion: 0, challenger: 1, support: 1 },
      { intent: 'Wifi', group: 'new', predicted: 'Menu', champion: 0, challenger: 1, support: 1 },
    ]);
  });

  it('lists what was not answered with its reason, and leaves it out of every measure', () => {
    const data = input('Menu/Menu/', 'Menu//', 'Hora/Hora/Hora');
    const evaluation = evaluate({
      ...data,
      unanswered: [{ itemId: 'i0', model: 'challenger', reason: 'ThrottlingException' }],
    });
    assert.deepEqual(evaluation.unanswered, [
      { itemId: 'i0', model: 'challenger', reason: 'ThrottlingException' },
      { itemId: 'i1', model: 'champion', reason: 'no-prediction' },
      { itemId: 'i1', model: 'challenger', reason: 'no-prediction' },
    ]);
    assert.equal(evaluation.counts.answeredByBoth, 1);
    assert.equal(evaluation.counts.notAnsweredByBoth, 2);
    assert.equal(evaluation.sets.golden!.items, 1);
    assert.equal(evaluation.sets.validation, null);
  });

  it('gives the same evaluation for the same input', () => {
    const lines = Array.from({ length: 40 }, (_, index) => (index % 3 ? 'Menu/Menu/Hora' : 'Hora/Menu/Hora'));
    assert.deepEqual(evaluate(input(...lines)), evaluate(input(...lines)));
  });

  it('refuses items and answers that occur twice, and answers to nothing', () => {
    const data = input('Menu/Menu/Menu', 'Hora/Hora/Hora');
    const [first] = data.champion;
    for (const wrong of [
      { ...data, items: [...data.items, data.items[0]!] },
      { ...data, champion: [...data.champion, first!] },
      { ...data, challenger: [{ ...first!, itemId: 'elsewhere' }] },
    ]) {
      assert.throws(() => evaluate(wrong), InvalidInputError);
    }
  });

  it('survives having nothing to compare', () => {
    const { sets, counts } = evaluate(input());
    assert.deepEqual(sets, { golden: null, validation: null, together: null });
    assert.equal(counts.items, 0);
  });
});
