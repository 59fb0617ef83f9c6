import { statSync } from 'node:fs';
import { readJournal, type JournalEntry } from '../../src/local/aws/journal';

/** Follows the stand-in's journal of requests. */
export class JournalTail {
  private bytes = 0;
  private seen = 0;

  constructor(private readonly stateDirectory: string) {
    this.next();
  }

  /** What was noted since the last look. */
  next(): JournalEntry[] {
    const bytes = statSync(`${this.stateDirectory}/requests.jsonl`).size;
    if (bytes === this.bytes) return [];
    this.bytes = bytes;
    const entries = readJournal(this.stateDirectory);
    const fresh = entries.slice(this.seen);
    this.seen = entries.length;
    return fresh;
  }
}
