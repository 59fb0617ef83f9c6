import assert from 'node:assert/strict';
import type { Discovery, Proposal } from '../../../src/domain/discovery';
import { discover } from '../../../src/jobs/discover/discover';
import { readCafeSet, type CafeSet } from './cafe-set';

describe("discovery in the café's logs", function () {
  this.timeout(120_000);
  const parameters = { embedder: 'lexical', language: 'es', minimumSize: 5, seed: 1 };
  let set: CafeSet;
  let discovery: Discovery;
  before(async () => {
    set = await readCafeSet();
    discovery = await discover({ utterances: set.utterances, known: set.known, rejected: [], parameters });
  });

  /** The topic of most members, and its share of those whose topic is on record. */
  function mainTopic({ memberIds }: Pick<Proposal, 'memberIds'>): { topic: string; purity: number } {
    const counts = new Map<string, number>();
    const topics = memberIds.flatMap((id) => set.topics.get(id) ?? []);
    for (const topic of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    const [topic, count] = [...counts].sort((a, b) => b[1] - a[1])[0]!;
    return { topic, purity: count / topics.length };
  }

  it('finds every hidden topic, and hardly anything else', () => {
    const main = discovery.proposals.map(mainTopic);
    for (const hidden of set.hidden) {
      assert.ok(
        main.some(({ topic, purity }) => topic === hidden && purity >= 0.8),
        `${hidden}: ${JSON.stringify(main)}`,
      );
    }
    const wrong = main.filter(({ topic, purity }) => !topic.startsWith('hidden:') || purity < 0.5);
    assert.ok(wrong.length <= 2, JSON.stringify(wrong));
  });

  it('puts what rescues most first, and names it in the style of the bot', () => {
    const [first, second, third] = discovery.proposals;
    for (const proposal of [first!, second!, third!]) {
      const { topic, purity } = mainTopic(proposal);
      assert.ok(topic.startsWith('hidden:') && purity >= 0.9, `${proposal.name}: ${topic} ${purity}`);
    }
    assert.equal(first!.name, 'ConsultarWifi');
    for (const { name } of discovery.proposals) assert.match(name, /^[A-Z][a-z]*[aei]r[A-Z][A-Za-z0-9]+$/);
  });

  it('suggests examples for the intents that they belong to', () => {
    const suggested = discovery.enrichments.flatMap(({ intent, memberIds }) =>
      memberIds.flatMap((id) => (set.topics.has(id) ? [set.topics.get(id) === intent] : [])),
    );
    const right = suggested.filter(Boolean).length;
    assert.ok(suggested.length >= 300, String(suggested.length));
    assert.ok(right / suggested.length >= 0.85, `${right} of ${suggested.length}`);
  });

  it('proposes nothing again that was rejected', async () => {
    const [first] = discovery.proposals;
    const texts = set.utterances.filter(({ id }) => first!.memberIds.includes(id)).map(({ text }) => text);
    const again = await discover({
      utterances: set.utterances,
      known: set.known,
      rejected: texts,
      parameters,
    });
    assert.ok(again.counts.previouslyRejected >= texts.length);
    assert.ok(
      again.proposals.every(({ memberIds }) => !memberIds.some((id) => first!.memberIds.includes(id))),
    );
  });
});
