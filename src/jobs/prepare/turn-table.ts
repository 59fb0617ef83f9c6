import { DuckDBDataChunk, type DuckDBAppender, type DuckDBConnection } from '@duckdb/node-api';
import { turnColumnNames, turnColumns, type TurnBatch, type TurnColumn } from './turn-batch';

/** Rows of a DuckDB vector. */
const chunkRows = 2048;
const columnTypes = turnColumnNames.map((name) => turnColumns[name].type);

/** Numbers of intents in batches of one encoder, by which the table knows them. */
export type IntentNumbers = number[];

/** Fills `turns` (one narrow row an accepted record, without any text) and `intents`. */
export class TurnTable {
  private readonly chunk = DuckDBDataChunk.create(columnTypes);
  private readonly intents = new Map<string, number>();
  private rowsAppended = 0;

  private constructor(
    private readonly connection: DuckDBConnection,
    private readonly turnAppender: DuckDBAppender,
  ) {}

  /** Makes the tables anew. */
  static async create(connection: DuckDBConnection): Promise<TurnTable> {
    const declared = turnColumnNames.map((name) => `${name} ${turnColumns[name].type.toString()}`);
    await connection.run(`CREATE OR REPLACE TABLE stored_turns (${declared.join(', ')})`);
    await connection.run(`
      CREATE OR REPLACE VIEW turns AS
        SELECT object::UBIGINT << 32 | place AS turn,
          nullif(text_high::UBIGINT << 32 | text_low, 0) AS text,
          outcome,
          ${present('intent')}, ${present('confidence')},
          ${present('alternative')}, ${present('alternative_confidence')},
          ${present('time_ms')},
          nullif(session_high::UBIGINT << 32 | session_low, 0) AS session,
          nullif(request_high::UBIGINT << 32 | request_low, 0) AS request,
          ${present('left_out')},
          awaits_answer
        FROM stored_turns`);
    await connection.run('CREATE OR REPLACE TABLE intents (id INTEGER, name VARCHAR)');
    const turnAppender = await connection.createAppender('stored_turns');
    return new TurnTable(connection, turnAppender);
  }

  get rows(): number {
    return this.rowsAppended;
  }

  get intentCount(): number {
    return this.intents.size;
  }

  /** @param numbers of the encoder that made the batch; those of its new intents are added */
  append({ rows, columns, newIntents }: TurnBatch, numbers: IntentNumbers): void {
    for (const name of newIntents) numbers.push(this.intentNumber(name));
    for (const column of [columns.intent, columns.alternative])
      for (let row = 0; row < rows; row++) if (column[row]! >= 0) column[row] = numbers[column[row]!]!;
    for (let from = 0; from < rows; from += chunkRows)
      this.appendChunk(columns, from, Math.min(chunkRows, rows - from));
    this.rowsAppended += rows;
  }

  /** Writes out what is still held; the table takes no more rows. */
  async finish(): Promise<void> {
    this.turnAppender.closeSync();
    const appender = await this.connection.createAppender('intents');
    for (const [name, id] of this.intents) {
      appender.appendInteger(id);
      appender.appendVarchar(name);
      appender.endRow();
    }
    appender.closeSync();
  }

  private appendChunk(columns: TurnBatch['columns'], from: number, rows: number): void {
    this.chunk.reset();
    this.chunk.rowCount = rows;
    for (const [index, name] of turnColumnNames.entries()) {
      const vector = this.chunk.getColumnVector(index);
      const values = columns[name];
      for (let row = 0; row < rows; row++) vector.setItem(row, values[from + row]!);
      vector.flush();
    }
    this.turnAppender.appendDataChunk(this.chunk);
  }

  private intentNumber(name: string): number {
    const number = this.intents.get(name) ?? this.intents.size;
    this.intents.set(name, number);
    return number;
  }
}

/**
 * What is absent is stored as a value that cannot occur: setting nulls bit by bit would take a third of the time of
 * filling a chunk.
 */
function present(name: TurnColumn): string {
  const column: { absent?: number } = turnColumns[name];
  return `nullif(${name}, ${column.absent}) AS ${name}`;
}
