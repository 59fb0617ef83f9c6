import { hash, randomBytes } from 'node:crypto';
import {
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  INTEGER,
  UBIGINT,
  UTINYINT,
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
 * Fills the tables `turns` (one narrow row an accepted record, without any text), `texts` and `intents`.
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
    await connection.run(
      `CREATE TABLE turns (${columns.map(({ name, type }) => `${name} ${type.toString()}`).join(', ')})`,
    );
    await connection.run('CREATE TABLE texts (id UBIGINT, text VARCHAR, key VARCHAR)');
    await connection.run('CREATE TABLE intents (id INTEGER, name VARCHAR)');
    const turnAppender = await connection.createAppender('turns');
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
    columns[0]!.setItem(row, prepared?.id ?? null);
    columns[1]!.setItem(row, outcomeCodes[outcome]);
    columns[2]!.setItem(row, intent);
    columns[3]!.setItem(row, turn.confidence);
    columns[4]!.setItem(row, alternative);
    columns[5]!.setItem(row, turn.alternative?.confidence ?? null);
    columns[6]!.setItem(row, turn.timeMs);
    columns[7]!.setItem(row, turn.sessionId === null ? null : this.sessionNumber(turn.sessionId));
    columns[8]!.setItem(row, turn.requestId === null ? null : this.hashed(turn.requestId));
    columns[9]!.setItem(row, leftOut === null ? null : leftOutCode(leftOut));
    columns[10]!.setItem(row, turn.awaitsAnswer);
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

const columns: { name: string; type: DuckDBType }[] = [
  { name: 'text', type: UBIGINT },
  { name: 'outcome', type: UTINYINT },
  { name: 'intent', type: INTEGER },
  { name: 'confidence', type: DOUBLE },
  { name: 'alternative', type: INTEGER },
  { name: 'alternative_confidence', type: DOUBLE },
  { name: 'time_ms', type: DOUBLE },
  { name: 'session', type: UBIGINT },
  { name: 'request', type: UBIGINT },
  { name: 'left_out', type: UTINYINT },
  { name: 'awaits_answer', type: BOOLEAN },
];
const columnTypes = columns.map(({ type }) => type);
