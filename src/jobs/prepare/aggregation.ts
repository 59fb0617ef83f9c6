import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { leftOutReasons, type LeftOutReason } from '../../domain/log-formats/reasons';
import type { Outcome, Utterance } from '../../domain/utterance';
import { foldText } from '../../domain/text/normalise';
import { leftOutCode, outcomeCodes } from './turn-table';

/** Lex keeps a session for a day at most: a question from longer ago is not being answered any more. */
const longestSessionMs = 24 * 60 * 60 * 1000;

const outcomes = Object.keys(outcomeCodes) as Outcome[];

/** What became of the turns: each is in exactly one count. */
export interface InteractionCounts {
  byOutcome: Record<Outcome, number>;
  leftOutByReason: Partial<Record<LeftOutReason, number>>;
}

/** A phrase with everything that was observed of it; its language is not known yet. */
export type AggregatedUtterance = Omit<Utterance, 'id' | 'language'> & {
  /** Of `count`, those from the logs that were read now, without what was carried over. */
  freshCount: number;
};

/**
 * Judges which turns take part: marks duplicates of a request, and the answers to the bot's questions, which are the
 * turns that follow a question in the same session.
 */
export async function judgeTurns(connection: DuckDBConnection): Promise<InteractionCounts> {
  await connection.run(`
    CREATE TABLE duplicates AS
      SELECT turns.turn FROM turns
      JOIN (SELECT request, min(turn) AS first FROM turns WHERE request IS NOT NULL GROUP BY request HAVING count(*) > 1) repeated
        ON turns.request = repeated.request AND turns.turn <> repeated.first`);
  await connection.run(`
    CREATE TABLE answers AS
      SELECT turn FROM (
        SELECT turn, time_ms,
          lag(awaits_answer) OVER in_session AS follows_question,
          lag(time_ms) OVER in_session AS previous_ms
        FROM turns
        WHERE session IN (SELECT session FROM turns WHERE awaits_answer = 1)
          AND turn NOT IN (SELECT turn FROM duplicates)
        WINDOW in_session AS (PARTITION BY session ORDER BY time_ms NULLS LAST, turn)
      )
      WHERE follows_question = 1 AND coalesce(time_ms - previous_ms <= ${longestSessionMs}, true)`);
  await connection.run(`
    CREATE VIEW judged AS
      SELECT turns.*, CASE
        WHEN duplicates.turn IS NOT NULL THEN ${leftOutCode('duplicate')}
        WHEN left_out IS NOT NULL THEN left_out
        WHEN answers.turn IS NOT NULL THEN ${leftOutCode('mid-dialogue')}
      END AS reason
      FROM turns
      LEFT JOIN duplicates ON duplicates.turn = turns.turn
      LEFT JOIN answers ON answers.turn = turns.turn`);
  const counted = await connection.runAndReadAll(
    'SELECT reason, outcome, count(*)::DOUBLE AS turns FROM judged GROUP BY ALL ORDER BY ALL',
  );
  const counts: InteractionCounts = {
    byOutcome: { understood: 0, uncertain: 0, missed: 0 },
    leftOutByReason: {},
  };
  for (const [reason, outcome, turns] of counted.getRows()) {
    if (reason === null) {
      counts.byOutcome[outcomes[Number(outcome)]!] += Number(turns);
    } else {
      const name = leftOutReasons[Number(reason)]!;
      counts.leftOutByReason[name] = (counts.leftOutByReason[name] ?? 0) + Number(turns);
    }
  }
  return counts;
}

/** Collapses the judged turns to what was observed of each spelling with each outcome and intent. */
export async function observeTexts(connection: DuckDBConnection): Promise<void> {
  await connection.run(`
    CREATE TABLE observations AS
      WITH seen AS (
        SELECT text, outcome, intent, count(*) AS turns, count(confidence) AS confident, sum(confidence) AS confidences,
          min(time_ms) AS first_ms, max(time_ms) AS last_ms,
          max({'confidence': alternative_confidence, 'intent': alternative}) FILTER (alternative IS NOT NULL) AS alternative
        FROM judged WHERE reason IS NULL GROUP BY ALL
      ), spellings AS (SELECT id, any_value(text) AS text, any_value(key) AS key FROM texts GROUP BY id)
      SELECT spellings.key, spellings.text, outcome, named.name AS intent,
        turns::DOUBLE AS turns, turns::DOUBLE AS fresh, confident::DOUBLE AS confident, confidences, first_ms, last_ms,
        alternatives.name AS alternative, seen.alternative.confidence AS alternative_confidence
      FROM seen
      JOIN spellings ON spellings.id = seen.text
      LEFT JOIN intents named ON named.id = seen.intent
      LEFT JOIN intents alternatives ON alternatives.id = seen.alternative.intent`);
}

/** Adds utterances of an earlier cycle to the observations: they count as said, but not as interactions of now. */
export async function addCarriedOver(
  connection: DuckDBConnection,
  utterances: AsyncIterable<Utterance>,
): Promise<void> {
  const appender = await connection.createAppender('observations');
  const number = (value: number | null) =>
    value === null ? appender.appendNull() : appender.appendDouble(value);
  const text = (value: string | null) =>
    value === null ? appender.appendNull() : appender.appendVarchar(value);
  for await (const utterance of utterances) {
    const { count, confidence, alternative } = utterance;
    appender.appendVarchar(foldText(utterance.text));
    appender.appendVarchar(utterance.text);
    appender.appendTinyInt(outcomeCodes[utterance.outcome]);
    text(utterance.intent);
    number(count);
    number(0);
    number(confidence === null ? 0 : count);
    number(confidence === null ? null : confidence * count);
    number(utterance.firstSeen === null ? null : Date.parse(utterance.firstSeen));
    number(utterance.lastSeen === null ? null : Date.parse(utterance.lastSeen));
    text(alternative?.intent ?? null);
    number(alternative?.confidence ?? null);
    appender.endRow();
  }
  appender.closeSync();
}

/**
 * The phrases, the most frequent first and then in the order of their text. A phrase's spelling, outcome and intent
 * are its most frequent ones; where they tie, the spelling with accents and the outcome that needs more attention.
 */
export async function* aggregateUtterances(connection: DuckDBConnection): AsyncIterable<AggregatedUtterance> {
  const result = await connection.stream(`
    WITH totals AS (
        SELECT key, sum(turns) AS turns, sum(fresh) AS fresh, min(first_ms) AS first_ms, max(last_ms) AS last_ms
        FROM observations GROUP BY key
      ), spelling AS (
        SELECT key, max({'turns': turns, 'text': text}).text AS text
        FROM (SELECT key, text, sum(turns) AS turns FROM observations GROUP BY key, text) GROUP BY key
      ), outcome AS (
        SELECT key, max({'turns': turns, 'outcome': outcome}).outcome AS outcome
        FROM (SELECT key, outcome, sum(turns) AS turns FROM observations GROUP BY key, outcome) GROUP BY key
      ), chosen AS (
        SELECT key, max({'turns': turns, 'intent': intent, 'confidence': confidence}) AS best
        FROM (
          SELECT key, intent, sum(turns) AS turns, sum(confidences) / nullif(sum(confident), 0) AS confidence
          FROM observations WHERE intent IS NOT NULL GROUP BY key, intent
        ) GROUP BY key
      ), behind AS (
        SELECT key, max({'confidence': alternative_confidence, 'intent': alternative}) AS best
        FROM observations WHERE alternative IS NOT NULL GROUP BY key
      )
    SELECT spelling.text, totals.turns, totals.fresh, totals.first_ms, totals.last_ms, outcome.outcome,
      chosen.best.intent, round(chosen.best.confidence, 4), behind.best.intent, round(behind.best.confidence, 4)
    FROM totals
    JOIN spelling USING (key)
    JOIN outcome USING (key)
    LEFT JOIN chosen USING (key)
    LEFT JOIN behind USING (key)
    ORDER BY totals.turns DESC, spelling.text`);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    for (const row of chunk.getRows()) yield readRow(row);
  }
}

function readRow(row: DuckDBValue[]): AggregatedUtterance {
  const [
    text,
    count,
    fresh,
    firstMs,
    lastMs,
    outcomeCode,
    intent,
    confidence,
    alternative,
    alternativeConfidence,
  ] = row;
  const outcome = outcomes[Number(outcomeCode)]!;
  const isMissed = outcome === 'missed';
  return {
    text: text as string,
    count: Number(count),
    freshCount: Number(fresh),
    firstSeen: isoTime(firstMs),
    lastSeen: isoTime(lastMs),
    outcome,
    intent: isMissed ? null : (intent as string | null),
    confidence: isMissed ? null : (confidence as number | null),
    alternative:
      isMissed && alternative !== null && alternativeConfidence !== null
        ? { intent: alternative as string, confidence: Number(alternativeConfidence) }
        : null,
  };
}

function isoTime(ms: DuckDBValue | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(Number(ms)).toISOString();
}
