import type { PlantedPhrase, TopicPhrases } from './phrases';
import type { Random } from './random';
import { surfaceForms } from './surface-forms';

/** How unevenly phrases are repeated within a topic: Zipf's exponent. */
const skew = 0.85;

/** How often each phrase is said, and the order that makes sure that each is said at least once. */
interface TopicPool {
  forms: string[];
  weights: number[];
  /** Forms that nobody has said yet; the next one is the last. */
  unsaid: string[];
}

/** Draws topics and phrases: a few are said all the time, most are said once or twice. */
export class PhrasePool {
  private readonly pools = new Map<string, TopicPool>();
  private readonly topics: string[];
  private readonly weights: number[];

  /**
   * @param shares weight of each topic among the requests
   * @param planted phrases that are said exactly as they are, and rarely
   */
  constructor(
    topics: TopicPhrases[],
    shares: ReadonlyMap<string, number>,
    planted: PlantedPhrase[],
    random: Random,
  ) {
    for (const { topic, phrases } of topics) {
      const pool: TopicPool = { forms: [], weights: [], unsaid: [] };
      const isPlain = ['Saludar', 'Despedirse', 'junk', 'foreign'].includes(topic);
      for (const [rank, phrase] of phrases.entries()) {
        const weight = (rank + 1) ** -skew;
        const forms = surfaceForms(phrase, rank < 8 ? 4 : random.integer(0, 2), isPlain, random);
        add(pool, phrase, weight * 0.7);
        for (const form of forms) add(pool, form, (weight * 0.3) / forms.length);
      }
      const withPersonalData = planted.filter((phrase) => phrase.topic === topic).map(({ text }) => text);
      for (const text of withPersonalData) add(pool, text, 0.002);
      // What is written by hand comes up before its variants do, so that none of it is missing.
      const written = new Set([...phrases, ...withPersonalData]);
      pool.unsaid = [
        ...random.shuffled(pool.forms.filter((form) => !written.has(form))),
        ...random.shuffled([...written]),
      ];
      this.pools.set(topic, pool);
    }
    this.topics = [...shares.keys()].filter((topic) => this.pools.has(topic));
    this.weights = this.topics.map((topic) => shares.get(topic)!);
  }

  drawTopic(random: Random): string {
    return random.weighted(this.topics, this.weights);
  }

  /** More often than not something that nobody said yet, as long as there is such a phrase. */
  draw(topic: string, random: Random): string {
    const pool = this.pools.get(topic)!;
    if (pool.unsaid.length > 0 && random.chance(0.6)) return pool.unsaid.pop()!;
    return random.weighted(pool.forms, pool.weights);
  }

  /** Every form with its topic. */
  labelled(): { text: string; topic: string }[] {
    return [...this.pools].flatMap(([topic, pool]) => pool.forms.map((text) => ({ text, topic })));
  }
}

function add(pool: TopicPool, text: string, weight: number): void {
  if (pool.forms.includes(text)) return;
  pool.forms.push(text);
  pool.weights.push(weight);
}
