import { type IntentDefinition, isFallback, type LocaleDefinition, utterancesOf } from './definition';
import { canonical } from './nlu/normalise';
import { rankIntents } from './nlu/model';
import { resolveValue, valuePattern } from './slot-values';
import { type Build } from './store';

/** What a phrase may mean. */
export interface Candidate {
  intent: IntentDefinition;
  /** Null for the fallback. */
  confidence: number | null;
  slots: Record<string, SlotValue | null>;
}

export interface SlotValue {
  original: string;
  interpreted: string;
}

/** Lex answers with the best and up to four more. */
const mostCandidates = 5;

interface Template {
  intent: IntentDefinition;
  slots: string[];
  pattern: RegExp;
}

/** Understands phrases with one build: sample utterances that match word by word, else the classifier. */
export class Recognizer {
  private readonly literal = new Map<string, IntentDefinition>();
  private readonly templates: Template[] = [];

  constructor(private readonly build: Build) {
    for (const intent of build.definition.intents) {
      for (const utterance of utterancesOf(intent)) {
        if (utterance.includes('{')) this.templates.push(templateOf(build.definition, intent, utterance));
        else if (!this.literal.has(canonical(utterance))) this.literal.set(canonical(utterance), intent);
      }
    }
  }

  /**
   * Ranks the meanings of a phrase, best first. The fallback leads when no confidence reaches the locale's threshold.
   * Beside an exact match the others keep what the classifier gives them, below it.
   */
  recognize(text: string): Candidate[] {
    const { definition, model } = this.build;
    const exact = this.exactMatch(text);
    const intents = new Map(definition.intents.map((intent) => [intent.file.name, intent]));
    const ranked = rankIntents(model, text).flatMap(({ intent: name, confidence }): Candidate[] => {
      const intent = intents.get(name);
      if (intent === undefined || intent === exact?.intent) return [];
      return [{ intent, confidence: round(confidence), slots: this.mentionedSlots(intent, text) }];
    });
    const candidates = (exact === null ? ranked : [exact, ...ranked]).slice(0, mostCandidates);
    const fallback = definition.intents.find(isFallback);
    const understood = candidates.some(
      ({ confidence }) => confidence! >= definition.file.nluConfidenceThreshold,
    );
    if (fallback === undefined) return candidates;
    const missed: Candidate = { intent: fallback, confidence: null, slots: {} };
    if (!understood) return [missed, ...candidates].slice(0, mostCandidates);
    return [...candidates.slice(0, mostCandidates - 1), missed];
  }

  private exactMatch(text: string): Candidate | null {
    const wanted = canonical(text);
    const literal = this.literal.get(wanted);
    if (literal !== undefined)
      return { intent: literal, confidence: 1, slots: this.mentionedSlots(literal, text) };
    for (const { intent, slots, pattern } of this.templates) {
      const match = pattern.exec(wanted);
      if (match === null) continue;
      const values = this.mentionedSlots(intent, text);
      slots.forEach((slot, index) => (values[slot] = this.slotValue(intent, slot, match[index + 1]!)));
      return { intent, confidence: 1, slots: values };
    }
    return null;
  }

  /** Values of the intent's own slot types that the phrase names; null for the slots that it leaves open. */
  private mentionedSlots(intent: IntentDefinition, text: string): Record<string, SlotValue | null> {
    const wanted = canonical(text);
    const values: Record<string, SlotValue | null> = {};
    for (const { name, slotTypeName } of intent.slots) {
      const pattern = this.mentionPattern(intent, name, slotTypeName);
      const match = pattern === null ? null : pattern.exec(wanted);
      values[name] = match === null ? null : this.slotValue(intent, name, match[1]!);
    }
    return values;
  }

  /** Of the built-in types only numbers in digits are found in the middle of a phrase. */
  private mentionPattern(intent: IntentDefinition, name: string, slotTypeName: string | null): RegExp | null {
    if (slotTypeName === null) return null;
    if (slotTypeName.startsWith('AMAZON.') && slotTypeName !== 'AMAZON.Number') return null;
    const values =
      slotTypeName === 'AMAZON.Number' ? '\\d+' : valuePattern(this.build.definition, intent, name);
    return new RegExp(`(?<![\\p{L}\\p{N}])(${values})(?![\\p{L}\\p{N}])`, 'u');
  }

  private slotValue(intent: IntentDefinition, slot: string, original: string): SlotValue {
    return { original, interpreted: resolveValue(this.build.definition, intent, slot, original) };
  }
}

function templateOf(definition: LocaleDefinition, intent: IntentDefinition, utterance: string): Template {
  const slots: string[] = [];
  const parts = utterance.split(/\{([^{}]*)\}/g).map((part, index) => {
    if (index % 2 === 0) return canonical(part);
    slots.push(part);
    return `(${valuePattern(definition, intent, part)})`;
  });
  const pattern = parts.filter((part) => part !== '').join(' ');
  return { intent, slots, pattern: new RegExp(`^${pattern}$`, 'u') };
}

/** Lex states confidences with two decimals. */
function round(confidence: number): number {
  return Math.round(confidence * 100) / 100;
}
