"""Filters and groups logs with DuckDB alone: python duckdb_peer.py LOGS_FOLDER. Prints its counts as JSON."""

import json
import sys

import duckdb

logs = sys.argv[1]
connection = duckdb.connect()

# Only the fields that are used are read; a line that is no JSON becomes a row of nulls.
READ_LEX = f"""
    SELECT inputTranscript AS text, timestamp, interpretations[1].nluConfidence AS confidence, missedUtterance AS missed,
        bot.aliasId <> 'TSTALIASID' AND bot.localeId = 'es_ES' AND inputMode = 'Text' AS is_meant
    FROM read_json('{logs}/lex/*', format = 'newline_delimited', ignore_errors = true, columns = {{
        timestamp: 'VARCHAR', inputMode: 'VARCHAR', inputTranscript: 'VARCHAR', missedUtterance: 'BOOLEAN',
        bot: 'STRUCT(aliasId VARCHAR, localeId VARCHAR)', interpretations: 'STRUCT(nluConfidence VARCHAR)[]'}})"""
READ_INTERACTIONS = f"""
    SELECT userInput AS text, timestamp, confidence, intent = 'FallbackIntent' AS missed, true AS is_meant
    FROM read_json('{logs}/interaction/*', format = 'newline_delimited', ignore_errors = true, columns = {{
        timestamp: 'VARCHAR', userInput: 'VARCHAR', intent: 'VARCHAR', confidence: 'VARCHAR'}})"""

connection.execute(f"""
    CREATE TABLE phrases AS
    SELECT trim(regexp_replace(translate(lower(text), 'áéíóúü', 'aeiouu'), ' +', ' ', 'g'), ' ¿?¡!.,') AS phrase,
        count(*) AS turns, min(time) AS first_seen, max(time) AS last_seen,
        avg(try_cast(confidence AS DOUBLE)) AS confidence, count(*) FILTER (missed) AS missed
    FROM (SELECT *, try_cast(timestamp AS TIMESTAMP) AS time FROM ({READ_LEX} UNION ALL {READ_INTERACTIONS}))
    WHERE text IS NOT NULL AND time IS NOT NULL AND is_meant
    GROUP BY phrase""")
row = connection.execute("""
    SELECT sum(turns), count(*) FILTER (NOT regexp_matches(phrase, '@|[0-9]{3} ?[0-9]{3} ?[0-9]{2}|me llamo'))
    FROM phrases""").fetchone()
print(json.dumps({"turns": int(row[0]), "phrasesWithoutPersonalData": row[1]}))
