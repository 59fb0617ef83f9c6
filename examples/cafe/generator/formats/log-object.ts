/** A log object as it lies in a bucket, with what a reader must find in it. */
export interface LogObject {
  /** Below `logs/` or `logs-later/`. */
  key: string;
  bytes: Uint8Array;
  counts: ObjectCounts;
}

/** Counted while writing, never by reading back. */
export interface ObjectCounts {
  format: 'json' | 'json-lines' | 'lex' | 'lex-firehose' | 'csv';
  /** Everything: sound records, broken ones and control messages. */
  records: number;
  /** Records that cannot be used. */
  broken: number;
  /** Sound records that are no example of a request. */
  leftOut: {
    duplicate: number;
    controlMessage: number;
    testTraffic: number;
    otherLocale: number;
    midDialogue: number;
  };
}

export function emptyCounts(format: ObjectCounts['format']): ObjectCounts {
  return {
    format,
    records: 0,
    broken: 0,
    leftOut: { duplicate: 0, controlMessage: 0, testTraffic: 0, otherLocale: 0, midDialogue: 0 },
  };
}
