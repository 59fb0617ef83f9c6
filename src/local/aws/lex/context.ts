import { type Later } from '../state/later';
import { type LexLatency } from './latency';
import { type LexStore } from './store';

/** What the operations of Lex share. */
export interface LexContext {
  store: LexStore;
  later: Later;
  latency: LexLatency;
  /** How long an upload URL is good for. */
  uploadUrlLifetimeMs: number;
  /** Where the stand-in listens: for the URLs it hands out. */
  endpoint: () => string;
}
