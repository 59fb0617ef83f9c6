import type { OnnxEmbedderSettings } from '../../../../domain/embedding';
import { InvalidConfigurationError } from '../../../../domain/errors';
import {
  resolveModel,
  type ResolvedModel,
  type ResolveModelOptions,
} from '../../../../platform/encoder-models/resolve';
import type { EncodedBatch, SentenceEncoder } from '../embedder';
import { reasonOf } from '../reason';
import { cutCharacters } from '../tokens';
import { readModelSettings, type ModelSettings } from './model-files';
import { loadPackages, type Packages, type Tokenizer } from './packages';
import { openSession, type EncoderSession } from './session';

const textsOfBatch = 64;
/** Long texts come in smaller batches: attention takes memory by the square of the length. */
const tokensOfBatch = 8_192;
/** No token of these models is longer on average, and a tokenizer takes its time for what is cut off anyway. */
const mostCharactersOfToken = 16;

/**
 * A sentence encoder in ONNX with its tokenizer.
 * @throws InvalidConfigurationError when the optional packages are missing, or a file of the model is or cannot be used
 * @throws ServiceUnavailableError when the model has to be fetched and its source does not answer
 */
export async function onnxEncoder(
  settings: OnnxEmbedderSettings,
  options: ResolveModelOptions,
): Promise<SentenceEncoder> {
  const packages = await loadPackages();
  const model = await resolveModel(settings, options);
  const own = readModelSettings(model, settings.prompt);
  const { prompt, maximumTokens, pooling } = own;
  return {
    identity: ['onnx', model.sha256.model, model.sha256.tokenizer, pooling, maximumTokens, prompt].join(' '),
    estimate: () => null,
    async encode(texts, onBatch) {
      const loaded = await loadModel(packages, model, own);
      try {
        await encodeWith(loaded, texts, onBatch);
      } finally {
        await loaded.session.close();
      }
    },
  };
}

/** A model and its tokenizer in memory. */
export interface LoadedModel {
  tokensOf: (text: string) => number[];
  session: EncoderSession;
}

/** @throws InvalidConfigurationError for files that cannot be used */
export async function loadModel(
  { ort, TokenizerClass }: Packages,
  model: ResolvedModel,
  settings: ModelSettings,
): Promise<LoadedModel> {
  const tokenizer = makeTokenizer(TokenizerClass, settings, model.folder);
  const padding = idOf(tokenizer, [settings.paddingToken, '<pad>', '[PAD]']);
  const unknown = idOf(tokenizer, [settings.unknownToken, '<unk>', '[UNK]']);
  return {
    tokensOf: (text) => tokensOf(tokenizer, text, settings, unknown),
    session: await openSession(ort, model.modelPath, padding, settings.pooling),
  };
}

/** Encodes in batches of alike lengths. */
export async function encodeWith(
  { tokensOf, session }: LoadedModel,
  texts: readonly string[],
  onBatch: (batch: EncodedBatch) => Promise<void>,
): Promise<void> {
  const encodings = texts.map(tokensOf);
  for (const indices of batchesOf(encodings)) {
    await onBatch({ indices, points: await session.run(indices.map((index) => encodings[index]!)) });
  }
}

function makeTokenizer(
  TokenizerClass: Packages['TokenizerClass'],
  { tokenizer, tokenizerConfiguration }: ModelSettings,
  folder: string,
): Tokenizer {
  try {
    return new TokenizerClass(tokenizer, tokenizerConfiguration);
  } catch (cause) {
    throw new InvalidConfigurationError(
      `The tokenizer of ${folder} cannot be used: ${reasonOf(cause)}. Fetch the model again, or choose another one.`,
      { folder, file: 'tokenizer.json' },
      true,
      { cause },
    );
  }
}

/** Keeps the closing special token when a text is too long for the model. */
function tokensOf(
  tokenizer: Tokenizer,
  text: string,
  { prompt, maximumTokens }: ModelSettings,
  unknown: number,
): number[] {
  const { ids } = tokenizer.encode(prompt + cutCharacters(text, maximumTokens * mostCharactersOfToken));
  // Without any token there would be nothing to take the mean of.
  if (ids.length === 0) return [unknown];
  const known = ids.map((id) => id ?? unknown);
  return known.length <= maximumTokens ? known : [...known.slice(0, maximumTokens - 1), known.at(-1)!];
}

/** Alike lengths share a batch, so that little of it is padding. */
export function batchesOf(encodings: readonly { length: number }[]): number[][] {
  const order = encodings.map((_, index) => index);
  order.sort((a, b) => encodings[a]!.length - encodings[b]!.length || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const index of order) {
    // The order makes this the longest so far.
    const isFull =
      batch.length === textsOfBatch || (batch.length + 1) * encodings[index]!.length > tokensOfBatch;
    if (isFull && batch.length > 0) {
      batches.push(batch);
      batch = [];
    }
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** The id of the first of these tokens that the tokenizer has; 0 where it has none. */
function idOf(tokenizer: Tokenizer, candidates: readonly (string | undefined)[]): number {
  for (const candidate of candidates) {
    const id = candidate === undefined ? undefined : tokenizer.token_to_id(candidate);
    if (id !== undefined) return id;
  }
  return 0;
}
