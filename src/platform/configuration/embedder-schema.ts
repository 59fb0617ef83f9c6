import { z } from 'zod';
import {
  defaultEmbeddingBudgetUsd,
  shortEmbedderForm,
  type EmbedderChoice,
  type NamingSettings,
} from '../../domain/embedding';

const shortForms = 'lexical, onnx:MODEL or bedrock:MODEL_ID';
const modelId = z
  .string({ error: 'must be the id of a model on Bedrock' })
  .regex(/^\S{1,2048}$/, { error: 'must be the id of a model on Bedrock' });
const budget = (description: string) =>
  z.number().positive().max(10_000).default(defaultEmbeddingBudgetUsd).describe(description);
const price = (what: string) => z.number().min(0).max(1_000).describe(`What a million ${what} cost, in USD.`);

const onnx = z
  .strictObject({
    engine: z.literal('onnx').describe('A sentence encoder that runs where the job runs.'),
    model: z
      .string({ error: 'must be a folder, an s3:// prefix or hub:ORGANISATION/NAME@REVISION' })
      .regex(/^\S/, { error: 'must be a folder, an s3:// prefix or hub:ORGANISATION/NAME@REVISION' })
      .describe(
        'A folder, `s3://BUCKET/PREFIX/`, or `hub:ORGANISATION/NAME@REVISION` (a commit’s hash); what is not a folder is fetched once and kept in the user’s cache folder.',
      ),
    file: z
      .string()
      .regex(/^(?!\/)(?!.*\.\.)\S+$/, { error: 'must be a path below the model, such as onnx/model.onnx' })
      .optional()
      .describe(
        'The model’s file; else the first of `model.onnx`, `onnx/model_quantized.onnx`, `onnx/model.onnx`.',
      ),
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, { error: 'must be 64 hexadecimal digits' })
      .optional()
      .describe('SHA-256 that the model’s file must have; else that of the first fetch counts.'),
    hub: z
      .string()
      .regex(/^https?:\/\/\S+$/, { error: 'must be an http(s) URL' })
      .optional()
      .describe('Base URL of a mirror of the hub; else `HF_ENDPOINT`, else the public hub.'),
    prompt: z
      .string()
      .optional()
      .describe('Stands before every text; else what the model’s files say, `query: ` for the E5 family.'),
  })
  .describe('A sentence encoder in ONNX.');

const bedrock = z
  .strictObject({
    engine: z.literal('bedrock').describe('A model on Amazon Bedrock.'),
    modelId: modelId.describe('`amazon.titan-embed-text-v2:0` or `cohere.embed-multilingual-v3`.'),
    dimensions: z
      .union([z.literal(256), z.literal(512), z.literal(1024)], { error: 'must be 256, 512 or 1024' })
      .optional()
      .describe('Numbers of a point, of Titan: 512 where not given.'),
    usdPerMillionTokens: z
      .number()
      .min(0)
      .max(1_000)
      .optional()
      .describe('What a million tokens cost, in USD: 0.02 (Titan) or 0.10 (Cohere) where not given.'),
    budgetUsd: budget('When the estimate of a cycle is above this, nothing is asked and the stage fails.'),
    concurrency: z.int().min(1).max(100).optional().describe('Calls at once; fewer while Bedrock throttles.'),
  })
  .describe('A model on Amazon Bedrock; estimated and held to a budget before the first call.');

/** `discover.embedder` of a pipeline file, and `embedder` of a job's parameters. */
export const embedderSchema = z.union(
  [
    z.string({ error: `must be ${shortForms}` }).regex(shortEmbedderForm, { error: `must be ${shortForms}` }),
    z.discriminatedUnion('engine', [onnx, bedrock], { error: 'needs an engine: onnx or bedrock' }),
  ],
  { error: `must be ${shortForms}, or a section with an engine` },
) satisfies z.ZodType<EmbedderChoice>;

/** `discover.naming` of a pipeline file, and `naming` of a job's parameters. */
export const namingSchema = z
  .strictObject({
    engine: z.literal('bedrock').describe('A model on Amazon Bedrock that holds conversations.'),
    modelId: modelId.describe('Id of the model or of an inference profile.'),
    usdPerMillionInputTokens: price('tokens that it reads'),
    usdPerMillionOutputTokens: price('tokens that it writes'),
    budgetUsd: z
      .number()
      .positive()
      .max(10_000)
      .default(1)
      .describe('No question is asked that could bring a cycle above this.'),
  })
  .describe(
    'Where given, a model suggests names and descriptions beside ours; it reads a proposal’s most typical phrases, in which personal data has been replaced.',
  ) satisfies z.ZodType<NamingSettings>;
