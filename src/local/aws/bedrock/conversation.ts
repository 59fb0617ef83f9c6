import { countTokens } from './hashed-embedding';

/** Models that hold conversations here. */
export const conversationModels: ReadonlySet<string> = new Set([
  'amazon.nova-micro-v1:0',
  'amazon.nova-lite-v1:0',
  'anthropic.claude-3-haiku-20240307-v1:0',
]);

const shortestWord = 4;
const wordsOfName = 2;

/**
 * An answer taken from the question itself, always the same: a name of the most frequent long words of its list items
 * (lines that begin with `- `), and the first item as the description, as JSON.
 *
 * @param maxTokens the answer is cut there, as a model's would be
 */
export function extractiveAnswer(
  question: string,
  maxTokens: number,
): { text: string; tokens: number; isCut: boolean } {
  const items = question.split('\n').flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : []));
  const counts = new Map<string, number>();
  for (const item of items) {
    const words =
      item
        .replace(/<[^>]*>/g, ' ')
        .toLowerCase()
        .match(/\p{L}+/gu) ?? [];
    for (const word of new Set(words)) {
      if (word.length >= shortestWord) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const frequent = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, wordsOfName);
  const name = frequent.map(([word]) => word.replace(/^./, (letter) => letter.toUpperCase())).join(' ');
  const whole = JSON.stringify({ name, description: items[0] ?? '' });
  const text = whole.slice(0, maxTokens * 4);
  return { text, tokens: countTokens(text), isCut: text.length < whole.length };
}
