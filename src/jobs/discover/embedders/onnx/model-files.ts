import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InvalidConfigurationError } from '../../../../domain/errors';
import type { ResolvedModel } from '../../../../platform/encoder-models/resolve';
import { reasonOf } from '../reason';

const defaultMaximumTokens = 512;

const addedToken = z.union([z.string(), z.looseObject({ content: z.string() })]);
const tokenizerSchema = z.looseObject({
  model: z.looseObject({ type: z.string().optional(), unk_token: z.string().nullish() }),
});
const tokenizerConfigurationSchema = z.looseObject({
  tokenizer_class: z.string().optional(),
  pad_token: addedToken.nullish(),
  model_max_length: z.number().optional(),
});
/** `prompts` and `default_prompt_name` as sentence-transformers saves them. */
const promptsSchema = z.looseObject({
  prompts: z.record(z.string(), z.string()).optional(),
  default_prompt_name: z.string().nullish(),
});
const limitSchema = z.looseObject({ max_seq_length: z.number().nullish() });
const poolingSchema = z.looseObject({
  pooling_mode_cls_token: z.boolean().optional(),
  pooling_mode_mean_tokens: z.boolean().optional(),
});

/** How token embeddings become one point: their mean, or that of the first token. */
export type Pooling = 'mean' | 'first';

/** What a model's files say about how to use it. */
export interface ModelSettings {
  tokenizer: object;
  tokenizerConfiguration: object;
  /** Stands before each text. */
  prompt: string;
  maximumTokens: number;
  /** The padding token by name, where the files name it. */
  paddingToken: string | undefined;
  /** The token of unknown words by name, where the files name it. */
  unknownToken: string | undefined;
  pooling: Pooling;
}

/**
 * Reads `tokenizer.json` and, where they are there, `tokenizer_config.json`, `config_sentence_transformers.json`,
 * `sentence_bert_config.json` and `1_Pooling/config.json`.
 *
 * @param prompt instead of what the files say
 * @throws InvalidConfigurationError for a file that cannot be used
 */
export function readModelSettings(
  { folder, name }: ResolvedModel,
  prompt: string | undefined,
): ModelSettings {
  const tokenizer = readJson(folder, 'tokenizer.json', tokenizerSchema);
  const configuration = readOptional(folder, 'tokenizer_config.json', tokenizerConfigurationSchema) ?? {};
  const limits = [
    configuration.model_max_length,
    readOptional(folder, 'sentence_bert_config.json', limitSchema)?.max_seq_length,
  ].filter((limit) => typeof limit === 'number' && limit > 2);
  const padding = configuration.pad_token;
  return {
    tokenizer,
    tokenizerConfiguration: configuration,
    prompt: prompt ?? promptOf(folder, name, configuration.tokenizer_class),
    maximumTokens: Math.min(defaultMaximumTokens, ...(limits as number[])),
    paddingToken: typeof padding === 'string' ? padding : padding?.content,
    unknownToken: tokenizer.model.unk_token ?? undefined,
    pooling: poolingOf(folder),
  };
}

/**
 * What the model wants before each text: from its own configuration, else `query: ` for the E5 family (known by its
 * name, or by the XLM-RoBERTa tokenizer in a model whose name says no other family), else nothing.
 */
function promptOf(folder: string, modelName: string, tokenizerClass: string | undefined): string {
  const own = readOptional(folder, 'config_sentence_transformers.json', promptsSchema);
  if (own) {
    const { prompts, default_prompt_name: name } = own;
    const prompt = (name && prompts?.[name]) ?? prompts?.['query'];
    if (prompt !== undefined && prompt !== '') return prompt;
  }
  const name = modelName.toLowerCase();
  if (/(^|[^a-z0-9])e5([^a-z0-9]|$)/u.test(name)) return 'query: ';
  const otherFamily = /paraphrase|mpnet|minilm|distiluse|labse|bge|gte|jina|snowflake|arctic/u.test(name);
  return tokenizerClass?.startsWith('XLMRoberta') && !otherFamily ? 'query: ' : '';
}

function poolingOf(folder: string): Pooling {
  const file = '1_Pooling/config.json';
  const pooling = readOptional(folder, file, poolingSchema);
  if (pooling?.pooling_mode_cls_token) return 'first';
  if (pooling === undefined || pooling.pooling_mode_mean_tokens) return 'mean';
  throw new InvalidConfigurationError(
    `${join(folder, file)} asks for another pooling than the mean or the first token. Choose another model.`,
    { folder, file },
  );
}

function readOptional<T>(folder: string, name: string, schema: z.ZodType<T>): T | undefined {
  return existsSync(join(folder, name)) ? readJson(folder, name, schema) : undefined;
}

function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const path = join(folder, name);
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const reason =
      cause instanceof z.ZodError ? z.prettifyError(cause).replace(/\s+/g, ' ') : reasonOf(cause);
    throw new InvalidConfigurationError(
      `${path} is not usable: ${reason}. Fetch the model again.`,
      { folder, file: name },
      true,
      { cause },
    );
  }
}
