export type Language = 'es' | 'en';

export const languages = ['es', 'en'] as const satisfies readonly Language[];

/** What people are told, in each of their languages: the Temporal UI and the command line take English. */
export type Sentence = Record<Language, string>;

/** Sentences one after the other; null where there is none. */
export function joinSentences(sentences: readonly Sentence[]): Sentence | null {
  if (sentences.length === 0) return null;
  const join = (language: Language) => sentences.map((one) => one[language]).join(' ');
  return { en: join('en'), es: join('es') };
}

/** Former code told people in English alone; cycles that it began, and files that it left, still do. */
export function asSentence(told: Sentence | string): Sentence {
  return typeof told === 'string' ? { en: told, es: told } : told;
}
