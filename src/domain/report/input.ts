import type { ArchiveDiff } from '../bot-archive';
import type { StageStatus } from '../cycle';
import type { Discovery, Proposal } from '../discovery';
import type { Evaluation } from '../evaluation';
import type { GateDecision } from '../gate';
import type { Language } from '../language';

/** What `report.html` shows. What is left out leaves its section out. */
export interface ReportInput {
  /** The language that is shown first; the other is one click away. */
  language: Language;
  evaluation: Evaluation;
  decision: GateDecision;
  /** The version that is live now, where it is known; else what the verdict asks for. */
  liveVersion?: string;
  /** The intents that were found and accepted. */
  newIntents?: FoundIntent[];
  /** How the bot changed. */
  diff?: ArchiveDiff;
  records?: RecordCounts;
  dataset?: DatasetCounts;
  /** Examples that were left out of the data set, by reason. */
  leftOut?: Record<string, number>;
  stages?: StageStatus[];
}

/** A new intent, with phrases that show what it is about. */
export interface FoundIntent extends Pick<Proposal, 'name' | 'representatives' | 'size' | 'interactions'> {
  /** The proposal that it was made of and what that was found among; null where a review made it of several. */
  found: { proposal: Proposal; discovery: Discovery } | null;
}

/** From log records to phrases. */
export interface RecordCounts {
  /** Records read; = accepted + quarantined. */
  records?: number;
  accepted?: number;
  quarantined?: number;
  /** Interactions left out, e.g. turns in the middle of a dialogue. */
  leftOut?: number;
  understood?: number;
  uncertain?: number;
  missed?: number;
  /** Personal data replaced by placeholders. */
  redacted?: number;
  /** Distinct phrases. */
  utterances?: number;
}

/** From accepted examples to training, validation and golden set. */
export interface DatasetCounts {
  accepted?: number;
  training?: number;
  validation?: number;
  goldenAdded?: number;
  golden?: number;
  leftOut?: number;
}
