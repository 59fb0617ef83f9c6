import type { ConverseRequest, InvokeModelRequest } from '@aws-sdk/client-bedrock-runtime';
import { type HandlerTable, type Input } from '../protocol/handler';
import { conversationModels, extractiveAnswer } from './conversation';
import { embeddingModels } from './embedding-models';
import { invalidRequest, noAccess, tooManyRequests, unknownModel } from './errors';
import { countTokens } from './hashed-embedding';

export interface BedrockOptions {
  /** Models that the account has no access to; none by default. */
  withoutAccess?: readonly string[];
  /** Calls of one model within a second: 100 by default, the quota of Titan (6,000 a minute). */
  mostCallsPerSecond?: number;
}

const defaultMaxTokens = 512;

/**
 * Bedrock's runtime: InvokeModel for embeddings by Titan and Cohere, and Converse. There is no model behind it:
 * embeddings are hashed words and character runs, answers are taken from the question.
 */
export function createBedrock({
  withoutAccess = [],
  mostCallsPerSecond = 100,
}: BedrockOptions = {}): HandlerTable {
  const callsOfModel = new Map<string, number[]>();

  const requireModel = (modelId: string, known: { has(modelId: string): boolean }) => {
    if (!embeddingModels.has(modelId) && !conversationModels.has(modelId)) throw unknownModel();
    if (withoutAccess.includes(modelId)) throw noAccess();
    if (!known.has(modelId))
      throw invalidRequest('The model does not support this operation. Use another operation or model.');
    const now = Date.now();
    const recent = (callsOfModel.get(modelId) ?? []).filter((at) => at > now - 1_000);
    if (recent.length >= mostCallsPerSecond) throw tooManyRequests();
    callsOfModel.set(modelId, [...recent, now]);
  };

  return {
    InvokeModel({ modelId, body }: Input<InvokeModelRequest>) {
      requireModel(modelId, embeddingModels);
      const answer = embeddingModels.get(modelId)!(parseJson(body));
      return { body: Buffer.from(JSON.stringify(answer)), contentType: 'application/json' };
    },

    Converse({ modelId, messages, system, inferenceConfig }: Input<ConverseRequest>) {
      requireModel(modelId, conversationModels);
      const [first] = messages ?? [];
      if (first?.role !== 'user')
        throw invalidRequest(
          'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
        );
      const question = (first.content ?? []).map((block) => block.text ?? '').join('\n');
      if (question.trim() === '')
        throw invalidRequest('The text field in the ContentBlock object at messages.0.content.0 is blank.');
      const instructions = (system ?? []).map((block) => block.text ?? '').join('\n');
      const answer = extractiveAnswer(question, inferenceConfig?.maxTokens ?? defaultMaxTokens);
      const inputTokens = countTokens(`${instructions}\n${question}`);
      return {
        output: { message: { role: 'assistant', content: [{ text: answer.text }] } },
        stopReason: answer.isCut ? 'max_tokens' : 'end_turn',
        usage: { inputTokens, outputTokens: answer.tokens, totalTokens: inputTokens + answer.tokens },
        metrics: { latencyMs: 1 },
      };
    },
  };
}

function parseJson(body: unknown): unknown {
  try {
    return JSON.parse(Buffer.from(body as Uint8Array).toString('utf8'));
  } catch {
    throw invalidRequest('Malformed input request, please reformat your input and try again.');
  }
}
