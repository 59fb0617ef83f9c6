import { hash, randomBytes } from 'node:crypto';
import {
  DOUBLE,
  DuckDBDataChunk,
  INTEGER,
  TINYINT,
  UBIGINT,
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBVector,
} from '@duckdb/node-api';
import { leftOutReasons, type LeftOutReason } from '../../domain/log-formats/reasons';
import type { Turn } from '../../domain/log-formats/turn';
import { GenerationCache } from './generation-cache';
import { TextPreparation } from './text-preparation';

/** Rows of a DuckDB vector. */
const chunkRows = 2048;
/** A hostile or broken log could name a new intent in every record; no scheme of intents is that large. */
const mostIntents = 20_000;
const cachedSessions = 20_000;

/** How a turn ended for the person, as stored. */
export const outcomeCodes = { understood: 0, uncertain: 1, missed: 2 } as const;

export const leftOutCode = (reason: LeftOutReason): number => leftOutReasons.indexOf(reason);

/**
 * Fills `turns` (one narrow row an accepted record, without any text), `texts` and `intents`.
 * The database holds neither raw phrases nor session ids: phrases are prepared first, ids are hashed with a salt
 * that nobody keeps.
 */
export class TurnTable {
  private readonly salt = randomBytes(16).toString('hex');
  private readonly sessions = new GenerationCache<string, bigint>(cachedSessions);
  private readonly intents = new Map<string, number>();
  private readonly texts: TextPreparation;
  private readonly chunk = DuckDBDataChunk.create(columnTypes);
  private columns: DuckDBVector[] = [];
  private row = 0;

  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly turnAppender: DuckDBAppender,
    private readonly textAppender: DuckDBAppender,
    private readonly lowConfidence: number,
  ) {
    this.texts = new TextPreparation(({ id, text, key }) => {
      textAppender.appendUBigInt(id);
      textAppender.appendVarchar(text);
      textAppender.appendVarchar(key);
      textAppender.endRow();
    });
    this.beginChunk();
  }

  /** @param lowConfidence under it an answer counts as uncertain */
  static async create(connection: DuckDBConnection, lowConfidence: number): Promise<TurnTable> {
    const declared = columns.map(({ name, type }) => `${name} ${type.toString()}`);
    const read = columns.map(({ name, absent }) => `nullif(${name}, ${absent}) AS ${name}`);
    await connection.run(`CREATE TABLE stored_turns (${declared.join(', ')})`);
    await connection.run(`CREATE VIEW turns AS SELECT rowid AS turn, ${read.join(', ')} FROM stored_turns`);
    await connection.run('CREATE TABLE texts (id UBIGINT, text VARCHAR, key VARCHAR)');
    await connection.run('CREATE TABLE intents (id INTEGER, name VARCHAR)');
    const turnAppender = await connection.createAppender('stored_turns');
    const textAppender = await connection.createAppender('texts');
    return new TurnTable(connection, turnAppender, textAppender, lowConfidence);
  }

  /** @returns false where the turn names more intents than any bot has: it is not added */
  add(turn: Turn): boolean {
    const intent = this.intentNumber(turn.intent);
    const alternative = this.intentNumber(turn.alternative?.intent ?? null);
    if (intent === undefined || alternative === undefined) return false;
    const prepared = turn.leftOut === null ? this.texts.prepare(turn.text) : null;
    const leftOut = turn.leftOut ?? (prepared === null ? 'empty' : null);
    const isUncertain = turn.confidence !== null && turn.confidence < this.lowConfidence;
    const outcome = turn.intent === null ? 'missed' : isUncertain ? 'uncertain' : 'understood';
    const { columns, row } = this;
    columns[0]!.setItem(row, prepared?.id ?? 0n);
    columns[1]!.setItem(row, outcomeCodes[outcome]);
    columns[2]!.setItem(row, intent ?? -1);
    columns[3]!.setItem(row, turn.confidence ?? -1);
    columns[4]!.setItem(row, alternative ?? -1);
    columns[5]!.setItem(row, turn.alternative?.confidence ?? -1);
    columns[6]!.setItem(row, turn.timeMs ?? -1);
    columns[7]!.setItem(row, turn.sessionId === null ? 0n : this.sessionNumber(turn.sessionId));
    columns[8]!.setItem(row, turn.requestId === null ? 0n : this.hashed(turn.requestId));
    columns[9]!.setItem(row, leftOut === null ? -1 : leftOutCode(leftOut));
    columns[10]!.setItem(row, turn.awaitsAnswer ? 1 : 0);
    this.row++;
    if (this.row === chunkRows) this.flushChunk();
    return true;
  }

  /** Writes out what is still held; the table takes no more rows. */
  async finish(): Promise<void> {
    if (this.row > 0) this.flushChunk();
    this.turnAppender.closeSync();
    this.textAppender.closeSync();
    const appender = await this.connection.createAppender('intents');
    for (const [name, id] of this.intents) {
      appender.appendInteger(id);
      appender.appendVarchar(name);
      appender.endRow();
    }
    appender.closeSync();
  }

  private beginChunk(): void {
    this.chunk.reset();
    this.chunk.rowCount = chunkRows;
    this.columns = columnTypes.map((_, index) => this.chunk.getColumnVector(index));
    this.row = 0;
  }

  private flushChunk(): void {
    for (const column of this.columns) column.flush();
    this.chunk.rowCount = this.row;
    this.turnAppender.appendDataChunk(this.chunk);
    this.beginChunk();
  }

  private intentNumber(name: string | null): number | null | undefined {
    if (name === null) return null;
    const known = this.intents.get(name);
    if (known !== undefined) return known;
    if (this.intents.size >= mostIntents) return undefined;
    this.intents.set(name, this.intents.size);
    return this.intents.size - 1;
  }

  private sessionNumber(sessionId: string): bigint {
    let number = this.sessions.get(sessionId);
    if (number === undefined) {
      number = this.hashed(sessionId);
      this.sessions.set(sessionId, number);
    }
    return number;
  }

  private hashed(id: string): bigint {
    return BigInt(`0x${hash('sha256', this.salt + id, 'hex').slice(0, 16)}`);
  }
}

/**
 * What is absent is stored as a value that cannot occur: setting nulls bit by bit would take a third of the time of
 * filling a chunk.
 */
const columns: { name: string; type: DuckDBType; absent: number }[] = [
  { name: 'text', type: UBIGINT, absent: 0 },
  { name: 'outcome', type: TINYINT, absent: -1 },
  { name: 'intent', type: INTEGER, absent: -1 },
  { name: 'confidence', type: DOUBLE, absent: -1 },
  { name: 'alternative', type: INTEGER, absent: -1 },
  { name: 'alternative_confidence', type: DOUBLE, absent: -1 },
  { name: 'time_ms', type: DOUBLE, absent: -1 },
  { name: 'session', type: UBIGINT, absent: 0 },
  { name: 'request', type: UBIGINT, absent: 0 },
  { name: 'left_out', type: TINYINT, absent: -1 },
  { name: 'awaits_answer', type: TINYINT, absent: -1 },
];
const columnTypes = columns.map(({ type }) => type);
