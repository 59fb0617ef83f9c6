import type { Enrichment } from '../../../domain/discovery';
import { interactionsOf, type Context } from './context';
import { representativesOf } from './phrases';

/** Phrases that no sample of the bot says yet, held for an intent's by two views or by strong evidence. */
export function describeEnrichments(context: Context): Enrichment[] {
  const byIntent = new Map<string, number[]>();
  context.units.forEach((unit, index) => {
    const fate = context.grouping.fates[index]!;
    if (fate.kind !== 'intent' || unit.inTraining || unit.members.length === 0) return;
    if (!isNewExample(context, index, fate.intent)) return;
    const rows = byIntent.get(fate.intent);
    if (rows) rows.push(index);
    else byIntent.set(fate.intent, [index]);
  });
  return [...byIntent]
    .map(([intent, rows]) => {
      const typical = context.byTypicality(rows, context.intentCentres.get(intent)!);
      const members = context.members(typical);
      const chosenByBot = members.filter((utterance) => utterance.intent === intent);
      const others = members.filter((utterance) => utterance.intent !== intent);
      return {
        id: `e-${intent}`,
        intent,
        size: members.length,
        chosenByBot: chosenByBot.length,
        interactions: interactionsOf(members),
        representatives: representativesOf(context, typical),
        memberIds: [...chosenByBot, ...others].map(({ id }) => id),
      };
    })
    .sort((a, b) => b.interactions - a.interactions || (a.id < b.id ? -1 : 1));
}

/**
 * Where the bot chose an intent, its view and that of the neighbourhood have to agree. Where it chose none the
 * neighbourhood must be sure too, for the bot's next best guess was too far off to be chosen.
 */
function isNewExample({ units, utterances, grouping }: Context, unit: number, intent: string): boolean {
  if (grouping.neighbourIntents[unit] !== intent) return false;
  const members = units[unit]!.members.map((member) => utterances[member]!);
  const chosen = members.flatMap((utterance) => utterance.intent ?? []);
  if (chosen.length > 0) return chosen.includes(intent);
  const guesses = members.flatMap((utterance) => utterance.alternative?.intent ?? []);
  return grouping.isSupported[unit]! && (guesses.length === 0 || guesses.includes(intent));
}
