import type { Discovery, Proposal } from '../discovery';
import type { Language } from '../language';
import type { NewExamples } from '../new-examples';
import { messagesIn } from './messages';
import { numbersIn } from './numbers';

/** One thing that a person should know of a proposal. */
export interface Explanation {
  kind: 'fact' | 'warning';
  text: string;
}

/**
 * What a proposal explains about itself, in sentences without a full stop: first what it would bring, then warnings,
 * then how sure it is. What was not measured is left out.
 */
export function explainProposal(
  proposal: Proposal,
  discovery: Pick<Discovery, 'proposals' | 'suggestedMerges' | 'clashSimilarity'>,
  language: Language,
): Explanation[] {
  const words = messagesIn(language).discovery;
  const numbers = numbersIn(language);
  const fact = (text: string): Explanation => ({ kind: 'fact', text });
  const { effect, trend, nearestIntent } = proposal;
  const explanations: Explanation[] = [
    fact(
      words.size({
        phrases: numbers.count(proposal.size),
        interactions: numbers.count(proposal.interactions),
        rescued: numbers.count(proposal.rescuedInteractions),
      }),
    ),
  ];
  if (effect) {
    const { share, likelyShare } = effect.fallback;
    explanations.push(
      fact(words.fallback({ share: numbers.percent(share), likelyShare: numbers.percent(likelyShare) })),
    );
  }
  if (trend) {
    explanations.push(
      fact(
        words.trend[trend.direction]({
          earlier: numbers.count(trend.earlier),
          later: numbers.count(trend.later),
          usualLaterShare: numbers.confidence(trend.usualLaterShare),
        }),
      ),
    );
  }
  explanations.push(...closeOnes(proposal, discovery, language));
  explanations.push(
    fact(
      words.cohesion(
        numbers.hundredth(proposal.cohesion),
        proposal.stability === null ? null : numbers.hundredth(proposal.stability),
      ),
    ),
  );
  if (nearestIntent && !nearestIntent.clashes) {
    explanations.push(
      fact(
        words.nearest({
          intent: nearestIntent.name,
          similarity: numbers.hundredth(nearestIntent.similarity),
        }),
      ),
    );
  }
  const near = (proposal.near ?? []).flatMap(({ proposal: id, similarity }) => {
    const other = discovery.proposals.find((one) => one.id === id);
    return other ? [{ name: other.name, similarity: numbers.hundredth(similarity) }] : [];
  });
  if (near.length > 0) explanations.push(fact(words.nearProposals(near)));
  if (effect?.own) {
    const { recognised, phrases, lower, upper } = effect.own;
    explanations.push(
      fact(
        words.own({
          recognised: numbers.count(recognised),
          phrases: numbers.count(phrases),
          lower: numbers.confidence(lower),
          upper: numbers.confidence(upper),
        }),
      ),
    );
  }
  const kept = (effect?.neighbours ?? []).filter(({ f1Before, f1After }) => f1After >= f1Before);
  if (kept.length > 0) {
    explanations.push(fact(words.neighboursKept(kept.map(({ intent }) => intent).join(', '))));
  }
  const { suggestedByModel } = proposal;
  if (suggestedByModel) explanations.push(fact(words.byModel(suggestedByModel)));
  return explanations;
}

/** By whose word an intent's new examples are suggested; nothing where no count was made. */
export function explainNewExamples(
  { chosenByBot, byLikenessAlone }: NewExamples,
  language: Language,
): Explanation[] {
  if (chosenByBot.length + byLikenessAlone.length === 0) return [];
  const { count } = numbersIn(language);
  const isDoubtful = byLikenessAlone.length > 0;
  const text = messagesIn(language).discovery.newExamples({
    chosenByBot: count(chosenByBot.length),
    byLikenessAlone: isDoubtful ? count(byLikenessAlone.length) : null,
  });
  return [{ kind: isDoubtful ? 'warning' : 'fact', text }];
}

/** Intents and proposals that would suffer, or that may be the same. */
function closeOnes(
  proposal: Proposal,
  {
    proposals,
    suggestedMerges,
    clashSimilarity,
  }: Pick<Discovery, 'proposals' | 'suggestedMerges' | 'clashSimilarity'>,
  language: Language,
): Explanation[] {
  const words = messagesIn(language).discovery;
  const numbers = numbersIn(language);
  const texts: string[] = [];
  const { nearestIntent, effect } = proposal;
  if (nearestIntent?.clashes) {
    texts.push(
      words.clash({
        intent: nearestIntent.name,
        similarity: numbers.hundredth(nearestIntent.similarity),
        limit: numbers.hundredth(clashSimilarity ?? 0),
      }),
    );
  }
  for (const neighbour of effect?.neighbours ?? []) {
    if (neighbour.f1After >= neighbour.f1Before) continue;
    texts.push(
      words.neighbourLoses({
        intent: neighbour.intent,
        before: numbers.score(neighbour.f1Before),
        after: numbers.score(neighbour.f1After),
        examples: numbers.count(neighbour.examples),
        worst: numbers.points(neighbour.worstRecallChange),
      }),
    );
  }
  for (const { proposals: pair, similarity } of suggestedMerges) {
    const other = pair.find((id) => id !== proposal.id);
    if (!pair.includes(proposal.id) || other === undefined) continue;
    const name = proposals.find(({ id }) => id === other)?.name ?? other;
    texts.push(words.merge({ name, similarity: numbers.hundredth(similarity) }));
  }
  return texts.map((text) => ({ kind: 'warning', text }));
}
