import { setTimeout as wait } from 'node:timers/promises';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { ModelSuggestion, NamingSettings, NamingUsage } from '../../../domain/embedding';
import { askAll, type Pauses } from '../../../platform/aws/ask-all';
import { createBedrockClient } from '../../../platform/aws/clients';
import { awsFailureKind } from '../../../platform/aws/errors';
import { converse, type ConverseAnswer } from '../../../platform/bedrock/calls';
import { readAnswer } from './answer';
import { Budget } from './budget';
import { questionAbout, systemPrompt, type BotStyle, type NamedProposal } from './question';

const concurrency = 4;
const maxOutputTokens = 200;
const usualPauses: Pauses = {
  firstDelayMs: 500,
  longestDelayMs: 8_000,
  wait: async (delayMs) => {
    await wait(delayMs);
  },
};

export interface NamingOptions {
  client?: BedrockRuntimeClient;
  /** Between two tries of a call that was throttled. */
  pauses?: Pauses;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Has a model on Bedrock suggest a name and a description for each proposal, the first ones first, as far as the budget
 * reaches. It never throws: what went wrong stands in the notes.
 *
 * @returns suggestions by proposal id, and what they took
 */
export async function suggestWithModel(
  proposals: readonly NamedProposal[],
  style: BotStyle,
  settings: NamingSettings,
  { client = createBedrockClient(), pauses = usualPauses, onProgress = () => {} }: NamingOptions = {},
): Promise<{ suggestions: Map<string, ModelSuggestion>; usage: NamingUsage }> {
  const budget = new Budget(settings);
  const suggestions = new Map<string, ModelSuggestion>();
  const usage = { calls: 0, inputTokens: 0, outputTokens: 0 };
  const notes: string[] = [];
  let useless = 0;
  let unaffordable = 0;
  let done = 0;

  const ask = async (proposal: NamedProposal): Promise<ConverseAnswer | null> => {
    const prompt = questionAbout(proposal, style);
    const setAside = budget.setAside([systemPrompt, prompt], maxOutputTokens);
    if (setAside === null) return null;
    let costUsd = 0;
    try {
      usage.calls++;
      const question = { system: systemPrompt, prompt, maxTokens: maxOutputTokens };
      const answer = await converse(client, settings.modelId, question);
      costUsd = budget.priceOf(answer.inputTokens, answer.outputTokens);
      return answer;
    } catch (error) {
      // The answer was lost, but may have been made and be paid for.
      if (awsFailureKind(error) === 'unavailable') costUsd = setAside;
      throw error;
    } finally {
      budget.settle(setAside, costUsd);
    }
  };
  const take = (proposal: NamedProposal, answer: ConverseAnswer | null): Promise<void> => {
    if (answer === null) unaffordable++;
    else {
      usage.inputTokens += answer.inputTokens;
      usage.outputTokens += answer.outputTokens;
      const suggestion = readAnswer(answer.text);
      if (suggestion === null) useless++;
      else suggestions.set(proposal.id, suggestion);
    }
    onProgress(++done, proposals.length);
    return Promise.resolve();
  };

  try {
    await askAll(proposals, concurrency, ask, take, pauses);
  } catch (error) {
    notes.push(`The model was asked no further: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (useless > 0) notes.push(`${useless} answers of the model were of no use.`);
  if (unaffordable > 0)
    notes.push(
      `${unaffordable} proposals were not asked about: the budget of ${settings.budgetUsd} USD did not reach.`,
    );
  return {
    suggestions,
    usage: {
      modelId: settings.modelId,
      suggested: suggestions.size,
      withoutSuggestion: proposals.length - suggestions.size,
      ...usage,
      usd: budget.spentUsd,
      budgetUsd: settings.budgetUsd,
      notes,
    },
  };
}
