import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type * as Onnx from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import { CicloError, InvalidConfigurationError } from '../../../domain/errors';
import { normalizeRows, zeros, type Matrix } from '../numeric/matrix';
import type { Embedder } from './embedder';

const batchSize = 64;
const defaultMaximumTokens = 512;

const tokenizerFile = z.looseObject({ model: z.looseObject({ type: z.string().optional() }) });
const addedToken = z.union([z.string(), z.looseObject({ content: z.string() })]);
const tokenizerConfiguration = z.looseObject({
  tokenizer_class: z.string().optional(),
  pad_token: addedToken.nullish(),
  model_max_length: z.number().optional(),
});
/** `prompts` and `default_prompt_name` as sentence-transformers saves them. */
const sentenceTransformersConfiguration = z.looseObject({
  prompts: z.record(z.string(), z.string()).optional(),
  default_prompt_name: z.string().nullish(),
});

/**
 * A sentence encoder in ONNX from a folder with `model.onnx`, `tokenizer.json` and, optionally,
 * `tokenizer_config.json` and `config_sentence_transformers.json`. The model takes `input_ids` and `attention_mask`
 * (and `token_type_ids` where it asks for them) and gives `sentence_embedding`, or token embeddings, whose mean is taken.
 * @throws InvalidConfigurationError when a file is missing or unusable, or the optional packages are not installed
 */
export function onnxEmbedder(folder: string): Embedder {
  return {
    name: `onnx:${folder}`,
    embed: (texts, onProgress) => embed(resolve(folder), texts, onProgress),
  };
}

async function embed(
  folder: string,
  texts: readonly string[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Matrix> {
  const encoder = await load(folder);
  try {
    const encodings = texts.map((text) => encoder.encode(text));
    // Alike lengths share a batch, so that little of it is padding.
    const order = encodings.map((_, index) => index);
    order.sort((a, b) => encodings[a]!.length - encodings[b]!.length || a - b);
    let points: Matrix | undefined;
    for (let start = 0; start < order.length; start += batchSize) {
      const batch = order.slice(start, start + batchSize);
      const vectors = await encoder.run(batch.map((index) => encodings[index]!));
      points ??= zeros(texts.length, vectors.columns);
      for (let row = 0; row < batch.length; row++) {
        points.values.set(
          vectors.values.subarray(row * vectors.columns, (row + 1) * vectors.columns),
          batch[row]! * vectors.columns,
        );
      }
      onProgress(Math.min(start + batchSize, order.length), order.length);
    }
    return normalizeRows(points ?? zeros(texts.length, 1));
  } finally {
    await encoder.close();
  }
}

/** What is used of `@huggingface/tokenizers`, whose own declarations do not resolve from CommonJS. */
interface Tokenizer {
  encode(text: string): { ids: number[] };
  token_to_id(token: string): number | undefined;
}
type TokenizerConstructor = new (tokenizer: object, configuration: object) => Tokenizer;

interface Encoder {
  encode(text: string): number[];
  run(batch: number[][]): Promise<Matrix>;
  close(): Promise<void>;
}

async function load(folder: string): Promise<Encoder> {
  const { ort, TokenizerClass } = await loadPackages();
  const tokenizerJson = readJson(folder, 'tokenizer.json', tokenizerFile);
  const configuration = existsSync(join(folder, 'tokenizer_config.json'))
    ? readJson(folder, 'tokenizer_config.json', tokenizerConfiguration)
    : {};
  const tokenizer = new TokenizerClass(tokenizerJson, configuration);
  const prefix = promptOf(folder, configuration.tokenizer_class);
  const limit = Math.min(configuration.model_max_length ?? defaultMaximumTokens, defaultMaximumTokens);
  const padding = paddingId(tokenizer, configuration.pad_token);
  const session = await openSession(ort, folder);
  return {
    encode: (text) => truncate(tokenizer.encode(prefix + text).ids, limit),
    run: (batch) => run(ort, session, batch, padding, folder),
    close: () => session.release(),
  };
}

/** Keeps the closing special token when a text is too long for the model. */
function truncate(ids: number[], limit: number): number[] {
  return ids.length <= limit ? ids : [...ids.slice(0, limit - 1), ids.at(-1)!];
}

async function loadPackages() {
  try {
    const [ort, tokenizers] = await Promise.all([
      import('onnxruntime-node'),
      import('@huggingface/tokenizers'),
    ]);
    return { ort, TokenizerClass: (tokenizers as { Tokenizer: TokenizerConstructor }).Tokenizer };
  } catch (cause) {
    throw new InvalidConfigurationError(
      'The embedder onnx:FOLDER needs the optional packages onnxruntime-node and @huggingface/tokenizers, which could ' +
        'not be loaded. Install them (ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node ' +
        '@huggingface/tokenizers) or use the embedder "lexical".',
      { embedder: 'onnx', reason: reasonOf(cause) },
      true,
      { cause },
    );
  }
}

function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const path = join(folder, name);
  if (!existsSync(path)) {
    throw new InvalidConfigurationError(
      `The model folder ${folder} has no ${name}. Give a folder that holds model.onnx and tokenizer.json.`,
      { folder, missing: name },
    );
  }
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new InvalidConfigurationError(
      `${path} is not usable: ${reasonOf(cause)}. Fetch the model again.`,
      { folder, file: name },
      true,
      { cause },
    );
  }
}

async function openSession(ort: typeof Onnx, folder: string): Promise<InferenceSession> {
  const path = join(folder, 'model.onnx');
  if (!existsSync(path)) {
    throw new InvalidConfigurationError(
      `The model folder ${folder} has no model.onnx. Give a folder that holds model.onnx and tokenizer.json.`,
      { folder, missing: 'model.onnx' },
    );
  }
  let session: InferenceSession;
  try {
    session = await ort.InferenceSession.create(path);
  } catch (cause) {
    throw new InvalidConfigurationError(
      `${path} cannot be loaded as an ONNX model: ${reasonOf(cause)}. Fetch the model again.`,
      { folder, file: 'model.onnx' },
      true,
      { cause },
    );
  }
  const missing = ['input_ids', 'attention_mask'].filter((name) => !session.inputNames.includes(name));
  if (missing.length > 0) {
    throw new InvalidConfigurationError(
      `${path} takes no ${missing.join(' and no ')}: it is not a sentence encoder.`,
      { folder, inputs: [...session.inputNames] },
    );
  }
  return session;
}

/**
 * What the model wants before each text: from its own configuration, else `query: ` for the E5 family (known by its
 * name, or by the XLM-RoBERTa tokenizer in a folder whose name says no other model), else nothing.
 */
function promptOf(folder: string, tokenizerClass: string | undefined): string {
  if (existsSync(join(folder, 'config_sentence_transformers.json'))) {
    const { prompts, default_prompt_name: name } = readJson(
      folder,
      'config_sentence_transformers.json',
      sentenceTransformersConfiguration,
    );
    const prompt = (name && prompts?.[name]) ?? prompts?.['query'];
    if (prompt !== undefined && prompt !== '') return prompt;
  }
  const name = basename(folder).toLowerCase();
  if (/(^|[^a-z0-9])e5([^a-z0-9]|$)/u.test(name)) return 'query: ';
  const otherFamily = /paraphrase|mpnet|minilm|distiluse|labse|bge|gte|jina|snowflake|arctic/u.test(name);
  return tokenizerClass?.startsWith('XLMRoberta') && !otherFamily ? 'query: ' : '';
}

function paddingId(tokenizer: Tokenizer, token: z.infer<typeof addedToken> | null | undefined): number {
  const named = typeof token === 'string' ? token : token?.content;
  for (const candidate of [named, '<pad>', '[PAD]']) {
    const id = candidate === undefined ? undefined : tokenizer.token_to_id(candidate);
    if (id !== undefined) return id;
  }
  return 0;
}

async function run(
  ort: typeof Onnx,
  session: InferenceSession,
  batch: number[][],
  padding: number,
  folder: string,
): Promise<Matrix> {
  const length = Math.max(...batch.map((ids) => ids.length));
  const ids = new BigInt64Array(batch.length * length).fill(BigInt(padding));
  const mask = new BigInt64Array(batch.length * length);
  batch.forEach((tokens, row) => {
    tokens.forEach((token, column) => {
      ids[row * length + column] = BigInt(token);
      mask[row * length + column] = 1n;
    });
  });
  const shape = [batch.length, length];
  const inputs: Record<string, Tensor> = {
    input_ids: new ort.Tensor('int64', ids, shape),
    attention_mask: new ort.Tensor('int64', mask, shape),
  };
  if (session.inputNames.includes('token_type_ids')) {
    inputs['token_type_ids'] = new ort.Tensor('int64', new BigInt64Array(ids.length), shape);
  }
  let outputs: InferenceSession.ReturnType;
  try {
    outputs = await session.run(inputs);
  } catch (cause) {
    throw new CicloError(
      `The model in ${folder} failed on a batch: ${reasonOf(cause)}. Check that tokenizer.json belongs to model.onnx.`,
      { folder },
      true,
      { cause },
    );
  }
  return pool(outputs, batch, folder);
}

function pool(outputs: InferenceSession.ReturnType, batch: number[][], folder: string): Matrix {
  const sentence = outputs['sentence_embedding'];
  if (sentence?.dims.length === 2 && sentence.data instanceof Float32Array) {
    return { rows: batch.length, columns: sentence.dims[1]!, values: sentence.data };
  }
  const tokens = outputs['last_hidden_state'] ?? outputs['token_embeddings'];
  if (tokens?.dims.length !== 3 || !(tokens.data instanceof Float32Array)) {
    throw new InvalidConfigurationError(
      `The model in ${folder} gives ${Object.keys(outputs).join(', ')}; a sentence encoder gives sentence_embedding ` +
        'or last_hidden_state.',
      { folder, outputs: Object.keys(outputs) },
    );
  }
  const [, length, columns] = tokens.dims as [number, number, number];
  const pooled = zeros(batch.length, columns);
  batch.forEach((ids, row) => {
    for (let token = 0; token < ids.length; token++) {
      for (let column = 0; column < columns; column++) {
        pooled.values[row * columns + column]! +=
          (tokens.data[(row * length + token) * columns + column] as number) / ids.length;
      }
    }
  });
  return pooled;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
