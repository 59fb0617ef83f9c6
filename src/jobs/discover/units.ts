import type { DiscoverParameters } from '../../domain/job';
import type { LabelledUtterance, Utterance } from '../../domain/utterance';
import { contentKey, requestKey } from './text/content';
import { fold, words } from './text/fold';

/** Phrases that say the same in the same words; discovery sees them as one point, so that copies form no topic. */
export interface Unit {
  /** The phrase that stands for it: the most frequent one. */
  text: string;
  /** Places in the list of utterances. */
  members: number[];
  /** The intent that its known phrases or its understood utterances belong to. */
  intent: string | null;
  /** Whether the bot's own examples hold it. */
  inTraining: boolean;
  rejected: boolean;
}

export interface UnitInput {
  utterances: readonly Utterance[];
  known: readonly LabelledUtterance[];
  /** Phrases of proposals that a person rejected. */
  rejected: readonly string[];
  /** The language of the bot. */
  language: string;
  parameters: Pick<DiscoverParameters, 'embedder'>;
}

/**
 * Groups everything that takes part by what the embedder can tell apart: the lexical one sees no courtesy,
 * and little words only where there is hardly anything else; to a sentence encoder these may be all that tells two
 * phrases apart. Utterances surely of another language and those without a letter or digit belong to no unit.
 */
export function collectUnits(input: UnitInput): Unit[] {
  const keyOf = input.parameters.embedder === 'lexical' ? requestKey : wordKey;
  const units = new Map<string, Unit & { votes: Map<string, number>; best: number }>();
  const unitOf = (text: string) => {
    const key = keyOf(text);
    let unit = units.get(key);
    if (unit === undefined) {
      unit = {
        text,
        members: [],
        intent: null,
        inTraining: false,
        rejected: false,
        votes: new Map(),
        best: -1,
      };
      units.set(key, unit);
    }
    return unit;
  };
  const vote = (votes: Map<string, number>, intent: string, weight: number) =>
    votes.set(intent, (votes.get(intent) ?? 0) + weight);
  input.utterances.forEach((utterance, index) => {
    if (!takesPart(utterance, input.language)) return;
    const unit = unitOf(utterance.text);
    unit.members.push(index);
    if (utterance.count > unit.best) {
      unit.best = utterance.count;
      unit.text = utterance.text;
    }
    if (isUnderstood(utterance)) vote(unit.votes, utterance.intent, utterance.count);
  });
  for (const { text, intent } of input.known) {
    if (!hasContent(text)) continue;
    const unit = unitOf(text);
    unit.inTraining = true;
    // A person put it there: it outweighs what the bot made of the same words.
    vote(unit.votes, intent, Number.MAX_SAFE_INTEGER / 1024);
  }
  for (const text of input.rejected) if (hasContent(text)) unitOf(text).rejected = true;
  return [...units.values()].map(({ votes, best: _best, ...unit }) => ({
    ...unit,
    intent: [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null,
  }));
}

/** Whether the bot chose an intent, and surely: evidence for that intent rather than something to be explained. */
export function isUnderstood(utterance: Utterance): utterance is Utterance & { intent: string } {
  return utterance.outcome === 'understood' && utterance.intent !== null;
}

function takesPart(utterance: Utterance, language: string): boolean {
  const foreign = utterance.language !== 'und' && utterance.language !== language;
  return !foreign && hasContent(utterance.text);
}

/** Words in their order: what differs in case, accents or punctuation alone is the same to any embedder. */
function wordKey(text: string): string {
  return words(fold(text)).join(' ');
}

function hasContent(text: string): boolean {
  return contentKey(text) !== '';
}
