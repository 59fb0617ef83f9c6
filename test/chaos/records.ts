import type { CycleResult, StageName } from '../../src/domain/cycle';
import type { StageManifest } from '../../src/domain/stage-manifest';
import type { JournalEntry } from '../../src/local/aws/journal';
import type { PublishedMessage } from '../../src/local/aws/sns/service';

/** What the servers say of a whole run, each in its own words; the checks look at nothing else. */
export interface Records {
  workflows: WorkflowRecord[];
  lex: LexRecord;
  /** The stand-in's journal of requests, oldest first. */
  journal: JournalEntry[];
  messages: PublishedMessage[];
  jobs: { name: string; status: string }[];
  store: StoreRecord;
  /** Data jobs that still run although every cycle has ended. */
  jobProcesses: number[];
}

/** An execution, from its history. */
export interface WorkflowRecord {
  workflowId: string;
  runId: string;
  type: string;
  /** Temporal's own word, e.g. `COMPLETED`. */
  status: string;
  startedMs: number;
  closedMs: number | null;
  /** When which stage began, from the search attribute's changes. */
  stages: { stage: StageName; atMs: number }[];
  /** Of a completed retrain. */
  result: CycleResult | null;
}

export interface LexRecord {
  /** Numbered versions, oldest first. */
  versions: { version: string; description: string | null; status: string }[];
  liveAlias: { id: string; version: string | null; status: string; history: string[] };
  localeStatus: string;
  imports: { id: string; status: string }[];
}

/** What lies in S3 below the pipeline's prefix. */
export interface StoreRecord {
  state: { lastCompletedCycle: number } | null;
  /** URIs that the ledger of read log objects holds. */
  ledger: string[];
  /** URIs of the log objects that there are. */
  logs: string[];
  manifests: { cycle: number; stage: StageName; manifest: StageManifest }[];
  /** Artifacts of manifests that are missing, or whose bytes are not those described. */
  damaged: { uri: string; problem: string }[];
  /** JSON objects that do not parse, and uploads that were never finished. */
  halfWritten: string[];
  models: { version: number; cycle: number | null; botVersion: string; state: string }[];
  /** The version that `latest` points to. */
  latest: number | null;
}

/** What the driver knows to be true: it made the logs and started the cycles. */
export interface Truth {
  cycles: { number: number; runId: string; startedMs: number; endedMs: number; ended: boolean }[];
  logs: Map<number, { records: number; broken: number; objects: number }>;
}

/** Something that is not as it has to be, with what shows it. */
export interface Violation {
  /** Null for what concerns the whole run. */
  cycle: number | null;
  check: string;
  evidence: string;
}
