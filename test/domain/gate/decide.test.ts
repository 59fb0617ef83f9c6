import assert from 'node:assert/strict';
import {
  evaluate,
  type Evaluation,
  type EvaluationItem,
  type Prediction,
} from '../../../src/domain/evaluation';
import { decide, defaultGatePolicy, type GateDecision, type GatePolicy } from '../../../src/domain/gate';
import { outOfScope } from '../../../src/domain/utterance';

interface Answers {
  latencyMs?: number;
  confidence?: number;
}

/** Golden items: `right/champion/challenger` (`-` for the fallback) with how many of them there are. */
function compare(blocks: Record<string, number>, challenged: Answers = {}, unanswered = 0): Evaluation {
  const items: EvaluationItem[] = [];
  const champion: Prediction[] = [];
  const challenger: Prediction[] = [];
  const expand = (name: string | undefined) => (name === '-' ? outOfScope : name!);
  for (const [block, count] of Object.entries(blocks)) {
    const [intent, before, now] = block.split('/').map(expand) as [string, string, string];
    for (let index = 0; index < count; index++) {
      const itemId = `${block}#${index}`;
      items.push({ id: itemId, text: 'phrase', intent, set: 'golden' });
      const confidence = (predicted: string, stated = 0.9) => (predicted === outOfScope ? null : stated);
      champion.push({ itemId, intent: before, confidence: confidence(before), latencyMs: 40 });
      const { latencyMs = 40 } = challenged;
      challenger.push({ itemId, intent: now, confidence: confidence(now, challenged.confidence), latencyMs });
    }
  }
  return evaluate({
    subject: {
      pipeline: 'cafe',
      cycle: 1,
      evaluatedAt: '2026-11-21T12:00:00Z',
      champion: '1',
      challenger: '2',
    },
    items,
    champion,
    challenger: challenger.slice(unanswered),
    newIntents: ['Wifi'],
    seed: 3,
    resamples: 400,
  });
}

/** A challenger that is better beyond doubt. */
const better = {
  'Menu/Menu/Menu': 180,
  'Hora/Hora/Hora': 150,
  'Hora/Menu/Hora': 20,
  'Wifi/-/Wifi': 40,
  'Wifi/-/-': 4,
  '-/-/-': 60,
};

const policy = (changes: Partial<typeof defaultGatePolicy> = {}): GatePolicy => ({
  ...defaultGatePolicy,
  ...changes,
});

/** Codes of the reasons that do not pass. */
const against = ({ reasons }: GateDecision) =>
  reasons.filter(({ passed }) => !passed).map(({ code }) => code);

describe('decide', () => {
  it('promotes what is better by every rule, and says so rule by rule', () => {
    const decision = decide(compare(better), policy({ protectedIntents: ['Menu', 'Hora'] }));
    assert.equal(decision.verdict, 'promote');
    assert.equal(decision.basis, 'golden');
    assert.deepEqual(
      decision.reasons.map(({ code }) => code),
      [
        'answers-complete',
        'macro-f1-better',
        'mcnemar-not-worse',
        'mcnemar-not-worse',
        'existing-intents-kept',
        'protected-intent-kept',
        'protected-intent-kept',
        'out-of-scope-kept',
        'confusion-steady',
        'latency-kept',
        'calibration-kept',
      ],
    );
    assert.ok(decision.reasons.every(({ passed, itemsNeeded }) => passed && itemsNeeded === null));
  });

  describe('rule 1, macro F1', () => {
    it('keeps the champion when the challenger is worse', () => {
      const decision = decide(
        compare({ ...better, 'Hora/Menu/Hora': 0, 'Menu/Menu/Hora': 80, 'Wifi/-/Wifi': 0 }),
        policy(),
      );
      assert.equal(decision.verdict, 'keep');
      assert.ok(against(decision).includes('macro-f1-worse'));
    });

    it('keeps it when nothing worthwhile can be gained', () => {
      const same = {
        'Menu/Menu/Menu': 2000,
        'Hora/Hora/Hora': 2000,
        'Hora/Menu/Hora': 6,
        'Hora/Hora/Menu': 6,
        '-/-/-': 60,
      };
      assert.deepEqual(against(decide(compare(same), policy())), ['macro-f1-no-worthwhile-gain']);
    });

    it('cannot tell when the change may be chance, and says how many items it takes', () => {
      const unclear = {
        'Menu/Menu/Menu': 200,
        'Hora/Hora/Hora': 200,
        'Hora/Menu/Hora': 12,
        'Hora/Hora/Menu': 7,
        '-/-/-': 60,
      };
      const decision = decide(compare(unclear), policy());
      assert.equal(decision.verdict, 'not-enough-evidence');
      const [reason] = decision.reasons.filter(({ passed }) => !passed);
      assert.equal(reason!.code, 'macro-f1-unclear');
      assert.ok(reason!.itemsNeeded! > decision.evidence.items);
    });

    it('does not believe the bootstrap with fewer than six changed answers', () => {
      const few = { 'Menu/Menu/Menu': 200, 'Hora/Hora/Hora': 196, 'Hora/Menu/Hora': 5, '-/-/-': 60 };
      const evaluation = compare(few);
      assert.ok(evaluation.sets.golden!.comparison.macroF1.lower > 0);
      assert.deepEqual(against(decide(evaluation, policy())), ['macro-f1-too-few-changes']);
    });

    it('lets a small loss pass where the bot answers significantly more', () => {
      const wider = {
        'Menu/Menu/Menu': 500,
        'Hora/Hora/Hora': 500,
        'Hora/-/Menu': 10,
        'Menu/-/Menu': 1,
        '-/-/-': 60,
      };
      const decision = decide(
        compare(wider),
        policy({ macroF1Tolerance: 0.02, confusionCellGrowth: { count: 20, share: 0 } }),
      );
      assert.equal(decision.reasons[1]!.code, 'macro-f1-held-with-coverage');
      assert.equal(decision.verdict, 'promote');
    });
  });

  it('rule 2: new intents cannot pay for what the old ones lose', () => {
    const paid = { ...better, 'Hora/Menu/Hora': 0, 'Hora/Hora/Menu': 12, 'Wifi/-/Wifi': 120 };
    const decision = decide(
      compare(paid),
      policy({ existingIntentsTolerance: 0.2, confusionCellGrowth: { count: 50, share: 0 } }),
    );
    assert.deepEqual(against(decision), ['mcnemar-worse']);
    assert.deepEqual(decision.reasons.find(({ code }) => code === 'mcnemar-worse')!.facts, {
      items: 'without-new',
      fixed: 0,
      broken: 12,
    });
    assert.equal(decision.verdict, 'keep');
  });

  describe('rule 3, existing and protected intents', () => {
    it('thirty items are never enough, even when nothing changed', () => {
      const few = { 'Menu/Menu/Menu': 15, 'Hora/Hora/Hora': 15, 'Wifi/-/Wifi': 30, '-/-/-': 30 };
      const decision = decide(compare(few), policy());
      assert.equal(decision.verdict, 'not-enough-evidence');
      assert.deepEqual(against(decision), ['existing-intents-unclear']);
      const reason = decision.reasons.find(({ code }) => code === 'existing-intents-unclear')!;
      assert.ok(reason.value! < -0.08 && reason.itemsNeeded! > 30);
    });

    it('keeps the champion when existing intents lose more than is tolerated', () => {
      const worse = { ...better, 'Hora/Menu/Hora': 0, 'Hora/Hora/Menu': 30 };
      assert.ok(against(decide(compare(worse), policy())).includes('existing-intents-worse'));
    });

    it('tells a protected intent that is worse from one that has too few items and from one that has none', () => {
      const blocks = {
        ...better,
        'Cuenta/Cuenta/Cuenta': 5,
        'Cuenta/Cuenta/Menu': 1,
        'Pago/Pago/Pago': 15,
        'Pago/Pago/Menu': 15,
      };
      const decision = decide(
        compare(blocks),
        policy({ protectedIntents: ['Menu', 'Cuenta', 'Pago', 'Queja'], existingIntentsTolerance: 0.3 }),
      );
      const found = decision.reasons.filter(({ rule }) => rule === 'protected-intents');
      assert.deepEqual(
        found.map(({ code, facts }) => [facts['intent'], code]),
        [
          ['Menu', 'protected-intent-kept'],
          ['Cuenta', 'protected-intent-unclear'],
          ['Pago', 'protected-intent-worse'],
          ['Queja', 'protected-intent-without-items'],
        ],
      );
    });

    it('all-existing protects every intent that the champion knows', () => {
      const decision = decide(compare(better), policy({ protectedIntents: 'all-existing' }));
      assert.deepEqual(
        decision.reasons
          .filter(({ rule }) => rule === 'protected-intents')
          .map(({ facts }) => facts['intent']),
        ['Hora', 'Menu'],
      );
    });

    it('without existing items nothing is decided', () => {
      const decision = decide(compare({ 'Wifi/-/Wifi': 50, '-/-/-': 50 }), policy());
      assert.deepEqual(against(decision), ['existing-intents-none']);
    });
  });

  describe('rule 4, out of scope', () => {
    it('keeps the champion when much more is answered that should not be', () => {
      const decision = decide(
        compare({ ...better, '-/-/-': 60, '-/-/Menu': 12 }),
        policy({ confusionCellGrowth: { count: 20, share: 0 } }),
      );
      assert.ok(against(decision).includes('out-of-scope-worse'));
      assert.equal(decision.verdict, 'keep');
    });

    it('cannot tell with few items', () => {
      assert.deepEqual(against(decide(compare({ ...better, '-/-/-': 10 }), policy())), [
        'out-of-scope-too-few',
      ]);
      assert.deepEqual(against(decide(compare({ ...better, '-/-/-': 20, '-/-/Menu': 2 }), policy())), [
        'out-of-scope-unclear',
      ]);
    });
  });

  it('rule 5: keeps the champion when one confusion grows, but not for rows of new intents', () => {
    const decision = decide(compare({ ...better, 'Menu/Menu/Hora': 4, 'Wifi/-/Menu': 5 }), policy());
    assert.deepEqual(against(decision), ['confusion-grew']);
    const reason = decision.reasons.find(({ code }) => code === 'confusion-grew')!;
    assert.deepEqual([reason.value, reason.facts['intent'], reason.facts['predicted']], [4, 'Menu', 'Hora']);
    assert.deepEqual(
      against(
        decide(
          compare({ ...better, 'Menu/Menu/Hora': 4 }),
          policy({ confusionCellGrowth: { count: 3, share: 0.03 } }),
        ),
      ),
      [],
      'the share of a large intent allows more',
    );
  });

  it('rule 6: keeps the champion when answers get noticeably slower or confidence means less', () => {
    assert.deepEqual(against(decide(compare(better, { latencyMs: 200 }), policy())), ['latency-worse']);
    assert.deepEqual(
      against(decide(compare(better, { latencyMs: 80 }), policy())),
      [],
      'twice 40 ms is still quick',
    );
    const wrong = { ...better, 'Menu/Hora/Hora': 20 };
    const strict = policy({ calibrationTolerance: 0.03 });
    assert.deepEqual(against(decide(compare(wrong, { confidence: 1 }), strict)), ['calibration-worse']);
    assert.deepEqual(
      against(decide(compare(wrong, { confidence: 0.6 }), strict)),
      [],
      'modesty harms nobody',
    );
  });

  it('does not decide while answers are missing', () => {
    const decision = decide(compare(better, {}, 40), policy());
    assert.deepEqual(against(decision), ['answers-missing']);
    assert.equal(decision.verdict, 'not-enough-evidence');
  });

  it('does not decide about nothing', () => {
    for (const rules of [policy(), { policy: 'accuracy-above' } as const]) {
      const decision = decide(compare({}), rules);
      assert.equal(decision.verdict, 'not-enough-evidence');
      assert.deepEqual(against(decision), ['no-items']);
      assert.deepEqual(decision.evidence, { items: 0, changed: 0, provableDifference: 1 });
    }
  });

  it('survives a workflow’s history: the decision is plain data, and the same after JSON', () => {
    const evaluation = compare(better);
    const decision = decide(evaluation, policy());
    assert.deepEqual(JSON.parse(JSON.stringify(decision)), decision);
    assert.deepEqual(decide(JSON.parse(JSON.stringify(evaluation)) as Evaluation, policy()), decision);
  });

  describe('accuracy-above, the simple rule', () => {
    const onValidation = (blocks: Record<string, number>) => {
      const evaluation = compare(blocks);
      return {
        ...evaluation,
        sets: { ...evaluation.sets, golden: null, validation: evaluation.sets.golden },
      };
    };

    it('promotes on any rise of accuracy on the validation set', () => {
      const decision = decide(onValidation({ 'Menu/Menu/Menu': 5, 'Hora/Menu/Hora': 1 }), {
        policy: 'accuracy-above',
      });
      assert.equal(decision.verdict, 'promote');
      assert.equal(decision.basis, 'validation');
      assert.deepEqual([decision.reasons[0]!.value, decision.reasons[0]!.threshold], [1, 5 / 6]);
    });

    it('keeps on a tie or a fall', () => {
      const cases: Record<string, number>[] = [
        { 'Menu/Menu/Menu': 5 },
        { 'Menu/Menu/Hora': 1, 'Hora/Hora/Hora': 5 },
      ];
      for (const blocks of cases) {
        const decision = decide(onValidation(blocks), { policy: 'accuracy-above' });
        assert.equal(decision.verdict, 'keep');
        assert.deepEqual(against(decision), ['accuracy-not-above']);
      }
    });
  });
});
