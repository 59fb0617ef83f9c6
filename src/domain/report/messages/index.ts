import type { Language } from '../language';
import { english } from './en';
import { spanish } from './es';
import type { Messages } from './messages';

export type { FunnelStep, MeasureName, Messages, ReportMessages } from './messages';

/** The words of a language. */
export function messagesIn(language: Language): Messages {
  return language === 'es' ? spanish : english;
}
