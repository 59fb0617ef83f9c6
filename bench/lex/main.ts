import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rankIntents, trainIntentModel } from '../../src/local/aws/lex/nlu/model';
import { describeMachine } from '../support/machine';
import { pythonEnvironment } from '../support/python';
import { markdownTable, ratio } from '../support/table';

const usage = `Usage: npm run bench -- lex [--data ../shared/data/clinc150.json]

Trains the local Lex's language understanding on the 150 intents of CLINC150 and lets it answer the 4,500 test sentences
one by one; scikit-learn's LinearSVC does the same in the same run. The local Lex also states a calibrated confidence and
ranks all intents, which the peer does not.`;

interface Figures {
  trainSeconds: number;
  answersPerSecond: number;
  /** Share 0–1 of the test sentences. */
  accuracy: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: join(__dirname, '..', '..', '..', 'shared', 'data', 'clinc150.json') },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  if (!existsSync(values.data)) {
    throw new Error(
      `There is no ${values.data}. Get data_full.json of clinc/oos-eval and name it with --data.`,
    );
  }
  const ours = measure(JSON.parse(await readFile(values.data, 'utf8')) as Clinc);
  const python = await pythonEnvironment(join(__dirname, 'requirements.txt'));
  const theirs = JSON.parse(
    execFileSync(python, [join(__dirname, 'linear_svc.py'), values.data], { encoding: 'utf8' }),
  ) as Figures;
  const row = (name: string, one: Figures) => [
    name,
    `${one.trainSeconds.toFixed(1)} s`,
    ratio(one.trainSeconds, theirs.trainSeconds),
    one.answersPerSecond.toFixed(0),
    ratio(one.answersPerSecond, theirs.answersPerSecond),
    `${(100 * one.accuracy).toFixed(1)} %`,
  ];
  const headings = ['classifier', 'training', 'of LinearSVC', 'answers/s', 'of LinearSVC', 'accuracy'];
  const rows = [row('local Lex', ours), row('scikit-learn LinearSVC', theirs)];
  console.log(`\n${describeMachine()}\n\n${markdownTable(headings, rows)}`);
}

interface Clinc {
  train: [text: string, intent: string][];
  test: [text: string, intent: string][];
}

function measure({ train, test }: Clinc): Figures {
  const startedMs = performance.now();
  const model = trainIntentModel(train.map(([text, intent]) => ({ text, intent })));
  const trainedMs = performance.now();
  const right = test.filter(([text, intent]) => rankIntents(model, text)[0]?.intent === intent).length;
  const answeredMs = performance.now();
  return {
    trainSeconds: (trainedMs - startedMs) / 1000,
    answersPerSecond: (1000 * test.length) / (answeredMs - trainedMs),
    accuracy: right / test.length,
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
