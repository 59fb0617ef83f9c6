import type { Language } from '../../language';
import type { DiscoveryMessages } from './discovery-messages';
import { english } from './en';
import { spanish } from './es';
import type { Messages } from './messages';

export type { DiscoveryMessages } from './discovery-messages';
export type { FunnelStep, MeasureName, Messages, ReportMessages } from './messages';

/** The words on a discovery in a language. */
export function wordsOfDiscovery(language: Language): DiscoveryMessages {
  return messagesIn(language).discovery;
}

/** The words of a language. */
export function messagesIn(language: Language): Messages {
  return language === 'es' ? spanish : english;
}
