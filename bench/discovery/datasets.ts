import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom, shuffled } from '../../src/domain/random';
import { readCafeSet } from '../../test/jobs/discover/cafe-set';
import { scenarioOf, type Scenario, type Truth } from './scenario';

type Labelled = [text: string, intent: string];

interface Clinc {
  train: Labelled[];
  val: Labelled[];
  test: Labelled[];
  oos_val: Labelled[];
  oos_test: Labelled[];
}

interface Corpus {
  data: { intent: string; utterances: string[]; tests: string[] }[];
}

const knownClincIntents = 113;
const outOfScope: Truth = { topic: null, isHidden: false };

/** Reads the public sets from one folder. */
export class Datasets {
  constructor(private readonly folder: string) {}

  /** All in-scope utterances of val and test of CLINC150, with no intent known. */
  clincUnsupervised(): Scenario {
    const { val, test } = this.read<Clinc>('clinc150.json', 'data_full.json of clinc/oos-eval');
    const stream = [...val, ...test].map(([text, intent]) => ({ text, truth: hidden(intent) }));
    return scenarioOf({ name: 'CLINC150, nothing known', language: 'en' }, stream, []);
  }

  /**
   * The real situation: 113 of the 150 intents known by their 100 training utterances, a stream of val and test with
   * the out-of-scope ones among them.
   * @param seed decides which intents are hidden
   */
  clincReal(seed: number): Scenario {
    const clinc = this.read<Clinc>('clinc150.json', 'data_full.json of clinc/oos-eval');
    const intents = shuffled(
      [...new Set(clinc.train.map(([, intent]) => intent))].sort(),
      seededRandom(seed),
    );
    const known = new Set(intents.slice(0, knownClincIntents));
    const inScope = [...clinc.val, ...clinc.test].map(([text, intent]) => ({
      text,
      truth: known.has(intent) ? { topic: intent, isHidden: false } : hidden(intent),
    }));
    const outside = [...clinc.oos_val, ...clinc.oos_test].map(([text]) => ({ text, truth: outOfScope }));
    return scenarioOf(
      { name: `CLINC150, 113 of 150 known, split ${seed}`, language: 'en' },
      [...inScope, ...outside],
      clinc.train.flatMap(([text, intent]) => (known.has(intent) ? [{ text, intent }] : [])),
    );
  }

  /** 25 of 51 Spanish intents known by five examples each; all utterances of the others are the stream, with the tests of the known ones. */
  spanishCorpus(seed: number): Scenario {
    const { data } = this.read<Corpus>('nlpjs-corpus-es.json', 'corpus-es.json of axa-group/nlp.js');
    const order = shuffled(
      data.map(({ intent }) => intent),
      seededRandom(seed),
    );
    const known = new Set(order.slice(0, Math.floor(data.length / 2)));
    const seen = new Set<string>();
    const stream = data
      .flatMap(({ intent, utterances, tests }) =>
        known.has(intent)
          ? tests.map((text) => ({ text, truth: { topic: intent, isHidden: false } }))
          : [...utterances, ...tests].map((text) => ({ text, truth: hidden(intent) })),
      )
      .filter(({ text }) => !seen.has(text) && seen.add(text));
    return scenarioOf(
      { name: `51 Spanish intents, 25 known, split ${seed}`, language: 'es' },
      stream,
      data.flatMap(({ intent, utterances }) =>
        known.has(intent) ? utterances.map((text) => ({ text, intent })) : [],
      ),
    );
  }

  private read<T>(file: string, origin: string): T {
    const path = join(this.folder, file);
    if (!existsSync(path))
      throw new Error(`There is no ${path}. Get ${origin} and name its folder with --data.`);
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  }
}

/** The logs of the example bot, as the job "prepare" leaves them. */
export async function cafeScenario(): Promise<Scenario> {
  const { utterances, known, topics } = await readCafeSet();
  return { name: 'café example', language: 'es', utterances, known, truth: truthOf(topics) };
}

/** The same logs with nothing known: few topics of very uneven sizes. */
export async function unevenScenario(): Promise<Scenario> {
  const { utterances, topics } = await readCafeSet();
  const labelled = utterances.filter(({ id }) => topics.has(id) && !isNoTopic(topics.get(id)!));
  return {
    name: 'café example, nothing known, uneven',
    language: 'es',
    utterances: labelled.map((one) => ({ ...one, outcome: 'missed', intent: null, alternative: null })),
    known: [],
    truth: new Map(labelled.map(({ id }) => [id, hidden(topics.get(id)!)])),
  };
}

function truthOf(topics: ReadonlyMap<string, string>): Map<string, Truth> {
  return new Map(
    [...topics].map(([id, topic]) => {
      if (isNoTopic(topic)) return [id, outOfScope];
      return [id, { topic, isHidden: topic.startsWith('hidden:') }];
    }),
  );
}

const isNoTopic = (topic: string) => topic === 'junk' || topic === 'foreign';
const hidden = (topic: string): Truth => ({ topic, isHidden: true });
