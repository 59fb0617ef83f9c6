import { gzipSync, strToU8 } from 'fflate';
import type { Turn } from '../conversations';
import type { Random } from '../random';
import { lexLines, type LexExtras, type LexLine } from './lex';
import type { LogObject } from './log-object';

export interface FirehoseExtras extends LexExtras {
  /** Connection checks of CloudWatch Logs. */
  controlMessages: number;
  /** Lines that are delivered a second time, as at-least-once delivery may do. */
  duplicates: number;
  /** The object ends in the middle of an envelope: what was in that envelope is lost, as one broken record. */
  isCut: boolean;
}

/**
 * Conversation logs on the way that they take to S3: CloudWatch Logs puts a few lines into an envelope, Firehose
 * appends envelope to envelope without a line break.
 *
 * @param isMemberPerEnvelope true: each envelope is a gzip member of its own, as CloudWatch Logs compresses them;
 *   false: Firehose decompressed them and compressed the whole object
 */
export function writeFirehoseObject(
  key: string,
  turns: Turn[],
  extras: FirehoseExtras,
  isMemberPerEnvelope: boolean,
  botId: string,
  random: Random,
): LogObject {
  const { lines, counts } = lexLines(turns, extras, botId, random);
  counts.format = 'lex-firehose';
  const logStream = `produccion/${random.uuid()}`;
  const envelopes: string[] = [];
  for (let at = 0; at < lines.length;) {
    const size = random.integer(4, 16);
    envelopes.push(envelope(lines.slice(at, at + size), logStream, random));
    at += size;
  }
  if (extras.duplicates > 0) {
    const sound = lines.filter(({ isWholeRequest }) => isWholeRequest).slice(0, extras.duplicates);
    envelopes.push(envelope(sound, logStream, random));
    counts.records += sound.length;
    counts.leftOut.duplicate = sound.length;
  }
  for (let index = 0; index < extras.controlMessages; index++) {
    envelopes.splice(random.integer(0, envelopes.length), 0, controlMessage(lines[0]!.timeMs));
    counts.records += 1;
    counts.leftOut.controlMessage += 1;
  }
  if (extras.isCut) {
    const whole = envelope(lines.slice(-1), logStream, random);
    envelopes.push(whole.slice(0, whole.length >> 1));
    counts.records += 1;
    counts.broken += 1;
  }
  const members = isMemberPerEnvelope ? envelopes : [envelopes.join('')];
  const compressed = members.map((text) => gzipSync(strToU8(text), { level: 9, mtime: 0 }));
  return { key, bytes: Buffer.concat(compressed), counts };
}

function envelope(lines: LexLine[], logStream: string, random: Random): string {
  return JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner: '111122223333',
    logGroup: '/aws/lex/CafeBot',
    logStream,
    subscriptionFilters: ['cafe-conversations'],
    logEvents: lines.map(({ timeMs, text }) => ({
      id: `3${timeMs}${random.integer(1e8, 9e8)}`.padEnd(56, '0'),
      timestamp: timeMs,
      message: text,
    })),
  });
}

function controlMessage(timeMs: number): string {
  return JSON.stringify({
    messageType: 'CONTROL_MESSAGE',
    owner: 'CloudwatchLogs',
    logGroup: '',
    logStream: '',
    subscriptionFilters: [],
    logEvents: [
      { id: '', timestamp: timeMs, message: 'CWL CONTROL MESSAGE: Checking health of destination Firehose.' },
    ],
  });
}
