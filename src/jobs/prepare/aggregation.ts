import type { DuckDBConnection } from '@duckdb/node-api';
import { leftOutReasons, type LeftOutReason } from '../../domain/log-formats/reasons';
import { detectLanguage } from '../../domain/text/language';
import type { Outcome, Utterance } from '../../domain/utterance';
import type { Halves } from './hashed-id';
import { sqlText } from './sql';
import { textsQuery } from './text-file';
import { textIds } from './text-preparation';
import { wholeConfidence } from './turn-batch';
import { leftOutCode, outcomeCodes } from './turn-encoder';

/** Lex keeps a session for a day at most: a question from longer ago is not being answered any more. */
const longestSessionMs = 24 * 60 * 60 * 1000;

const outcomes = Object.keys(outcomeCodes) as Outcome[];

/** What became of the turns: each is in exactly one count. */
export interface InteractionCounts {
  byOutcome: Record<Outcome, number>;
  leftOutByReason: Partial<Record<LeftOutReason, number>>;
}

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
          AND NOT EXISTS (FROM duplicates WHERE duplicates.turn = turns.turn)
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

/** Order of intents by their names, and of the confidences before them, in one number. */
const intentBits = 32;

/**
 * Collapses the judged turns to what was observed of each spelling with each outcome and intent. Utterances of an
 * earlier cycle are observations too: they count as said, but not as interactions of now.
 *
 * @param textPaths files with the texts of all turns
 * @param language of the bot: ISO 639-1
 */
export async function observeTexts(
  connection: DuckDBConnection,
  textPaths: string[],
  carriedOver: AsyncIterable<Utterance> | Iterable<Utterance>,
  language: string,
): Promise<void> {
  await storeCarriedOver(connection, carriedOver, language);
  await connection.run(`
    CREATE TABLE texts AS
      SELECT id, any_value(key) AS key, any_value(text) AS text, any_value(language) AS language
      FROM (${textsQuery(textPaths)} UNION ALL SELECT id, key, text, language FROM carried_over)
      GROUP BY id`);
  // From here on intents are their places in the order of names, which decides where they tie.
  await connection.run(`
    CREATE TABLE named AS
      SELECT name, row_number() OVER (ORDER BY name) AS rank
      FROM (SELECT name FROM intents UNION SELECT intent FROM carried_over UNION SELECT alternative FROM carried_over)
      WHERE name IS NOT NULL`);
  await connection.run(`
    CREATE TABLE observations AS
      WITH ranks AS (SELECT id, rank FROM intents JOIN named USING (name)),
      seen AS (
        SELECT text, outcome, intent, count(*) AS turns, count(confidence) AS confident, sum(confidence) AS confidences,
          min(time_ms) AS first_ms, max(time_ms) AS last_ms,
          max(alternative_confidence::BIGINT << ${intentBits} | alternatives.rank) AS alternative
        FROM judged
        LEFT JOIN ranks alternatives ON alternatives.id = judged.alternative
        WHERE reason IS NULL
        GROUP BY ALL
      )
      SELECT key, seen.text, outcome, ranks.rank AS intent, turns, turns AS fresh, confident, confidences, first_ms,
        last_ms, alternative
      FROM seen
      JOIN texts ON texts.id = seen.text
      LEFT JOIN ranks ON ranks.id = seen.intent
      UNION ALL
      SELECT key, carried_over.id, outcome, intents.rank, turns::BIGINT, 0, if(confidence IS NULL, 0, turns::BIGINT),
        round(confidence * ${wholeConfidence})::HUGEINT * turns::BIGINT, first_ms, last_ms,
        round(alternative_confidence * ${wholeConfidence})::BIGINT << ${intentBits} | alternatives.rank
      FROM carried_over
      LEFT JOIN named intents ON intents.name = carried_over.intent
      LEFT JOIN named alternatives ON alternatives.name = carried_over.alternative`);
}

async function storeCarriedOver(
  connection: DuckDBConnection,
  utterances: AsyncIterable<Utterance> | Iterable<Utterance>,
  language: string,
): Promise<void> {
  await connection.run(
    `CREATE TABLE carried_over (id UBIGINT, key UBIGINT, text VARCHAR, language VARCHAR, outcome TINYINT,
      intent VARCHAR, turns DOUBLE, confidence DOUBLE, first_ms DOUBLE, last_ms DOUBLE, alternative VARCHAR,
      alternative_confidence DOUBLE)`,
  );
  const appender = await connection.createAppender('carried_over');
  const number = (value: number | null) =>
    value === null ? appender.appendNull() : appender.appendDouble(value);
  const text = (value: string | null) =>
    value === null ? appender.appendNull() : appender.appendVarchar(value);
  for await (const utterance of utterances) {
    const { alternative, firstSeen, lastSeen } = utterance;
    const { id, key } = textIds(utterance.text);
    appender.appendUBigInt(whole(id));
    appender.appendUBigInt(whole(key));
    appender.appendVarchar(utterance.text);
    appender.appendVarchar(detectLanguage(utterance.text, language));
    appender.appendTinyInt(outcomeCodes[utterance.outcome]);
    text(utterance.intent);
    number(utterance.count);
    number(utterance.confidence);
    number(firstSeen === null ? null : Date.parse(firstSeen));
    number(lastSeen === null ? null : Date.parse(lastSeen));
    text(alternative?.intent ?? null);
    number(alternative?.confidence ?? null);
    appender.endRow();
  }
  appender.closeSync();
}

const whole = ({ high, low }: Halves): bigint => (BigInt(high) << 32n) | BigInt(low);

const turnsWith = (outcome: Outcome): string =>
  `sum(turns) FILTER (outcome = ${outcomeCodes[outcome]})::BIGINT << 2 | ${outcomeCodes[outcome]}`;

/**
 * The phrases. A phrase's spelling, outcome and intent are its most frequent ones; where they tie, the spelling with
 * accents and the outcome that needs more attention.
 */
const utterancesQuery = `
    WITH totals AS (
        SELECT key, sum(turns)::BIGINT AS turns, sum(fresh)::BIGINT AS fresh, min(first_ms) AS first_ms,
          max(last_ms) AS last_ms, max(alternative) AS alternative,
          greatest(${outcomes.map(turnsWith).join(', ')}) & 3 AS outcome,
          min(text) AS text, min(text) <> max(text) AS is_spelt_differently
        FROM observations GROUP BY key
      ), spelling AS (
        SELECT key, max({'turns': turns, 'text': texts.text, 'id': id}).id AS id
        FROM (
          SELECT key, text, sum(turns) AS turns
          FROM observations SEMI JOIN (FROM totals WHERE is_spelt_differently) USING (key)
          GROUP BY key, text
        ) spellings
        JOIN (SELECT id, text FROM texts) texts ON texts.id = spellings.text
        GROUP BY key
      ), chosen AS (
        SELECT key, arg_max({'intent': intent, 'confidence': confidence}, turns << ${intentBits} | intent) AS best
        FROM (
          SELECT key, intent, sum(turns)::BIGINT AS turns, sum(confidences) / nullif(sum(confident), 0) AS confidence
          FROM observations WHERE intent IS NOT NULL GROUP BY key, intent
        ) GROUP BY key
      )
    SELECT texts.id, texts.text, texts.language, totals.turns, totals.fresh, totals.first_ms, totals.last_ms, totals.outcome,
      intents.name AS intent, chosen.best.confidence AS confidence,
      alternatives.name AS alternative, totals.alternative >> ${intentBits} AS alternative_confidence
    FROM totals
    LEFT JOIN spelling USING (key)
    LEFT JOIN chosen USING (key)
    JOIN texts ON texts.id = coalesce(spelling.id, totals.text)
    LEFT JOIN named intents ON intents.rank = chosen.best.intent
    LEFT JOIN named alternatives ON alternatives.rank = totals.alternative & ((1::BIGINT << ${intentBits}) - 1)`;

/** A time in milliseconds since 1970 as JSON, in the form that JavaScript writes. */
const jsonTime = (ms: string): string =>
  `coalesce('"' || strftime(make_timestamp((${ms} * 1000)::BIGINT), '%Y-%m-%dT%H:%M:%S.%gZ') || '"', 'null')`;
const jsonText = (text: string): string => `coalesce(to_json(${text})::VARCHAR, 'null')`;

/** A confidence in billionths as JSON, rounded to four decimals. */
const jsonConfidence = (billionths: string): string => {
  const rounded = `round(${billionths} / ${wholeConfidence / 1e4})::INTEGER`;
  return `CASE ${rounded} WHEN 0 THEN '0' WHEN 10000 THEN '1' ELSE '0.' || rtrim(lpad((${rounded})::VARCHAR, 4, '0'), '0') END`;
};

/**
 * Writes the phrases as `utterances.jsonl`, the most frequent first and then in the order of their text. The database
 * writes the lines itself: they are the only thing of which there may be millions at the end.
 *
 * @returns the number of lines, and the pieces of personal data in what was read now, by kind
 */
export async function writeUtterances(
  connection: DuckDBConnection,
  path: string,
): Promise<{ rows: number; redacted: Record<string, number> }> {
  await connection.run(`CREATE TABLE utterances AS ${utterancesQuery}`);
  const isMissed = `outcome = ${outcomeCodes.missed}`;
  const outcomeName = outcomes.map((name) => `WHEN ${outcomeCodes[name]} THEN '${name}'`).join(' ');
  const written = await connection.runAndReadAll(`
    COPY (
      SELECT '{"id":"' || printf('%016x', id) ||
        '","text":' || ${jsonText('text')} ||
        ',"language":' || ${jsonText('language')} ||
        ',"count":' || turns::BIGINT ||
        ',"firstSeen":' || ${jsonTime('first_ms')} ||
        ',"lastSeen":' || ${jsonTime('last_ms')} ||
        ',"outcome":"' || CASE outcome ${outcomeName} END ||
        '","intent":' || if(${isMissed}, 'null', ${jsonText('intent')}) ||
        ',"confidence":' || if(${isMissed} OR confidence IS NULL, 'null', ${jsonConfidence('confidence')}) ||
        ',"alternative":' || if(${isMissed} AND alternative IS NOT NULL,
          '{"intent":' || to_json(alternative)::VARCHAR || ',"confidence":' || ${jsonConfidence('alternative_confidence')} || '}',
          'null') || '}' AS line
      FROM utterances ORDER BY turns DESC, text
    ) TO ${sqlText(path)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')`);
  return { rows: Number(written.getRows()[0]![0]), redacted: await countRedacted(connection) };
}

/** Pieces of personal data in what was read now, by kind. */
async function countRedacted(connection: DuckDBConnection): Promise<Record<string, number>> {
  const counted = await connection.runAndReadAll(`
    SELECT kind, sum(fresh)::DOUBLE AS pieces
    FROM (
      SELECT unnest(regexp_extract_all(text, '<([A-Z]+)_\\d+>', 1)) AS kind, fresh
      FROM utterances WHERE contains(text, '<')
    )
    WHERE fresh > 0 GROUP BY kind ORDER BY kind`);
  return Object.fromEntries(counted.getRows().map(([kind, pieces]) => [String(kind), Number(pieces)]));
}
