import type { Enrichment, Proposal } from '../../src/domain/discovery';
import { aDiscovery, aProposal } from '../../test/support/discovery';
import type { ReviewMaterials } from '../../test/console/waiting-review';
import { asDiscovery, generatePoints, isKnown } from '../discovery-scale/log';

/** Nobody looks at the points here, only at the phrases. */
const columns = 4;
/** Each topic is proposed in so many parts. */
const partsOfTopic = 5;
/** One of so many phrases of a known intent is a new example for it, and one of so many examples a golden utterance. */
const others = { examples: 3, golden: 4 };
const representatives = 6;

/**
 * A review of a generated log, as a discovery that finds everything would leave it: the parts of each topic that the bot
 * does not know, and new examples for each intent that it has.
 */
export function largeReview(utterances: number): ReviewMaterials {
  const generated = generatePoints(utterances, columns);
  const { input } = asDiscovery(generated);
  const log = input.utterances;
  const byTopic = new Map<number, typeof log>();
  log.forEach((utterance, row) => {
    const topic = generated.topics[row]!;
    if (topic >= 0) byTopic.set(topic, [...(byTopic.get(topic) ?? []), utterance]);
  });
  const proposals: Proposal[] = [];
  const enrichments: Enrichment[] = [];
  for (const [topic, said] of byTopic) {
    const described = (some: typeof log) => ({
      size: some.length,
      interactions: some.reduce((sum, { count }) => sum + count, 0),
      representatives: some.slice(0, representatives).map(({ text }) => text),
      memberIds: some.map(({ id }) => id),
    });
    if (isKnown(topic)) {
      const examples = said.filter((_, at) => at % others.examples === 0);
      const chosen = examples.filter(({ intent }) => intent !== null);
      const ordered = [...chosen, ...examples.filter(({ intent }) => intent === null)];
      const intent = `Intent${topic}`;
      enrichments.push({ id: `e-${intent}`, intent, chosenByBot: chosen.length, ...described(ordered) });
      continue;
    }
    for (let part = 0; part < partsOfTopic; part++) {
      const members = said.filter((_, at) => at % partsOfTopic === part);
      const facts = described(members);
      const names = { id: `p-${topic}-${part}`, name: `Tema${topic}Parte${part}` };
      proposals.push(aProposal({ ...names, ...facts, rescuedInteractions: facts.interactions }));
    }
  }
  const ofTheBot = input.known.filter(({ intent }) => intent !== '');
  const interactionsOf = (some: typeof log) => some.reduce((sum, { count }) => sum + count, 0);
  return {
    discovery: aDiscovery({
      traffic: {
        interactions: interactionsOf(log),
        missed: interactionsOf(log.filter(({ outcome }) => outcome === 'missed')),
        uncertain: 0,
        from: null,
        to: null,
      },
      proposals: proposals.sort((one, other) => other.interactions - one.interactions),
      enrichments,
    }),
    utterances: log,
    known: ofTheBot.filter((_, at) => at % others.golden !== 0),
    golden: [
      'text,intent',
      ...new Set(
        ofTheBot.filter((_, at) => at % others.golden === 0).map(({ text, intent }) => `${text},${intent}`),
      ),
      '',
    ].join('\n'),
  };
}
