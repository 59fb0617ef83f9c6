import { DOUBLE, INTEGER, TINYINT, UINTEGER, type DuckDBType } from '@duckdb/node-api';
import type { QuarantineReason } from '../../domain/log-formats/reasons';

/** The values of one column of turns. */
export type ColumnValues = Uint32Array | Int32Array | Int8Array | Float64Array;

interface Column {
  type: DuckDBType;
  /** A value that cannot occur and stands for an absent one; undefined where none is ever absent. */
  absent?: number;
  values: new (rows: number) => ColumnValues;
}

const identifier: Column = { type: UINTEGER, values: Uint32Array };
const share: Column = { type: INTEGER, absent: -1, values: Int32Array };
const intent: Column = { type: INTEGER, absent: -1, values: Int32Array };
const code: Column = { type: TINYINT, values: Int8Array };

/**
 * What is stored of a turn. Identifiers of 64 bits are kept in two halves, confidences in billionths: whole numbers
 * add up to the same sum in any order.
 */
export const turnColumns = {
  object: identifier,
  place: identifier,
  text_high: identifier,
  text_low: identifier,
  outcome: code,
  intent,
  confidence: share,
  alternative: intent,
  alternative_confidence: share,
  time_ms: { type: DOUBLE, absent: -1, values: Float64Array },
  session_high: identifier,
  session_low: identifier,
  request_high: identifier,
  request_low: identifier,
  left_out: { ...code, absent: -1 },
  awaits_answer: code,
} satisfies Record<string, Column>;

export type TurnColumn = keyof typeof turnColumns;
export const turnColumnNames = Object.keys(turnColumns) as TurnColumn[];

/** A confidence of 1 as stored. */
export const wholeConfidence = 1e9;

/** Turns on their way to the database, column by column; intents that are new in them come along. */
export interface TurnBatch {
  rows: number;
  columns: Record<TurnColumn, ColumnValues>;
  /** Their numbers in the columns go on where those of the batch before ended. */
  newIntents: string[];
}

/** What reading an object gives, piece by piece and in its order. */
export type Gathered =
  | { kind: 'turns'; batch: TurnBatch }
  | {
      kind: 'quarantine';
      /** The object's number. */
      object: number;
      /** Of `quarantine.jsonl`. */
      lines: string;
      countByReason: Partial<Record<QuarantineReason, number>>;
    };
