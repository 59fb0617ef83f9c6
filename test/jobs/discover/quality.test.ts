import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Datasets } from '../../../bench/discovery/datasets';
import { runOurs } from '../../../bench/discovery/methods';
import type { Scenario } from '../../../bench/discovery/scenario';
import { scoreOf, type Score } from '../../../bench/discovery/score';

const shared = resolve('../shared');
const data = join(shared, 'data');
const minilm = join(shared, 'models', 'all-MiniLM-L6-v2-int8');
const e5 = join(shared, 'models', 'multilingual-e5-small-int8');
/** Intents are hidden by another seed than those that the method was tuned on. */
const heldOut = 11;

describe('discovery on public sets', function () {
  this.timeout(600_000);
  const needed = [join(data, 'clinc150.json'), join(data, 'nlpjs-corpus-es.json'), minilm, e5];
  before(function () {
    const missing = needed.filter((path) => !existsSync(path));
    if (missing.length === 0) return;
    console.log(`      skipped: there is no ${missing.join(', no ')}`);
    this.skip();
  });
  const sets = new Datasets(data);

  it('finds the hidden intents of CLINC150 between known ones and what is out of scope', async () => {
    const whole = sets.clincReal(heldOut);
    const score = await scoreBy(minilm, sample(whole, { ofEachTopic: 15, outside: 300, ofEachKnown: 15 }));
    assert.equal(score.hidden, 37);
    atLeast(score.found, 11, score);
    atLeast(score.hiddenAri, 0.63, score);
    atLeast(score.knownRight!, 0.86, score);
    atLeast(score.outsideAsNoise!, 0.6, score);
    atMost(score.falseGroups, 3, score);
  });

  it('divides CLINC150 with nothing known', async () => {
    const score = await scoreBy(minilm, sample(sets.clincUnsupervised(), { ofEachTopic: 15 }));
    assert.equal(score.hidden, 150);
    atLeast(score.found, 37, score);
    atLeast(score.hiddenAri, 0.58, score);
  });

  it('finds the hidden ones of 51 Spanish intents that are known by five examples each', async () => {
    const score = await scoreBy(e5, sets.spanishCorpus(heldOut));
    assert.equal(score.hidden, 26);
    atLeast(score.found, 16, score);
    atLeast(score.hiddenAri, 0.7, score);
    atLeast(score.knownRight!, 0.94, score);
  });
});

async function scoreBy(modelFolder: string, scenario: Scenario): Promise<Score> {
  const { answers } = await runOurs(scenario, `onnx:${modelFolder}`);
  return scoreOf(scenario, answers);
}

/** The first so many utterances of each topic, of those outside of all, and of the examples of each known intent. */
function sample(
  scenario: Scenario,
  {
    ofEachTopic,
    outside = 0,
    ofEachKnown = 0,
  }: { ofEachTopic: number; outside?: number; ofEachKnown?: number },
): Scenario {
  const { utterances, truth, known } = scenario;
  return {
    ...scenario,
    utterances: firstOfEach(
      utterances,
      ({ id }) => truth.get(id)!.topic,
      (topic) => (topic === null ? outside : ofEachTopic),
    ),
    known: firstOfEach(
      known,
      ({ intent }) => intent,
      () => ofEachKnown,
    ),
  };
}

function firstOfEach<T, K>(items: readonly T[], keyOf: (item: T) => K, most: (key: K) => number): T[] {
  const counts = new Map<K, number>();
  return items.filter((item) => {
    const key = keyOf(item);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= most(key);
  });
}

function atLeast(figure: number, least: number, score: Score): void {
  assert.ok(figure >= least, `${figure} is below ${least}: ${JSON.stringify(score)}`);
}

function atMost(figure: number, most: number, score: Score): void {
  assert.ok(figure <= most, `${figure} is above ${most}: ${JSON.stringify(score)}`);
}
