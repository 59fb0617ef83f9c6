import type { LabelledUtterance, Utterance } from '../../src/domain/utterance';

/** What an utterance is really about. */
export interface Truth {
  /** An intent or a topic; null for what belongs to none. */
  topic: string | null;
  /** The bot does not know the topic: discovery shall propose it. */
  isHidden: boolean;
}

/** A stream of utterances with the answer, and what the bot knows beforehand. */
export interface Scenario {
  name: string;
  /** ISO 639-1. */
  language: string;
  utterances: Utterance[];
  /** By utterance id; some of a real log may have none. */
  truth: ReadonlyMap<string, Truth>;
  known: LabelledUtterance[];
}

/** Utterances that the bot missed, once each. */
export function missedUtterances(texts: readonly string[], language: string): Utterance[] {
  return texts.map((text, index) => ({
    id: `u${index}`,
    text,
    language,
    count: 1,
    firstSeen: null,
    lastSeen: null,
    outcome: 'missed',
    intent: null,
    confidence: null,
    alternative: null,
  }));
}

/** A scenario of phrases that were labelled one by one. */
export function scenarioOf(
  about: { name: string; language: string },
  stream: readonly { text: string; truth: Truth }[],
  known: LabelledUtterance[],
): Scenario {
  const utterances = missedUtterances(
    stream.map(({ text }) => text),
    about.language,
  );
  return {
    ...about,
    utterances,
    truth: new Map(utterances.map(({ id }, index) => [id, stream[index]!.truth])),
    known,
  };
}
