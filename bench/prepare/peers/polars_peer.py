"""Filters and groups logs with polars: python polars_peer.py LOGS_FOLDER. Prints its counts as JSON."""

import json
import sys

import polars as pl

logs = sys.argv[1]



def records(folder, schema):
    """Only the fields that are used are decoded; `scan_ndjson` gives up at a line that is no JSON, whatever it is told."""
    return (
        pl.scan_lines(f"{logs}/{folder}/*")
        .filter(pl.col("line").str.json_path_match("$.timestamp").is_not_null())
        .select(pl.col("line").str.json_decode(pl.Struct(schema)).alias("record"))
        .unnest("record")
    )


lex = (
    records(
        "lex",
        {
            "timestamp": pl.String,
            "inputMode": pl.String,
            "inputTranscript": pl.String,
            "missedUtterance": pl.Boolean,
            "bot": pl.Struct({"aliasId": pl.String, "localeId": pl.String}),
            "interpretations": pl.List(pl.Struct({"nluConfidence": pl.String})),
        },
    )
    .filter(
        pl.col("bot").struct.field("aliasId") != "TSTALIASID",
        pl.col("bot").struct.field("localeId") == "es_ES",
        pl.col("inputMode") == "Text",
    )
    .select(
        "timestamp",
        text="inputTranscript",
        missed="missedUtterance",
        confidence=pl.col("interpretations")
        .list.first()
        .struct.field("nluConfidence")
        .cast(pl.Float64, strict=False),
    )
)
interactions = records(
    "interaction",
    {"timestamp": pl.String, "userInput": pl.String, "intent": pl.String, "confidence": pl.Float64},
).select(
    "timestamp",
    text="userInput",
    missed=pl.col("intent") == "FallbackIntent",
    confidence="confidence",
)
phrases = (
    pl.concat([lex, interactions])
    .with_columns(time=pl.col("timestamp").str.to_datetime("%Y-%m-%dT%H:%M:%S%.3fZ", strict=False))
    .filter(pl.col("text").is_not_null(), pl.col("time").is_not_null())
    .group_by(
        phrase=pl.col("text")
        .str.to_lowercase()
        .str.replace_many(["á", "é", "í", "ó", "ú", "ü"], ["a", "e", "i", "o", "u", "u"])
        .str.replace_all(" +", " ")
        .str.strip_chars(" ¿?¡!.,")
    )
    .agg(
        turns=pl.len(),
        first_seen=pl.col("time").min(),
        last_seen=pl.col("time").max(),
        confidence=pl.col("confidence").mean(),
        missed=pl.col("missed").sum(),
    )
    .collect(engine="streaming")
)
without = phrases.filter(~pl.col("phrase").str.contains("@|[0-9]{3} ?[0-9]{3} ?[0-9]{2}|me llamo"))
print(json.dumps({"turns": phrases["turns"].sum(), "phrasesWithoutPersonalData": without.height}))
