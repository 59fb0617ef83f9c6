import { leftOutReasons, type LeftOutReason } from '../../domain/log-formats/reasons';
import type { Turn } from '../../domain/log-formats/turn';
import { GenerationCache } from './generation-cache';
import { hashedId, type Halves } from './hashed-id';
import { TextPreparation, type PreparedText } from './text-preparation';
import {
  turnColumnNames,
  turnColumns,
  wholeConfidence,
  type ColumnValues,
  type TurnBatch,
  type TurnColumn,
} from './turn-batch';

const batchRows = 8 * 2048;
/** A hostile or broken log could name a new intent in every record; no scheme of intents is that large. */
export const mostIntents = 20_000;
const cachedSessions = 20_000;

/** How a turn ended for the person, as stored. */
export const outcomeCodes = { understood: 0, uncertain: 1, missed: 2 } as const;

export const leftOutCode = (reason: LeftOutReason): number => leftOutReasons.indexOf(reason);

/**
 * Turns records into rows of numbers, and their phrases into prepared texts. Neither raw phrases nor session ids
 * leave it: phrases are prepared first, ids are hashed with a salt that nobody keeps.
 */
export class TurnEncoder {
  private readonly sessions = new GenerationCache<string, Halves>(cachedSessions);
  private readonly intents = new Map<string, number>();
  private readonly texts: TextPreparation;
  private newIntents: string[] = [];
  private columns = emptyColumns();
  private row = 0;
  private object = 0;
  private place = 0;

  /**
   * @param salt the same for all turns that are compared with each other
   * @param lowConfidence under it an answer counts as uncertain
   * @param onText takes every prepared text at least once
   * @param onBatch takes whole batches
   */
  constructor(
    private readonly options: { salt: string; lowConfidence: number; language: string },
    onText: (prepared: PreparedText) => void,
    private readonly onBatch: (batch: TurnBatch) => void,
  ) {
    this.texts = new TextPreparation(options.language, onText);
  }

  /** The turns that follow are those of another object. */
  beginObject(object: number): void {
    this.object = object;
    this.place = 0;
  }

  /** @returns false where the turn names more intents than any bot has: it is not added */
  add(turn: Turn): boolean {
    const intent = this.intentNumber(turn.intent);
    const alternative = this.intentNumber(turn.alternative?.intent ?? null);
    if (intent === undefined || alternative === undefined) return false;
    const prepared = turn.leftOut === null ? this.texts.prepare(turn.text) : null;
    const leftOut = turn.leftOut ?? (prepared === null ? 'empty' : null);
    const isUncertain = turn.confidence !== null && turn.confidence < this.options.lowConfidence;
    const outcome = turn.intent === null ? 'missed' : isUncertain ? 'uncertain' : 'understood';
    const session = turn.sessionId === null ? absentId : this.session(turn.sessionId);
    const request = turn.requestId === null ? absentId : this.hashed(turn.requestId);
    const { columns, row } = this;
    columns.object[row] = this.object;
    columns.place[row] = this.place++;
    columns.text_high[row] = prepared?.high ?? 0;
    columns.text_low[row] = prepared?.low ?? 0;
    columns.outcome[row] = outcomeCodes[outcome];
    columns.intent[row] = intent;
    columns.confidence[row] = storedConfidence(turn.confidence);
    columns.alternative[row] = alternative;
    columns.alternative_confidence[row] = storedConfidence(turn.alternative?.confidence ?? null);
    columns.time_ms[row] = turn.timeMs ?? -1;
    columns.session_high[row] = session.high;
    columns.session_low[row] = session.low;
    columns.request_high[row] = request.high;
    columns.request_low[row] = request.low;
    columns.left_out[row] = leftOut === null ? -1 : leftOutCode(leftOut);
    columns.awaits_answer[row] = turn.awaitsAnswer ? 1 : 0;
    this.row++;
    if (this.row === batchRows) this.flush();
    return true;
  }

  /** Hands over what is still held. */
  flush(): void {
    if (this.row === 0) return;
    const { row: rows, columns, newIntents } = this;
    this.columns = emptyColumns();
    this.newIntents = [];
    this.row = 0;
    this.onBatch({ rows, columns, newIntents });
  }

  private intentNumber(name: string | null): number | undefined {
    if (name === null) return -1;
    const known = this.intents.get(name);
    if (known !== undefined) return known;
    if (this.intents.size >= mostIntents) return undefined;
    this.intents.set(name, this.intents.size);
    this.newIntents.push(name);
    return this.intents.size - 1;
  }

  private session(sessionId: string): Halves {
    let halves = this.sessions.get(sessionId);
    if (halves === undefined) {
      halves = this.hashed(sessionId);
      this.sessions.set(sessionId, halves);
    }
    return halves;
  }

  private hashed(id: string): Halves {
    return hashedId(this.options.salt + id);
  }
}

const absentId: Halves = { high: 0, low: 0 };

function storedConfidence(confidence: number | null): number {
  return confidence === null ? -1 : Math.round(confidence * wholeConfidence);
}

function emptyColumns(): Record<TurnColumn, ColumnValues> {
  const columns = turnColumnNames.map((name) => [name, new turnColumns[name].values(batchRows)]);
  return Object.fromEntries(columns) as Record<TurnColumn, ColumnValues>;
}
