import { isFallback, type LocaleDefinition, utterancesOf } from './definition';
import { type Example } from './nlu/model';
import { sampleValues } from './slot-values';

/** So many phrases stand for an utterance with slots, each with other values. */
const variants = 3;

/** What the classifier learns from: every sample utterance, its slots filled with values of their types. */
export function trainingSet(definition: LocaleDefinition): Example[] {
  const examples: Example[] = [];
  for (const intent of definition.intents) {
    if (isFallback(intent)) continue;
    utterancesOf(intent).forEach((utterance, position) => {
      const count = utterance.includes('{') ? variants : 1;
      const texts = new Set<string>();
      for (let variant = 0; variant < count; variant++) {
        const text = utterance.replace(/\{([^{}]*)\}/g, (_, name: string) => {
          const values = sampleValues(definition, intent, name);
          return values[(position * variants + variant) % values.length] ?? '';
        });
        texts.add(text.trim());
      }
      for (const text of texts) examples.push({ text, intent: intent.file.name });
    });
  }
  return examples;
}
