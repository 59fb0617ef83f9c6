import { z } from 'zod';
import type { ModelSuggestion } from '../../../domain/embedding';
import { cutCharacters } from '../embedders/tokens';

const mostCharactersOfName = 100;
const mostCharactersOfDescription = 300;
/** What Lex takes as an intent's name. */
const intentName = /^(?:[0-9a-zA-Z][_-]?){1,100}$/;

const answerSchema = z.object({ name: z.string(), description: z.string() });

/**
 * Reads a model's answer: a JSON object, also with words around it.
 * @returns null for an answer that is of no use
 */
export function readAnswer(text: string): ModelSuggestion | null {
  const [json] = /\{[^{}]*\}/s.exec(text) ?? [];
  if (json === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) return null;
  const name = toIntentName(parsed.data.name);
  const description = cutCharacters(plain(parsed.data.description), mostCharactersOfDescription);
  return intentName.test(name) && description !== '' ? { name, description } : null;
}

/** `Pedir la cuenta` → `PedirLaCuenta`; accents go, as Lex wants it. */
function toIntentName(words: string): string {
  const letters = words.normalize('NFD').replace(/\p{M}/gu, '');
  const joined = letters
    .split(/[^0-9a-zA-Z_-]+/)
    .filter((word) => word !== '')
    .map((word, index) => (index === 0 ? word : word.replace(/^./, (letter) => letter.toUpperCase())))
    .join('');
  return cutCharacters(joined, mostCharactersOfName);
}

/** One line without control characters. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
