"""Filters and groups logs with pandas: python pandas_peer.py LOGS_FOLDER. Prints its counts as JSON.

`read_json` gives up at the first line that is no JSON, so lines are parsed one by one, and grouped block by block.
"""

import gzip
import json
import sys
from itertools import islice
from pathlib import Path

import pandas as pd

BLOCK_LINES = 200_000


def lex_row(record):
    bot = record["bot"]
    if bot["aliasId"] == "TSTALIASID" or bot["localeId"] != "es_ES" or record["inputMode"] != "Text":
        return None
    confidence = record["interpretations"][0].get("nluConfidence")
    return record["inputTranscript"], record["timestamp"], confidence, record["missedUtterance"]


def interaction_row(record):
    missed = record["intent"] == "FallbackIntent"
    return record["userInput"], record["timestamp"], record["confidence"], missed


def rows(lines, row_of):
    for line in lines:
        try:
            row = row_of(json.loads(line))
        except ValueError:
            continue
        if row is not None:
            yield row


def group(block):
    frame = pd.DataFrame(block, columns=["text", "timestamp", "confidence", "missed"])
    frame["time"] = pd.to_datetime(frame["timestamp"], format="%Y-%m-%dT%H:%M:%S.%fZ", errors="coerce")
    frame["confidence"] = pd.to_numeric(frame["confidence"], errors="coerce")
    frame = frame[frame["text"].notna() & frame["time"].notna()]
    text = frame["text"].str.lower().str.translate(str.maketrans("áéíóúü", "aeiouu"))
    phrase = text.str.replace(" +", " ", regex=True).str.strip(" ¿?¡!.,")
    return frame.groupby(phrase).agg(
        turns=("text", "size"),
        first_seen=("time", "min"),
        last_seen=("time", "max"),
        confidences=("confidence", "sum"),
        confident=("confidence", "count"),
        missed=("missed", "sum"),
    )


def merge(groups):
    return pd.concat(groups).groupby(level=0).agg(
        turns=("turns", "sum"),
        first_seen=("first_seen", "min"),
        last_seen=("last_seen", "max"),
        confidences=("confidences", "sum"),
        confident=("confident", "sum"),
        missed=("missed", "sum"),
    )


def main(logs):
    phrases = None
    for folder, row_of in (("lex", lex_row), ("interaction", interaction_row)):
        for path in sorted((logs / folder).iterdir()):
            with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as lines:
                parsed = rows(lines, row_of)
                while block := list(islice(parsed, BLOCK_LINES)):
                    grouped = group(block)
                    phrases = grouped if phrases is None else merge([phrases, grouped])
    phrases["confidence"] = phrases["confidences"] / phrases["confident"]
    personal = phrases.index.str.contains("@|[0-9]{3} ?[0-9]{3} ?[0-9]{2}|me llamo", regex=True)
    turns = int(phrases["turns"].sum())
    print(json.dumps({"turns": turns, "phrasesWithoutPersonalData": int((~personal).sum())}))


main(Path(sys.argv[1]))
