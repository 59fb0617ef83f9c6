import assert from 'node:assert/strict';
import type { Discovery, Proposal } from '../../../src/domain/discovery';
import { discover } from '../../../src/jobs/discover/discover';
import { readCafeSet, type CafeSet } from './cafe-set';

describe("discovery in the café's logs", function () {
  this.timeout(300_000);
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
    assert.ok(wrong.length <= 1, JSON.stringify(wrong));
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

  it('puts the examples that the bot is right about in front, and says how many they are', () => {
    const chosen = discovery.enrichments.flatMap(({ intent, memberIds, chosenByBot }) =>
      memberIds
        .slice(0, chosenByBot)
        .flatMap((id) => (set.topics.has(id) ? [set.topics.get(id) === intent] : [])),
    );
    const right = chosen.filter(Boolean).length;
    assert.ok(right / chosen.length >= 0.95, `${right} of ${chosen.length}`);
    assert.ok(discovery.enrichments.some(({ size, chosenByBot }) => chosenByBot! < size));
  });

  it('tells of a topic in several proposals which of the others is a piece of it', () => {
    const topicOf = new Map(discovery.proposals.map((one) => [one.id, mainTopic(one).topic]));
    const pieces = discovery.proposals.filter(
      ({ id }) => [...topicOf.values()].filter((topic) => topic === topicOf.get(id)).length > 1,
    );
    const told = pieces.filter(({ id, near }) => topicOf.get(near![0]!.proposal) === topicOf.get(id));
    assert.ok(pieces.length >= 8, String(pieces.length));
    assert.ok(told.length / pieces.length >= 0.8, `${told.length} of ${pieces.length}`);
  });

  it('proposes nothing again of a topic that was rejected, also in new words', async () => {
    // A person rejected it in an earlier cycle; meanwhile people found other words for it.
    const [first] = discovery.proposals;
    const inProposal = set.utterances.filter(({ id }) => first!.memberIds.includes(id));
    const [before, since] = [0, 1].map((half) => inProposal.filter((_, index) => index % 2 === half));
    const again = await discover({
      utterances: set.utterances.filter((one) => !before!.includes(one)),
      known: set.known,
      rejected: before!.map(({ text }) => text),
      parameters,
    });
    const proposed = new Set(again.proposals.flatMap(({ memberIds }) => memberIds));
    const returned = since!.filter(({ id }) => proposed.has(id)).length;
    assert.ok(since!.length >= 15, String(since!.length));
    assert.ok(returned <= since!.length / 10, `${returned} of ${since!.length} came back`);
  });

  it('keeps ids and names in a second cycle on nearly the same data', async () => {
    // A tenth of the phrases is no longer there, and as many are new.
    const isOld = (index: number) => index % 10 !== 3;
    const isStill = (index: number) => index % 10 !== 7;
    const first = set.utterances.filter((_, index) => isOld(index));
    const one = await discover({ utterances: first, known: set.known, rejected: [], parameters });
    const two = await discover({
      utterances: set.utterances.filter((_, index) => isStill(index)),
      known: set.known,
      rejected: [],
      previous: { proposals: one.proposals, utteranceIds: first.map(({ id }) => id) },
      parameters,
    });
    // The largest is the same topic in both, and no id means two things.
    const [topic, again] = [one.proposals[0]!, two.proposals[0]!];
    assert.deepEqual([again.id, again.name, again.isReturning], [topic.id, topic.name, true]);
    const persisting = two.proposals.filter(({ isReturning }) => isReturning);
    assert.ok(
      persisting.length >= one.proposals.length / 2,
      `${persisting.length} of ${one.proposals.length}`,
    );
    for (const proposal of persisting) {
      const before = one.proposals.find(({ id }) => id === proposal.id)!;
      assert.equal(mainTopic(proposal).topic, mainTopic(before).topic);
      assert.equal(proposal.name, before.name);
    }
    assert.equal(new Set(two.proposals.map(({ id }) => id)).size, two.proposals.length);
  });

  it('keeps languages apart, and says how much there is of each', () => {
    const languages = new Map(
      discovery.tray.flatMap(({ language, size }) => (language === null ? [] : [[language, size]])),
    );
    const foreign = set.utterances.filter(({ language }) => language !== 'es' && language !== 'und');
    assert.ok(languages.size >= 4 && languages.has('ca') && languages.has('en'));
    for (const [language, size] of languages) {
      assert.equal(size, foreign.filter((one) => one.language === language).length);
    }
    const inTheirOwn = new Set(foreign.map(({ id }) => id));
    for (const { memberIds } of discovery.proposals) {
      assert.ok(!memberIds.some((id) => inTheirOwn.has(id)));
    }
  });

  it('lets every proposal explain itself', () => {
    const missed = discovery.traffic.missed;
    for (const { effect, trend, nearestIntent, representatives, terms, memberIds } of discovery.proposals) {
      const own = set.utterances.filter(({ id, outcome }) => memberIds.includes(id) && outcome === 'missed');
      const interactions = own.reduce((sum, { count }) => sum + count, 0);
      assert.equal(effect!.fallback.interactions, interactions);
      assert.ok(Math.abs(effect!.fallback.share - interactions / missed) < 1e-4);
      assert.ok(effect!.own!.recognised > 0 && effect!.neighbours.length === 3);
      assert.ok(trend !== null && nearestIntent !== null && representatives.length >= 3 && terms.length >= 3);
      assert.equal(trend.bucketDays, 7);
    }
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
