import { setTimeout as wait } from 'node:timers/promises';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import { defaultEmbeddingBudgetUsd, type BedrockEmbedderSettings } from '../../../../domain/embedding';
import { BudgetExceededError, InvalidConfigurationError, InvalidInputError } from '../../../../domain/errors';
import { askAll, type Pauses } from '../../../../platform/aws/ask-all';
import { invokeModel } from '../../../../platform/bedrock/calls';
import { zeros } from '../../numeric/matrix';
import type { EncodedBatch, SentenceEncoder } from '../embedder';
import { cutCharacters, estimateTokens } from '../tokens';
import { familyOf, type ModelFamily } from './families';

const usualPauses: Pauses = {
  firstDelayMs: 500,
  longestDelayMs: 30_000,
  wait: async (delayMs) => {
    await wait(delayMs);
  },
};

/**
 * A model on Bedrock. Calls that are throttled are repeated, fewer at a time.
 * @throws InvalidConfigurationError for a model or a number of dimensions that it cannot use
 */
export function bedrockEncoder(
  settings: BedrockEmbedderSettings,
  client: BedrockRuntimeClient,
  pauses: Pauses = usualPauses,
): SentenceEncoder {
  const { modelId } = settings;
  const family = requireFamily(modelId);
  const dimensions = requireDimensions(settings, family);
  const cut = (text: string) => cutCharacters(text, family.mostCharacters);
  return {
    identity: ['bedrock', modelId, dimensions ?? 'own', family.mostCharacters].join(' '),
    estimate: (texts) => estimate(texts.map(cut), settings, family),
    async encode(texts, onBatch) {
      await askAll(
        batchesOf(texts.length, family.mostTexts),
        settings.concurrency ?? family.concurrency,
        async (indices) => {
          const body = family.body(
            indices.map((index) => cut(texts[index]!)),
            dimensions,
          );
          return pointsIn(await invokeModel(client, modelId, body), indices, family, modelId);
        },
        async (_, batch) => onBatch(batch),
        pauses,
      );
    },
  };
}

function batchesOf(count: number, size: number): number[][] {
  return Array.from({ length: Math.ceil(count / size) }, (_, batch) =>
    Array.from({ length: Math.min(size, count - batch * size) }, (__, index) => batch * size + index),
  );
}

function estimate(
  texts: readonly string[],
  { modelId, usdPerMillionTokens, budgetUsd = defaultEmbeddingBudgetUsd }: BedrockEmbedderSettings,
  family: ModelFamily,
): { tokens: number; usd: number } {
  const tokens = estimateTokens(texts);
  const usd = (tokens / 1_000_000) * (usdPerMillionTokens ?? family.usdPerMillionTokens);
  if (usd > budgetUsd) {
    throw new BudgetExceededError(
      `Embedding ${texts.length} phrases with ${modelId} would take about ${tokens} tokens, ${usd.toFixed(4)} USD, but the budget is ${budgetUsd} USD. Nothing was asked. Raise discover.embedder.budgetUsd, or choose an embedder that costs nothing.`,
      { modelId, phrases: texts.length, tokens, usd, budgetUsd },
    );
  }
  return { tokens, usd };
}

function pointsIn(answer: unknown, indices: number[], family: ModelFamily, modelId: string): EncodedBatch {
  let vectors: number[][];
  try {
    vectors = family.points(answer);
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause;
    throw otherForm(modelId, cause.issues.map((issue) => issue.path.join('.') || 'answer').join(', '));
  }
  const columns = vectors[0]?.length ?? 0;
  if (vectors.length !== indices.length || vectors.some((one) => one.length !== columns))
    throw otherForm(modelId, `${vectors.length} points for ${indices.length} texts`);
  const points = zeros(vectors.length, columns);
  vectors.forEach((one, row) => points.values.set(one, row * columns));
  return { indices, points };
}

function otherForm(modelId: string, what: string): InvalidInputError {
  return new InvalidInputError(
    `The model ${modelId} answered in another form than its documentation says (${what}). Choose another model.`,
    { modelId, what },
  );
}

function requireFamily(modelId: string): ModelFamily {
  const family = familyOf(modelId);
  if (family !== undefined) return family;
  throw new InvalidConfigurationError(
    `The model ${modelId} is not known to embed texts. Use amazon.titan-embed-text-v2:0 or cohere.embed-multilingual-v3.`,
    { modelId },
  );
}

function requireDimensions(
  { modelId, dimensions }: BedrockEmbedderSettings,
  family: ModelFamily,
): number | undefined {
  const chosen = dimensions ?? family.dimensions?.[0];
  if (dimensions === undefined || family.dimensions?.includes(dimensions)) return chosen;
  throw new InvalidConfigurationError(
    family.dimensions === null
      ? `The model ${modelId} has its own number of dimensions: leave out discover.embedder.dimensions.`
      : `The model ${modelId} has no points of ${dimensions} numbers. Choose ${family.dimensions.join(', ')}.`,
    { modelId, dimensions },
  );
}
