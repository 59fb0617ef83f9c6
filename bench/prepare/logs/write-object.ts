import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { seededRandom } from '../../../src/domain/random';
import { Phrases, type Phrase } from './phrases';
import { intents, interactionLine, lexLine, type LoggedTurn } from './records';
import { emptyTruth, type LogTruth } from './truth';

/** One log object: JSON lines in the order of time, from many conversations at once. */
export interface ObjectPlan {
  layout: 'interaction' | 'lex';
  /** From 0; objects with different numbers hold different conversations. */
  number: number;
  /** About, uncompressed. */
  bytes: number;
  /** Where it is written as it is; null: nowhere. */
  plainPath: string | null;
  /** Where it is written compressed; null: nowhere. */
  gzipPath: string | null;
}

/** In shares of lines, as logs of live bots have them. */
const shares = {
  broken: 0.001,
  duplicate: 0.001,
  testAlias: 0.01,
  otherLocale: 0.01,
  missed: 0.12,
  ends: 0.4,
};
const openConversations = 40;
const turnsAnObject = 10_000_000;
const blockBytes = 256 * 1024;
const startMs = Date.UTC(2026, 0, 1);

interface Conversation {
  sessionId: string;
  isTestAlias: boolean;
  localeId: string;
  wasAsked: boolean;
}

/** Writes one object and counts what is in it. The same plan gives the same bytes. */
export async function writeObject(plan: ObjectPlan): Promise<LogTruth> {
  const truth = { ...emptyTruth };
  const targets: Writable[] = [];
  if (plan.plainPath !== null) targets.push(createWriteStream(plan.plainPath));
  if (plan.gzipPath !== null) {
    const gzip = createGzip();
    gzip.pipe(createWriteStream(plan.gzipPath));
    targets.push(gzip);
  }
  let block = '';
  for (const line of lines(plan, truth)) {
    block += `${line}\n`;
    if (block.length < blockBytes) continue;
    truth.bytes += await writeAll(targets, block);
    block = '';
    if (truth.bytes >= plan.bytes) break;
  }
  truth.bytes += await writeAll(targets, block);
  for (const target of targets) target.end();
  await Promise.all(targets.map((target) => finished(target)));
  return truth;
}

async function writeAll(targets: Writable[], text: string): Promise<number> {
  const bytes = Buffer.from(text);
  for (const target of targets) if (!target.write(bytes)) await once(target, 'drain');
  return bytes.length;
}

/** Lines without an end. */
function* lines(plan: ObjectPlan, truth: LogTruth): Iterable<string> {
  const isLex = plan.layout === 'lex';
  const layOut = isLex ? lexLine : interactionLine;
  const random = seededRandom(plan.number);
  const first = plan.number * turnsAnObject;
  let turn = first;
  const phrases = new Phrases(random, () => turn);
  let opened = 0;
  const open = (): Conversation => ({
    sessionId: `${plan.layout}-${first + opened++}`,
    isTestAlias: isLex && random() < shares.testAlias,
    localeId: isLex && random() < shares.otherLocale ? 'en_US' : 'es_ES',
    wasAsked: false,
  });
  const conversations = Array.from({ length: openConversations }, open);
  for (; ; turn++) {
    const place = Math.floor(random() * openConversations);
    const conversation = conversations[place]!;
    const isLeftOut = conversation.isTestAlias || conversation.localeId !== 'es_ES';
    const phrase = conversation.wasAsked ? phrases.answer() : phrases.next();
    const logged = nextTurn(conversation, phrase, turn, random);
    const line = layOut(logged);
    // Before each line, not behind it: the reader stops asking when it has enough.
    truth.records++;
    if (!isLeftOut) {
      truth.turns++;
      truth.personalData += phrase.personalData;
      if (conversation.wasAsked) truth.answers++;
    }
    yield line;

    if (random() < shares.duplicate) {
      truth.records++;
      if (!isLeftOut) {
        truth.turns++;
        truth.duplicates++;
      }
      yield line;
    }
    if (random() < shares.broken) {
      truth.records++;
      truth.broken++;
      yield breakLine(line, layOut, logged, random);
    }
    conversation.wasAsked = logged.asks;
    if (!logged.asks && random() < shares.ends) conversations[place] = open();
  }
}

function nextTurn(
  { sessionId, isTestAlias, localeId, wasAsked }: Conversation,
  { text }: Phrase,
  turn: number,
  random: () => number,
): LoggedTurn {
  const isMissed = !wasAsked && random() < shares.missed;
  const intent = isMissed ? null : intents[Math.floor(random() * intents.length)]!;
  return {
    timeMs: startMs + turn * 50,
    sessionId,
    requestId: `6181aaac-4d9d-4b3e-9f00-${turn.toString(16).padStart(12, '0')}`,
    text,
    intent,
    confidence: Math.round((isMissed ? random() * 0.5 : 0.4 + random() * 0.6) * 100) / 100,
    asks: intent === 'ReservarMesa' && !wasAsked,
    isTestAlias,
    localeId,
  };
}

/** A copy of a line of which nothing can be used: cut off, another text, or with a time that is none. */
function breakLine(
  line: string,
  layOut: (turn: LoggedTurn) => string,
  turn: LoggedTurn,
  random: () => number,
): string {
  const way = random();
  if (way < 0.3) return line.slice(0, Math.floor(line.length * (0.2 + 0.6 * random())));
  if (way < 0.5) return 'Task timed out after 3.00 seconds';
  const time = new Date(turn.timeMs).toISOString();
  return layOut({ ...turn, requestId: `${turn.requestId}-broken` }).replace(time, 'yesterday');
}
