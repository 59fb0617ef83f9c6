import { z } from 'zod';

/** How a family of models on Bedrock is asked for embeddings. */
export interface ModelFamily {
  /** Texts in one call. */
  mostTexts: number;
  /** Longer texts are cut. */
  mostCharacters: number;
  /** Numbers of a point that can be chosen, the usual one first; null where the model has its own. */
  dimensions: readonly number[] | null;
  /** List price of AWS in US regions. */
  usdPerMillionTokens: number;
  /** Calls at once that the usual quotas allow. */
  concurrency: number;
  body(texts: readonly string[], dimensions: number | undefined): object;
  /** @throws ZodError for an answer of another form */
  points(answer: unknown): number[][];
}

const vector = z.array(z.number()).min(1);

/** Amazon Titan Text Embeddings V2: one text a call, of at most 8,192 tokens. */
const titan: ModelFamily = {
  mostTexts: 1,
  // Every character is at most three tokens of a byte each, so that this is within the limit in any script.
  mostCharacters: 2_048,
  dimensions: [512, 256, 1024],
  usdPerMillionTokens: 0.02,
  concurrency: 10,
  body: ([inputText], dimensions) => ({ inputText, dimensions, normalize: true }),
  points: (answer) => [z.object({ embedding: vector }).parse(answer).embedding],
};

/** Cohere Embed: 96 texts a call, of at most 2,048 characters; what is over its tokens is cut by the model. */
const cohere: ModelFamily = {
  mostTexts: 96,
  mostCharacters: 2_048,
  dimensions: null,
  usdPerMillionTokens: 0.1,
  concurrency: 4,
  body: (texts) => ({ texts, input_type: 'clustering', truncate: 'END' }),
  points: (answer) => {
    const vectors = z.array(vector);
    const { embeddings } = z
      .object({ embeddings: z.union([vectors, z.object({ float: vectors })]) })
      .parse(answer);
    return Array.isArray(embeddings) ? embeddings : embeddings.float;
  },
};

/** The family of a model's id, also behind an inference profile; undefined for a model that does not embed texts. */
export function familyOf(modelId: string): ModelFamily | undefined {
  if (/amazon\.titan-embed-text-v2/.test(modelId)) return titan;
  if (/cohere\.embed-/.test(modelId)) return cohere;
  return undefined;
}
