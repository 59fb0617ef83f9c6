import type { Artifact } from './artifact';
import type { EmbedderChoice, NamingSettings } from './embedding';
import type { DiscoveryCounts, DiscoverySample } from './discovery';

/** The data jobs that an engine can run. */
export type JobName = 'prepare' | 'discover';

/**
 * What a job is to do: `spec.json`. The entry point is always
 * `node jobs/main.js JOB --spec URI`; it writes `result.json` below `outputUri` and ends with exit code 0,
 * or writes `failure.json` and ends with 2 (permanent) or 1 (worth another try).
 */
export type JobSpec = PrepareSpec | DiscoverSpec;

export interface PrepareSpec {
  job: 'prepare';
  /** Prefix (ending in `/`) for everything that the job writes. */
  outputUri: string;
  /** JSON lines `{uri, etag, bytes}`: the log objects to read. */
  objectsUri: string;
  /** `carried-over.jsonl` of the last completed cycle (lines are `Utterance`s), or null. */
  carriedOverUri: string | null;
  parameters: PrepareParameters;
}

export interface PrepareParameters {
  /** The bot's locale, e.g. `es_ES`: only turns of this locale count, where the log states a locale. */
  localeId: string;
  /** Below this confidence (0–1) an answer counts as uncertain. */
  lowConfidence: number;
}

/** Records are accepted or quarantined; interactions are what became of the accepted ones. The sums must agree. */
export interface PrepareResult {
  records: { in: number; accepted: number; quarantined: number; quarantinedByReason: Record<string, number> };
  /** accepted = understood + uncertain + missed + leftOut (sum over its reasons, e.g. mid-dialogue). */
  interactions: {
    understood: number;
    uncertain: number;
    missed: number;
    leftOutByReason: Record<string, number>;
  };
  /** Placeholders put in, by kind, e.g. `{ PHONE: 12 }`. */
  redacted: Record<string, number>;
  /** `utterances.jsonl` */
  utterances: Artifact;
  /** `quarantine.jsonl`: `{object, line, reason, detail}`; never the record's text. */
  quarantine: Artifact;
}

export interface DiscoverSpec {
  job: 'discover';
  outputUri: string;
  /** Lines are `Utterance`s. */
  utterancesUri: string;
  /** Lines are `LabelledUtterance`s: what the bot knows. */
  knownUri: string;
  /** Lines `{text}`: phrases of proposals that a person rejected; what is close to them stays noise. */
  rejectedUri: string | null;
  /** Prefix (ending in `/`) where points of texts are kept from cycle to cycle; null or absent for nowhere. */
  embeddingsUri?: string | null;
  /** `discovery.json` of the last completed cycle, whose ids are kept for proposals that persist; or null. */
  previousDiscoveryUri: string | null;
  parameters: DiscoverParameters;
}

export interface DiscoverParameters {
  embedder: EmbedderChoice;
  /** A model that suggests names beside ours; null or absent for none. */
  naming?: NamingSettings | null;
  /** The language of the bot: ISO 639-1. Utterances surely of another language are noise. */
  language: string;
  /** Fewest distinct utterances that make a proposal. */
  minimumSize: number;
  /** Absent: automatic. */
  granularity?: Granularity;
  seed: number;
}

/** Whether proposals are to be larger or smaller than they come out by themselves. */
export type Granularity = 'coarser' | 'automatic' | 'finer';

export interface DiscoverResult {
  /** `discovery.json` */
  discovery: Artifact;
  /** `map.json`; absent in results of before it was drawn. */
  map?: Artifact;
  counts: DiscoveryCounts;
  /** Categories that the bot does not know. */
  proposals: number;
  /** Intents that it found new examples for; absent in results of before it was counted. */
  intentsWithNewExamples?: number;
  /** Absent where topics were looked for among all phrases. */
  sample?: DiscoverySample;
}

/** What a running job writes to `progress.json` below its `outputUri`, at most every two seconds. */
export interface JobProgress {
  done: number;
  total: number;
  unit: string;
}

/** What a failed job leaves in `failure.json`. */
export interface JobFailure {
  type: string;
  message: string;
  permanent: boolean;
  facts: Record<string, unknown>;
}
