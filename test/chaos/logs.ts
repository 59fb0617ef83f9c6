import { shuffled } from '../../src/domain/random';
import type { Topic } from './phrases';

/** The logs of one cycle, with what is true of them. */
export interface CycleLogs {
  /** Content by the object's name. */
  objects: Record<string, string>;
  records: number;
  /** Records that no program could use. */
  broken: number;
}

const objectsOfCycle = 3;
const knownTurns = 6;
const mostRepetitions = 3;
const brokenLines = ['{"timestamp":"2026-01-01T00:00:00Z","userInput":', '{"userInput":5,"intent":null}'];

/**
 * What people said since the last cycle: a new topic that the bot does not understand, some that it does, and a few
 * lines that are broken.
 * @param known the topics that the bot was made with
 */
export function createLogs(
  cycle: number,
  fresh: Topic,
  known: readonly Topic[],
  random: () => number,
): CycleLogs {
  const key = String(cycle).padStart(4, '0');
  let turn = 0;
  const line = (userInput: string, answer: object) =>
    JSON.stringify({
      timestamp: new Date(Date.UTC(2026, 0, 1 + cycle, 8, 0, turn++)).toISOString(),
      sessionId: `s-${key}-${turn}`,
      userInput,
      ...answer,
    });
  const missed = fresh.phrases.flatMap((phrase) =>
    Array.from({ length: 1 + Math.floor(random() * mostRepetitions) }, () =>
      line(phrase, { intent: 'FallbackIntent' }),
    ),
  );
  const understood = Array.from({ length: knownTurns }, () => {
    const topic = known[Math.floor(random() * known.length)]!;
    return line(topic.phrases[0]!, { intent: topic.name, confidence: 0.93 });
  });
  const lines = shuffled([...missed, ...understood, ...brokenLines], random);
  const objects: Record<string, string> = {};
  for (let part = 0; part < objectsOfCycle; part++) {
    const own = lines.filter((_, index) => index % objectsOfCycle === part);
    objects[`${key}/part-${part}.jsonl`] = `${own.join('\n')}\n`;
  }
  return { objects, records: lines.length, broken: brokenLines.length };
}
