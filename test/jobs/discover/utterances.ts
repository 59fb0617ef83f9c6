import type { Utterance } from '../../../src/domain/utterance';

/** A missed utterance of which only some things matter; its text is its id. */
export function anUtterance(text: string, known: Partial<Utterance> = {}): Utterance {
  return {
    id: text,
    text,
    language: 'und',
    count: 1,
    firstSeen: null,
    lastSeen: null,
    outcome: 'missed',
    intent: null,
    confidence: null,
    alternative: null,
    ...known,
  };
}
