import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

/** Layouts of generated logs: the plain log, and Lex conversation logs. */
export type Layout = 'plain' | 'lex';

/** Numbers from a seed (mulberry32), so that every run reads the same bytes. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const openings = ['', 'hola, ', 'buenas ', 'perdona, ', 'oye '];
const requests = [
  'teneis',
  'hay',
  'quiero',
  'cuanto cuesta',
  'me pones',
  'puedo pedir',
  'donde esta',
  'a que hora cierra',
];
const things = [
  'el wifi',
  'un cortado',
  'la terraza',
  'dos cafés con leche',
  'una mesa',
  'el menú',
  'leche de avena',
  'la clave',
];
const intents = ['PedirCafe', 'ReservarMesa', 'ConsultarMenu', 'ConsultarHorario', 'FallbackIntent'];

/**
 * Writes JSON-line logs of about the given size into a folder.
 *
 * @param distinct how many distinct phrases there may be; a heavy tail repeats the first ones most
 */
export async function writeLogs(
  folder: string,
  layout: Layout,
  megabytes: number,
  distinct: number,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const random = seededRandom(1);
  const pick = <T>(values: T[]): T => values[Math.floor(random() * values.length)]!;
  const file = createWriteStream(join(folder, 'log.jsonl'));
  let written = 0;
  let turn = 0;
  while (written < megabytes * 1e6) {
    let block = '';
    for (let line = 0; line < 2000; line++, turn++) {
      const rank = Math.floor(distinct ** random());
      const phrase = `${openings[rank % 5]}${requests[rank % 8]} ${things[(rank >> 3) % 8]} ${rank}${random() < 0.02 ? ' mi tel es 612345678' : ''}`;
      const timestamp = new Date(Date.UTC(2026, 0, 1) + turn * 700).toISOString();
      const sessionId = `s${Math.floor(turn / 5)}`;
      const intent = pick(intents);
      const confidence = Math.round(random() * 100) / 100;
      const record =
        layout === 'plain'
          ? { timestamp, sessionId, userInput: phrase, intent, confidence }
          : lexRecord({
              timestamp,
              sessionId,
              phrase,
              intent,
              confidence,
              requestId: `${turn}-6181aaac-4d9d-4b3e`,
            });
      block += `${JSON.stringify(record)}\n`;
    }
    written += Buffer.byteLength(block);
    if (!file.write(block)) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}

function lexRecord(
  turn: Record<'timestamp' | 'sessionId' | 'phrase' | 'intent' | 'requestId', string> & {
    confidence: number;
  },
): object {
  const isMissed = turn.intent === 'FallbackIntent';
  return {
    timestamp: turn.timestamp,
    messageVersion: '2.0',
    requestId: turn.requestId,
    sessionId: turn.sessionId,
    inputMode: 'Text',
    operationName: 'RecognizeText',
    developerOverride: false,
    missedUtterance: isMissed,
    bot: {
      name: 'CafeBot',
      version: '3',
      id: 'RTH0HOHD3Q',
      aliasName: 'live',
      aliasId: 'LIVEALIAS1',
      localeId: 'es_ES',
    },
    sessionState: {
      dialogAction: { type: turn.intent === 'ReservarMesa' ? 'ElicitSlot' : 'Close' },
      intent: { name: turn.intent, slots: {}, state: 'ReadyForFulfillment', confirmationState: 'None' },
    },
    interpretations: [
      {
        nluConfidence: isMissed ? undefined : String(turn.confidence),
        intent: { name: turn.intent, slots: {} },
      },
      { nluConfidence: '0.21', intent: { name: 'ConsultarMenu', slots: {} } },
    ],
    inputTranscript: turn.phrase,
  };
}
