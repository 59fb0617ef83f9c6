import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from './atomic-file';

/**
 * Records of one kind, each in a JSON file of its own, all of them in memory. A record is never changed in place:
 * `put` replaces it on disk and then in memory, so that a crash at any moment leaves the old one or the new one.
 */
export class Collection<T> {
  private readonly records = new Map<string, T>();

  /** @param directory made when absent; what it holds is read at once */
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true });
    for (const name of readdirSync(directory)) {
      if (!name.endsWith('.json')) continue;
      const id = decodeURIComponent(name.slice(0, -'.json'.length));
      this.records.set(id, JSON.parse(readFileSync(join(directory, name), 'utf8')) as T);
    }
  }

  get(id: string): T | undefined {
    return this.records.get(id);
  }

  values(): T[] {
    return [...this.records.values()];
  }

  put(id: string, record: T): T {
    writeFileAtomically(this.path(id), JSON.stringify(record));
    this.records.set(id, record);
    return record;
  }

  delete(id: string): void {
    rmSync(this.path(id), { force: true });
    this.records.delete(id);
  }

  private path(id: string): string {
    return join(this.directory, `${encodeURIComponent(id)}.json`);
  }
}
