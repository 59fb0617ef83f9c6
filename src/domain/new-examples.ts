import type { Discovery } from './discovery';

/** Utterance ids of an intent's new examples, by whose word they have. What a person moved there is in neither. */
export interface NewExamples {
  /** The bot chose the intent for them itself. */
  chosenByBot: string[];
  /** Their neighbours belong to the intent, and nothing else speaks for them. */
  byLikenessAlone: string[];
}

/** What a proposal of a review holds as things stand; nothing for a new intent, and where discovery did not count. */
export function newExamplesOf(
  { id, memberIds }: { id: string; memberIds: readonly string[] | null },
  { enrichments }: Pick<Discovery, 'enrichments'>,
): NewExamples {
  const found = enrichments.find((enrichment) => enrichment.id === id);
  if (found?.chosenByBot === undefined || memberIds === null) return { chosenByBot: [], byLikenessAlone: [] };
  const present = new Set(memberIds);
  const suggested = (from: number, to?: number) =>
    found.memberIds.slice(from, to).filter((member) => present.has(member));
  return { chosenByBot: suggested(0, found.chosenByBot), byLikenessAlone: suggested(found.chosenByBot) };
}
