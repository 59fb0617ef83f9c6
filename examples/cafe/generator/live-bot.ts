import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { exampleFolder, readJson } from './phrases';
import { fraction } from './random';

const localeFolder = path.join(exampleFolder, 'bot', 'CafeBot', 'BotLocales', 'es_ES');
const groupBookings = 'hidden:grupos';

/** What the dialogue of an intent asks for. */
export interface BotIntent {
  name: string;
  samples: string[];
  /** Required slots in the order in which the bot asks for them. */
  slots: { name: string; isObfuscated: boolean; prompt: string }[];
  /** The question for a confirmation, or null where none is asked. */
  confirmation: string | null;
  closing: string;
}

/** What the live bot made of a phrase. */
export interface Recognition {
  /** Null where it fell back. */
  intent: string | null;
  /** 0–1 with two decimals; null where it fell back. */
  confidence: number | null;
  /** Other intents that it considered, best first; behind a fallback they are under the threshold. */
  alternatives: { intent: string; confidence: number }[];
}

interface MessageGroups {
  messageGroupsList: { message: { plainTextMessage: { value: string } } }[];
}

interface IntentFile {
  name: string;
  sampleUtterances: { utterance: string }[] | null;
  slotPriorities: { priority: number; slotName: string }[];
  intentConfirmationSetting: { promptSpecification: MessageGroups } | null;
  intentClosingSetting: { closingResponse: MessageGroups } | null;
}

interface SlotFile {
  obfuscationSetting: object | null;
  valueElicitationSetting: { slotConstraint: string; promptSpecification: MessageGroups };
}

/** Reads the intents of the bot in `examples/cafe/bot`, without the built-in fallback. */
export function readBotIntents(): BotIntent[] {
  const folder = path.join(localeFolder, 'Intents');
  return readdirSync(folder)
    .sort()
    .filter((name) => name !== 'FallbackIntent' && existsSync(path.join(folder, name, 'Intent.json')))
    .map((name) => {
      const intent = readJson<IntentFile>(path.join(folder, name, 'Intent.json'));
      const slots = [...intent.slotPriorities]
        .sort((left, right) => left.priority - right.priority)
        .map(({ slotName }) => {
          const slot = readJson<SlotFile>(path.join(folder, name, 'Slots', slotName, 'Slot.json'));
          return { slotName, ...slot };
        })
        .filter((slot) => slot.valueElicitationSetting.slotConstraint === 'Required')
        .map((slot) => ({
          name: slot.slotName,
          isObfuscated: slot.obfuscationSetting !== null,
          prompt: firstMessage(slot.valueElicitationSetting.promptSpecification),
        }));
      const { intentConfirmationSetting: confirmation, intentClosingSetting: closing } = intent;
      return {
        name,
        samples: (intent.sampleUtterances ?? []).map(({ utterance }) => utterance),
        slots,
        confirmation: confirmation && firstMessage(confirmation.promptSpecification),
        closing: closing ? firstMessage(closing.closingResponse) : 'Ahora mismo te lo digo.',
      };
    });
}

function firstMessage(groups: MessageGroups): string {
  return groups.messageGroupsList[0]!.message.plainTextMessage.value;
}

/**
 * A plausible stand-in for the version that was live when the logs were written: it knows the bot's sample utterances
 * and is sure of what resembles them. It needs the true topic to keep its error rates natural, so it is no classifier.
 */
export class LiveBot {
  private readonly inverseFrequency = new Map<string, number>();
  private readonly rankings = new Map<string, Candidate[]>();
  private readonly samples: { intent: string; vector: Map<string, number> }[];

  constructor(intents: BotIntent[]) {
    const texts = intents.flatMap(({ name, samples }) => samples.map((text) => ({ intent: name, text })));
    const frequency = new Map<string, number>();
    for (const { text } of texts)
      for (const gram of new Set(grams(text))) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
    for (const [gram, count] of frequency)
      this.inverseFrequency.set(gram, Math.log(1 + texts.length / count));
    this.samples = texts.map(({ intent, text }) => ({ intent, vector: this.vector(text) }));
  }

  /**
   * @param text as typed
   * @param topic what the phrase is truly about
   * @returns the same answer for the same text, always
   */
  recognise(text: string, topic: string): Recognition {
    const ranked = this.rank(text);
    const [best, second] = [ranked[0]!, ranked[1]!];
    const own = ranked.find(({ intent }) => intent === topic);
    const luck = fraction(`answer ${text}`);
    if (own) {
      const isMisled = best.intent !== topic && best.similarity - own.similarity > 0.08;
      if (isMisled && luck < 0.22) return understood(best.intent, 0.4 + luck * 0.4, [own]);
      // What resembles the samples is nearly always understood; the rest often enough, but by no means always.
      const isUnderstood = luck < 0.12 + 1.5 * own.similarity;
      const other = best.intent === topic ? second : best;
      if (isUnderstood)
        return understood(topic, Math.max(0.4, 0.24 + 0.74 * own.similarity) + 0.05 * luck, [other]);
      return missed(isMisled ? [best, own] : [own, other], luck);
    }
    if (topic === groupBookings && /reserv|mesa/iu.test(text) && luck < 0.55)
      return understood('ReservarMesa', 0.41 + luck * 0.3, [best]);
    if (luck < 0.07) return understood(best.intent, 0.4 + luck * 1.5, [second]);
    return missed([best, second], luck);
  }

  /** All intents by the cosine similarity of their most similar sample, highest first. */
  private rank(text: string): Candidate[] {
    const known = this.rankings.get(text);
    if (known) return known;
    const vector = this.vector(text);
    const similarities = new Map<string, number>();
    for (const sample of this.samples) {
      let similarity = 0;
      for (const [gram, weight] of vector) similarity += weight * (sample.vector.get(gram) ?? 0);
      similarities.set(sample.intent, Math.max(similarity, similarities.get(sample.intent) ?? 0));
    }
    const ranking = [...similarities]
      .map(([intent, similarity]) => ({ intent, similarity }))
      .sort((left, right) => right.similarity - left.similarity);
    this.rankings.set(text, ranking);
    return ranking;
  }

  private vector(text: string): Map<string, number> {
    const vector = new Map<string, number>();
    for (const gram of grams(text))
      vector.set(gram, (vector.get(gram) ?? 0) + (this.inverseFrequency.get(gram) ?? 0));
    const length = Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight * weight, 0)) || 1;
    for (const [gram, weight] of vector) vector.set(gram, weight / length);
    return vector;
  }
}

interface Candidate {
  intent: string;
  similarity: number;
}

function understood(intent: string, confidence: number, others: Candidate[]): Recognition {
  const stated = round(Math.min(confidence, 1));
  return {
    intent,
    confidence: stated,
    alternatives: others
      .filter((other) => other.similarity > 0.05)
      .map((other) => ({
        intent: other.intent,
        confidence: round(Math.min(0.3 + other.similarity * 0.4, stated - 0.05)),
      })),
  };
}

function missed(candidates: Candidate[], luck: number): Recognition {
  return {
    intent: null,
    confidence: null,
    alternatives: candidates
      .filter(({ similarity }) => similarity > 0.05)
      .map(({ intent, similarity }, rank) => ({
        intent,
        confidence: round(Math.min(0.39, 0.14 + similarity * 0.4 + luck * 0.08) - rank * 0.04),
      })),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Words, and runs of three and four letters in them, without accents and case. */
function grams(text: string): string[] {
  const words =
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\d]+/gu) ?? [];
  return words.flatMap((word) => {
    const padded = ` ${word} `;
    const runs = [3, 4].flatMap((size) =>
      Array.from({ length: Math.max(0, padded.length - size + 1) }, (_, at) => padded.slice(at, at + size)),
    );
    return [padded, ...runs];
  });
}
