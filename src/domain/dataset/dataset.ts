import type { EvaluationItem } from '../evaluation';
import type { LabelledUtterance } from '../utterance';
import type { SampleRefusal } from './sample-utterance';

/** What a challenger is trained and compared on: `dataset.json`. */
export interface Dataset {
  schemaVersion: 1;
  /** Sample utterances to add, for intents that the bot has and for new ones. */
  training: TrainingExample[];
  /** The intents among them that the bot does not have yet. */
  newIntents: { name: string; description: string | null }[];
  /** New phrases that neither version is trained on. */
  validation: EvaluationItem[];
  /** The golden set as it is from now on: what it was, without what was set aside, and the new intents' share. */
  golden: EvaluationItem[];
  leftOut: LeftOut[];
  setAside: SetAside[];
  counts: DatasetCounts;
}

/** A sample utterance to add to the bot. */
export interface TrainingExample extends LabelledUtterance {
  /** Interactions in which it was said. */
  count: number;
}

/**
 * Why an accepted example is not in the data set:
 * - `already-known`: the bot has it as a sample of this intent;
 * - `duplicate`: the same phrase, but for case and punctuation, is among this intent's examples;
 * - `conflicting-labels`: the same phrase was accepted for, or is in the bot under, another intent;
 * - `near-golden`: it is a near-duplicate of a golden utterance, which must not be trained on;
 * - the others: Lex cannot take it as a sample.
 */
export type LeftOutReason =
  'already-known' | 'duplicate' | 'conflicting-labels' | 'near-golden' | SampleRefusal;

export interface LeftOut extends LabelledUtterance {
  id: string;
  reason: LeftOutReason;
}

/** A golden utterance that says "out of scope" of what a person has since accepted as an intent. */
export interface SetAside extends LabelledUtterance {
  id: string;
  reason: 'now-in-scope';
  /** The intent that its near-duplicate was accepted for. */
  acceptedAs: string;
}

/**
 * accepted = training + validation + goldenAdded + the sum of leftOutByReason;
 * golden = goldenBefore − setAside + goldenAdded.
 */
export interface DatasetCounts {
  accepted: number;
  training: number;
  validation: number;
  goldenBefore: number;
  goldenAdded: number;
  setAside: number;
  golden: number;
  leftOut: number;
  leftOutByReason: Partial<Record<LeftOutReason, number>>;
}
