import {
  type BedrockRuntimeClient,
  ConverseCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { AccessDeniedError, ServiceUnavailableError, translateAwsError } from '../aws/errors';

/** What a model answered in a conversation. */
export interface ConverseAnswer {
  text: string;
  inputTokens: number;
  outputTokens: number;
}

/** How a call may be ended from outside. */
interface CallOptions {
  abortSignal?: AbortSignal;
}

/**
 * Asks a model on Bedrock with a body of its own form.
 *
 * @param body as the model's inference parameters say
 * @returns the model's answer, parsed as JSON
 * @throws AccessDeniedError, ThrottledError and the others of `translateAwsError`; never with a text of the body
 */
export async function invokeModel(
  client: BedrockRuntimeClient,
  modelId: string,
  body: object,
  options: CallOptions = {},
): Promise<unknown> {
  const command = new InvokeModelCommand({
    modelId,
    contentType: 'application/json',
    accept: 'application/json',
    body: JSON.stringify(body),
  });
  const answer = await translated(modelId, 'InvokeModel', () => client.send(command, options));
  try {
    return JSON.parse(answer.body.transformToString()) as unknown;
  } catch {
    throw unreadable(modelId);
  }
}

/**
 * Asks a model on Bedrock one question.
 *
 * @param question.system what the model is to be
 * @throws the same as `invokeModel`
 */
export async function converse(
  client: BedrockRuntimeClient,
  modelId: string,
  question: { system: string; prompt: string; maxTokens: number },
  options: CallOptions = {},
): Promise<ConverseAnswer> {
  const command = new ConverseCommand({
    modelId,
    system: [{ text: question.system }],
    messages: [{ role: 'user', content: [{ text: question.prompt }] }],
    // The most likely words: the same question gets much the same answer.
    inferenceConfig: { maxTokens: question.maxTokens, temperature: 0 },
  });
  const { output, usage } = await translated(modelId, 'Converse', () => client.send(command, options));
  return {
    text: (output?.message?.content ?? []).map((block) => block.text ?? '').join(''),
    inputTokens: usage?.inputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
  };
}

async function translated<T>(modelId: string, operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const named = translateAwsError(error, { operation, subject: `model ${modelId}` });
    if (!(named instanceof AccessDeniedError)) throw named;
    // Two locks on one door: the policy of the caller and the account's access to the model.
    throw new AccessDeniedError(
      `${named.message} The account must also have access to the model ${modelId} in this region (Bedrock console, Model access), and the action is bedrock:InvokeModel.`,
      { ...named.facts, modelId },
      true,
      { cause: error },
    );
  }
}

function unreadable(modelId: string): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `InvokeModel (model ${modelId}) failed: the answer cannot be read as JSON. It is worth another try; look whether a proxy stands between.`,
    { operation: 'InvokeModel', modelId },
    false,
  );
}
