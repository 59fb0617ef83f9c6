import type { Language } from '../../../domain/language';
import { english } from './en';
import { spanish } from './es';
import type { Messages } from './messages';

export type { Messages } from './messages';

const inLanguages: Record<Language, Messages> = { en: english, es: spanish };

/** What the page says in a language. */
export function messagesIn(language: Language): Messages {
  return inLanguages[language];
}
