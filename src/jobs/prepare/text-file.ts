import { closeSync, openSync, writeFileSync } from 'node:fs';
import { sqlText } from './sql';
import type { PreparedText } from './text-preparation';

const bufferedCharacters = 256 * 1024;

/** Collects prepared texts in a local file that the database reads; a text may be in it more than once. */
export class TextFile {
  private readonly descriptor: number;
  private buffered = '';

  constructor(path: string) {
    this.descriptor = openSync(path, 'w');
  }

  /** Neither tabs nor line breaks occur in a normalised text. */
  add({ id, key, language, text }: PreparedText): void {
    this.buffered += `${id.high}\t${id.low}\t${key.high}\t${key.low}\t${language}\t${text}\n`;
    if (this.buffered.length >= bufferedCharacters) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.descriptor);
  }

  private flush(): void {
    // Unlike writeSync it goes on until everything is written: a disk that fills up takes a part only.
    writeFileSync(this.descriptor, this.buffered);
    this.buffered = '';
  }
}

/** The texts of some files as a query for `id`, `key`, `text` and `language`. */
export function textsQuery(paths: string[]): string {
  const list = paths.map(sqlText).join(', ');
  return `
    SELECT high::UBIGINT << 32 | low AS id, key_high::UBIGINT << 32 | key_low AS key, text, language
    FROM read_csv([${list}], auto_detect = false, header = false, delim = '\\t', quote = '', escape = '', columns = {
      high: 'UINTEGER', low: 'UINTEGER', key_high: 'UINTEGER', key_low: 'UINTEGER', language: 'VARCHAR',
      text: 'VARCHAR'})`;
}
