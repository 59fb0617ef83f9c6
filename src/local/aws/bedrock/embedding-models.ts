import { z } from 'zod';
import { invalidRequest } from './errors';
import { countTokens, hashedEmbedding } from './hashed-embedding';

/** A model that embeds: takes the body of a request and gives that of the answer. */
type EmbeddingModel = (body: unknown) => object;

const titanBody = z.strictObject({
  inputText: z.string().min(1).max(50_000),
  dimensions: z.union([z.literal(256), z.literal(512), z.literal(1024)]).default(1024),
  normalize: z.boolean().default(true),
  embeddingTypes: z.array(z.enum(['float', 'binary'])).optional(),
});
const titanMostTokens = 8_192;

const cohereBody = z.strictObject({
  texts: z.array(z.string().min(1).max(2_048)).min(1).max(96),
  input_type: z.enum(['search_document', 'search_query', 'classification', 'clustering']),
  truncate: z.enum(['NONE', 'START', 'END']).default('NONE'),
  embedding_types: z.array(z.enum(['float', 'int8', 'uint8', 'binary', 'ubinary'])).optional(),
});
const cohereDimensions = 1024;
const cohereMostTokens = 512;

/** Amazon Titan Text Embeddings V2: see "Amazon Titan Embeddings G1 - Text" in the Bedrock guide, request V2. */
function titan(body: unknown): object {
  const { inputText, dimensions, embeddingTypes = ['float'] } = parse(titanBody, body);
  const tokens = countTokens(inputText);
  if (tokens > titanMostTokens)
    throw invalidRequest(
      `400 Bad Request: Too many input tokens. Max input tokens: ${titanMostTokens}, request input token count: ${tokens}`,
    );
  const embedding = hashedEmbedding(inputText, dimensions);
  const binary = embedding.map((value) => (value > 0 ? 1 : 0));
  const all = { float: embedding, binary };
  return {
    embedding,
    inputTextTokenCount: tokens,
    embeddingsByType: Object.fromEntries(embeddingTypes.map((type) => [type, all[type]])),
  };
}

/** Cohere Embed V3: see "Cohere Embed v3" in the Bedrock guide. */
function cohere(body: unknown): object {
  const { texts, truncate, embedding_types: types } = parse(cohereBody, body);
  if (types?.some((type) => type !== 'float'))
    throw invalidRequest('Only embeddings of type float are made here.');
  if (truncate === 'NONE' && texts.some((text) => countTokens(text) > cohereMostTokens))
    throw invalidRequest('too many tokens: truncate is NONE and a text is over 512 tokens');
  const vectors = texts.map((text) => hashedEmbedding(text, cohereDimensions));
  return {
    id: 'local',
    texts,
    response_type: types === undefined ? 'embeddings_floats' : 'embeddings_by_type',
    embeddings: types === undefined ? vectors : { float: vectors },
  };
}

/** By model id. */
export const embeddingModels: ReadonlyMap<string, EmbeddingModel> = new Map([
  ['amazon.titan-embed-text-v2:0', titan],
  ['cohere.embed-multilingual-v3', cohere],
  ['cohere.embed-english-v3', cohere],
]);

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidRequest(
    `Malformed input request: #/${issue!.path.join('/')}: ${issue!.message}, please reformat your input and try again.`,
  );
}
