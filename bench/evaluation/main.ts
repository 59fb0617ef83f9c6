import { parseArgs } from 'node:util';
import { MockActivityEnvironment } from '@temporalio/testing';
import { askAll } from '../../src/activities/targets/lex/ask-all';
import { recognize } from '../../src/activities/targets/lex/recognize';
import { adaptivePolling } from '../../src/activities/targets/lex/polling';
import { describeMachine } from '../support/machine';
import { markdownTable, ratio } from '../support/table';
import { startBot } from './bot';

const usage = `Usage: npm run bench -- evaluation [--questions 800] [--allowed 10] [--answer-ms 200]

Asks the local Lex questions as an evaluation does, and states which share of the conversations that are allowed at once
was busy: with as many as are allowed, and with twice as many, so that the service throttles. The peer is a plain pool
that always has the whole number under way and simply asks a throttled question again.`;

interface Measured {
  seconds: number;
  /** Time of the calls that were answered, in seconds. */
  answeringSeconds: number;
  calls: number;
}

type AskMany = (
  questions: readonly string[],
  concurrency: number,
  ask: (question: string) => Promise<void>,
) => Promise<void>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      questions: { type: 'string', default: '800' },
      allowed: { type: 'string', default: '10' },
      'answer-ms': { type: 'string', default: '200' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const [questions, allowed] = [Number(values.questions), Number(values.allowed)];
  const bot = await startBot({ aliasConcurrency: allowed, recognizeMs: Number(values['answer-ms']) });
  const texts = Array.from({ length: questions }, (_, index) => `a qué hora abrís el día ${index}`);
  const rows: string[][] = [];
  for (const [setting, concurrency] of [
    ['as many as are allowed', allowed],
    ['twice as many: throttled', 2 * allowed],
  ] as const) {
    const plain = await measure(texts, concurrency, plainPool, bot);
    const ours = await measure(texts, concurrency, adaptive, bot);
    const row = (name: string, one: Measured) => [
      `${name}, ${setting}`,
      `${((100 * one.answeringSeconds) / (one.seconds * allowed)).toFixed(0)} %`,
      `${one.seconds.toFixed(1)} s`,
      ratio(one.seconds, plain.seconds),
      String(one.calls - questions),
    ];
    rows.push(row('plain pool', plain), row('Ciclo', ours));
  }
  await bot.stop();
  const headings = ['asked by', 'busy', 'time', 'of the pool', 'throttled calls'];
  console.log(
    `\n${describeMachine()}; ${questions} questions, ${allowed} conversations allowed, ${values['answer-ms']} ms each\n\n` +
      markdownTable(headings, rows),
  );
}

async function measure(
  texts: readonly string[],
  concurrency: number,
  askMany: AskMany,
  { runtime, reference }: Awaited<ReturnType<typeof startBot>>,
): Promise<Measured> {
  let answeringMs = 0;
  let calls = 0;
  const startedMs = performance.now();
  const ask = async (text: string) => {
    calls++;
    const { latencyMs } = await recognize(runtime, reference, reference.aliasId, text);
    answeringMs += latencyMs;
  };
  await new MockActivityEnvironment().run(() => askMany(texts, concurrency, ask));
  return {
    seconds: (performance.now() - startedMs) / 1000,
    answeringSeconds: answeringMs / 1000,
    calls,
  };
}

const adaptive: AskMany = (questions, concurrency, ask) =>
  askAll(questions, concurrency, ask, () => Promise.resolve(), adaptivePolling);

/** Always the whole number under way; what was throttled is asked again at once. */
const plainPool: AskMany = async (questions, concurrency, ask) => {
  const left = [...questions];
  const take = async () => {
    for (let question = left.shift(); question !== undefined; question = left.shift()) {
      const again = question;
      await ask(question).catch(() => left.unshift(again));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, take));
};

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
