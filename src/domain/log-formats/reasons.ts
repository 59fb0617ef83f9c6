/** Why a record could not be used at all. The list is closed: reports and checks count on these names. */
export const quarantineReasons = [
  /** Neither JSON logs nor a CSV with a known header; or a JSON object of no known log format. */
  'unknown-format',
  /** Text where a JSON object was expected, or an object that breaks the grammar of JSON. */
  'not-json',
  /** A JSON value that is not an object: a number, a string, a list. */
  'not-an-object',
  /** The object or the compressed stream ends in the middle of the record. */
  'truncated',
  /** The compressed stream is damaged; what was read before stays. */
  'corrupt-gzip',
  /** The compressed stream unpacks to so much more than its size that it is an attack or an accident. */
  'decompression-bomb',
  /** The bytes are not UTF-8. */
  'invalid-utf8',
  /** A record over the size limit, or a phrase longer than anybody types. */
  'too-long',
  /** The record says nothing of what the person said. */
  'no-text',
  'bad-timestamp',
  'bad-confidence',
  'bad-intent',
  /** A CSV row whose quotes do not close, or with more fields than the header. */
  'bad-csv-row',
] as const;

export type QuarantineReason = (typeof quarantineReasons)[number];

/** Why an accepted record takes no part: it is sound, but no example of what people want from the bot. */
export const leftOutReasons = [
  /** The same request is in the logs a second time, as Firehose's at-least-once delivery may do. */
  'duplicate',
  /** The connection check that CloudWatch Logs sends when a subscription is made. */
  'control-message',
  /** Said to the test alias `TSTALIASID`, or by Ciclo itself: no customers. */
  'test-traffic',
  /** Speech or keys of a telephone. */
  'not-text',
  'other-locale',
  /** Nothing but white space. */
  'empty',
  /** The answer to a question of the bot: a slot value, a confirmation. */
  'mid-dialogue',
] as const;

export type LeftOutReason = (typeof leftOutReasons)[number];
