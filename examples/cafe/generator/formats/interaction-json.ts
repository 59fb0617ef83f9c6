import { gzipSync, strToU8 } from 'fflate';
import type { Turn } from '../conversations';
import type { Random } from '../random';
import { emptyCounts, type LogObject } from './log-object';

/** One turn as the bot's Lambda function logs it. */
function interaction(turn: Turn, random: Random): Record<string, unknown> {
  const { intent, confidence } = turn.recognition;
  const asks = turn.state.action === 'ElicitSlot' || turn.state.action === 'ConfirmIntent';
  return {
    timestamp: new Date(turn.timeMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    sessionId: turn.sessionId,
    userInput: turn.text,
    intent: intent ?? (random.chance(0.8) ? 'FallbackIntent' : null),
    // The function states a confidence for most of what was understood, and never for an answer to its own question.
    ...(confidence !== null && !turn.isAnswer && random.chance(0.85) ? { confidence } : {}),
    ...(asks ? { dialogState: turn.state.action } : {}),
  };
}

/** One object a turn, in files of their own: `json/2026/08/20/070312-wa-….json`. */
export function writeSingleFiles(prefix: string, turns: Turn[], random: Random): LogObject[] {
  return turns.map((turn, index) => {
    const record = interaction(turn, random);
    const counts = { ...emptyCounts('json'), records: 1 };
    if (turn.isAnswer) counts.leftOut.midDialogue = 1;
    const time = new Date(turn.timeMs).toISOString().slice(11, 19).replaceAll(':', '');
    return {
      key: `${prefix}/${time}-${turn.sessionId}-${index + 1}.json`,
      // Some of the early versions of the function indented what they wrote.
      bytes: strToU8(JSON.stringify(record, null, random.chance(0.4) ? 2 : undefined)),
      counts,
    };
  });
}

/** Whole objects that no reader can use. */
export function writeBrokenFiles(prefix: string): LogObject[] {
  const contents = [
    ['074411-cut.json', '{"timestamp":"2026-08-20T07:44:11Z","sessionId":"wa-2f","userInput":"un cort'],
    ['081500-empty-object.json', '{}'],
    ['093020-error.json', '<html><body>503 Service Unavailable</body></html>'],
    ['101112-list.json', '["hola"]'],
  ] as const;
  return contents.map(([name, text]) => ({
    key: `${prefix}/${name}`,
    bytes: strToU8(text),
    counts: { ...emptyCounts('json'), records: 1, broken: 1 },
  }));
}

/** Lines that no reader can use, each broken in its own way. */
const brokenLines = [
  '{"timestamp":"2026-08-30T09:12:44Z","sessionId":"web-77","userInput":"quiero un caf',
  'ERROR Task timed out after 3.00 seconds',
  '{"timestamp":"2026-09-02T10:00:01Z","sessionId":"web-91","intent":"PedirCafe","confidence":0.8}',
  '[]',
  '{"timestamp":"ayer por la tarde","sessionId":"wa-12","userInput":"horario","intent":"ConsultarHorario"}',
  '{"timestamp":"2026-09-03T12:31:09Z","sessionId":"wa-13","userInput":"la cuenta","intent":"PedirCuenta","confidence":"alta"}',
  '{"timestamp":"2026-09-04T08:01:55Z","sessionId":"wa-14","userInput":null,"intent":"FallbackIntent"}',
];

/**
 * JSON lines, compressed where the key ends in `.gz`.
 *
 * @param broken how many broken lines are strewn in
 */
export function writeJsonLines(key: string, turns: Turn[], broken: number, random: Random): LogObject {
  const counts = { ...emptyCounts('json-lines'), records: turns.length + broken, broken };
  counts.leftOut.midDialogue = turns.filter(({ isAnswer }) => isAnswer).length;
  const lines = turns.map((turn) => JSON.stringify(interaction(turn, random)));
  for (let index = 0; index < broken; index++)
    lines.splice(random.integer(0, lines.length), 0, random.pick(brokenLines));
  const bytes = strToU8(lines.join('\n') + '\n');
  return { key, bytes: key.endsWith('.gz') ? gzipSync(bytes, { level: 9, mtime: 0 }) : bytes, counts };
}
