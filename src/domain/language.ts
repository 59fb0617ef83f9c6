export type Language = 'es' | 'en';

export const languages = ['es', 'en'] as const satisfies readonly Language[];

/** What people are told, in each of their languages: the Temporal UI and the command line take English. */
export type Sentence = Record<Language, string>;

/** What a sentence says besides its English, where the English stands elsewhere. */
export type Translations = Omit<Sentence, 'en'>;

/** What is told in each language, or in English alone where only those who run Ciclo meet it. */
export type Message = Sentence | string;

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

/** A message as programs take it: its English, and the rest beside it. */
export function splitMessage(message: Message): { english: string; translations: Translations | null } {
  if (typeof message === 'string') return { english: message, translations: null };
  const { en, ...translations } = message;
  return { english: en, translations };
}

/** The message that was split; English alone where what should be its translations is none. */
export function joinMessage(english: string, translations: unknown): Message {
  const { es } = (translations ?? {}) as Partial<Translations>;
  return typeof es === 'string' ? { en: english, es } : english;
}
