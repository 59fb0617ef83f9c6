import { gzipSync, strToU8 } from 'fflate';
import type { Turn } from '../conversations';
import type { Random } from '../random';
import { lexRecord, liveAlias, testAlias, englishLocale, type BotAddress } from './lex-record';
import { emptyCounts, type LogObject, type ObjectCounts } from './log-object';

/** What is mixed in among the turns of customers. */
export interface LexExtras {
  /** Records that no reader can use. */
  broken: number;
  /** Turns typed by developers into the console's test window. */
  testTraffic: Turn[];
  /** Turns of the bot's English locale. */
  otherLocale: Turn[];
}

export interface LexLine {
  timeMs: number;
  text: string;
  /** A customer's request that the bot answered at once: no answer to a question, and none follows. */
  isWholeRequest: boolean;
}

const brokenRecords = [
  '{"messageVersion":"2.0","timestamp":"2026-09-20T09:00:00.000Z","requestId":"b1","sessionId":"web-cut","inputTranscr',
  '{"messageVersion":"2.0","timestamp":"2026-09-21T10:10:10.000Z","requestId":"b2","sessionId":"web-1","inputMode":"Text","bot":{"localeId":"es_ES"},"interpretations":[]}',
  '2026-09-22T11:11:11.000Z START RequestId: b3 Version: $LATEST',
  '{"messageVersion":"2.0","timestamp":"hace un rato","requestId":"b4","sessionId":"web-2","inputMode":"Text","inputTranscript":"hola","interpretations":[]}',
  '{"messageVersion":"2.0","timestamp":"2026-09-23T12:12:12.000Z","requestId":"b5","sessionId":"web-3","inputMode":"Text","inputTranscript":"la cuenta","interpretations":[{"nluConfidence":"mucha","intent":{"name":"PedirCuenta"}}]}',
];

/** Log lines of Lex in the order of their times, the extras among them, and what a reader must find. */
export function lexLines(
  turns: Turn[],
  extras: LexExtras,
  botId: string,
  random: Random,
): { lines: LexLine[]; counts: ObjectCounts } {
  const counts = emptyCounts('lex');
  const write = (turn: Turn, bot: BotAddress): LexLine => ({
    timeMs: turn.timeMs,
    text: JSON.stringify(lexRecord(turn, bot, botId, random)),
    isWholeRequest: bot === liveAlias && !turn.isAnswer && turn.state.action === 'Close',
  });
  const lines = [
    ...turns.map((turn) => write(turn, liveAlias)),
    ...extras.testTraffic.map((turn) => write(turn, testAlias)),
    ...extras.otherLocale.map((turn) => write(turn, englishLocale)),
  ].sort((left, right) => left.timeMs - right.timeMs);
  for (let index = 0; index < extras.broken; index++) {
    const at = random.integer(1, lines.length - 1);
    lines.splice(at, 0, {
      timeMs: lines[at]!.timeMs,
      text: random.pick(brokenRecords),
      isWholeRequest: false,
    });
  }
  counts.records = lines.length;
  counts.broken = extras.broken;
  counts.leftOut.midDialogue = turns.filter(({ isAnswer }) => isAnswer).length;
  counts.leftOut.testTraffic = extras.testTraffic.length;
  counts.leftOut.otherLocale = extras.otherLocale.length;
  return { lines, counts };
}

/** Conversation logs as JSON lines, compressed where the key ends in `.gz`. */
export function writeLexLines(
  key: string,
  turns: Turn[],
  extras: LexExtras,
  botId: string,
  random: Random,
): LogObject {
  const { lines, counts } = lexLines(turns, extras, botId, random);
  const bytes = strToU8(lines.map(({ text }) => text + '\n').join(''));
  return { key, bytes: key.endsWith('.gz') ? gzipSync(bytes, { level: 9, mtime: 0 }) : bytes, counts };
}
