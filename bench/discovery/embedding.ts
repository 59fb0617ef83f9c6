import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { openObjectStore } from '../../src/platform/storage/object-store';
import { resolveModel } from '../../src/platform/encoder-models/resolve';
import {
  batchesOf,
  encodeWith,
  loadModel,
  type LoadedModel,
} from '../../src/jobs/discover/embedders/onnx/encoder';
import { readModelSettings } from '../../src/jobs/discover/embedders/onnx/model-files';
import { loadPackages, type Packages } from '../../src/jobs/discover/embedders/onnx/packages';
import { describeMachine } from '../support/machine';
import { markdownTable } from '../support/table';

const shared = join(__dirname, '..', '..', '..', 'shared');
const usage = `Usage: node --import tsx bench/discovery/embedding.ts [--texts 1024] [--repeats 10] [--data FOLDER] [--models FOLDER]

Embedding as the job does it (tokens, batches, inference, points) beside bare onnxruntime, which is given the very same
batches as tensors that are made beforehand. Both run in turn in one process; loading is left out of both.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      texts: { type: 'string', default: '1024' },
      repeats: { type: 'string', default: '10' },
      data: { type: 'string', default: join(shared, 'data') },
      models: { type: 'string', default: join(shared, 'models') },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const texts = clincTexts(values.data).slice(0, Number(values.texts));
  const rows: string[][] = [];
  for (const name of ['all-MiniLM-L6-v2-int8', 'multilingual-e5-small-int8']) {
    rows.push([name, ...(await compare(join(values.models, name), texts, Number(values.repeats)))]);
    console.error(rows.at(-1)!.join(' | '));
  }
  const header = [
    'encoder',
    'bare, texts/s',
    'ours, texts/s',
    'wall time, ours : bare',
    'processor time, ours : bare',
  ];
  console.log(
    `${texts.length} texts, ${values.repeats} times in turn, the fastest of each; ${describeMachine()}\n`,
  );
  console.log(markdownTable(header, rows));
}

function clincTexts(folder: string): string[] {
  const { val, test } = JSON.parse(readFileSync(join(folder, 'clinc150.json'), 'utf8')) as Record<
    'val' | 'test',
    [string, string][]
  >;
  return [...val, ...test].map(([text]) => text);
}

async function compare(folder: string, texts: string[], repeats: number): Promise<string[]> {
  const packages = await loadPackages();
  const model = await resolveModel({ engine: 'onnx', model: folder }, { store: openObjectStore() });
  const loaded = await loadModel(packages, model, readModelSettings(model, undefined));
  const session = await packages.ort.InferenceSession.create(model.modelPath);
  const tensors = tensorsOf(packages, session, loaded, texts);
  const bareMs: number[] = [];
  const oursMs: number[] = [];
  for (let round = 0; round < repeats; round++) {
    bareMs.push(
      await timed(async () => {
        for (const batch of tensors) await session.run(batch);
      }),
    );
    oursMs.push(await timed(() => encodeWith(loaded, texts, () => Promise.resolve())));
  }
  await session.release();
  await loaded.session.close();
  // The fastest round of each is the one that other programs disturbed least.
  const [bare, ours] = [Math.min(...bareMs), Math.min(...oursMs)];
  const perSecond = (ms: number) => String(Math.round(texts.length / (ms / 1_000)));
  return [perSecond(bare), perSecond(ours), (ours / bare).toFixed(3)];
}

function tensorsOf(
  { ort }: Packages,
  session: InferenceSession,
  { tokensOf }: LoadedModel,
  texts: string[],
): Record<string, Tensor>[] {
  const encodings = texts.map(tokensOf);
  return batchesOf(encodings).map((indices) => {
    const batch = indices.map((index) => encodings[index]!);
    const length = Math.max(...batch.map((ids) => ids.length));
    const tensor = (valueOf: (ids: number[], column: number) => number) =>
      new ort.Tensor(
        'int64',
        BigInt64Array.from(
          batch.flatMap((ids) => Array.from({ length }, (_, column) => BigInt(valueOf(ids, column)))),
        ),
        [batch.length, length],
      );
    const inputs: Record<string, Tensor> = {
      input_ids: tensor((ids, column) => ids[column] ?? 0),
      attention_mask: tensor((ids, column) => (column < ids.length ? 1 : 0)),
    };
    if (session.inputNames.includes('token_type_ids')) inputs['token_type_ids'] = tensor(() => 0);
    return inputs;
  });
}

async function timed(action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

void main();
