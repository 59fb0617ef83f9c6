/** What generated logs hold, counted while they are written. */
export interface LogTruth {
  /** Uncompressed. */
  bytes: number;
  /** All lines. */
  records: number;
  /** Lines of which nothing can be used. */
  broken: number;
  /** Sound lines of customers: neither of the test alias nor of another locale. */
  turns: number;
  /** Those of `turns` that are in the logs a second time. */
  duplicates: number;
  /** Those of `turns` that answer a question of the bot, without duplicates. */
  answers: number;
  /** Pieces of personal data in `turns`, without duplicates. */
  personalData: number;
}

export const emptyTruth: LogTruth = {
  bytes: 0,
  records: 0,
  broken: 0,
  turns: 0,
  duplicates: 0,
  answers: 0,
  personalData: 0,
};

export function addTruths(truths: LogTruth[]): LogTruth {
  const sum = { ...emptyTruth };
  for (const truth of truths)
    for (const key of Object.keys(sum) as (keyof LogTruth)[]) sum[key] += truth[key];
  return sum;
}
