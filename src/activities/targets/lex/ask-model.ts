import { heartbeat } from '@temporalio/activity';
import { DescribeBotAliasCommand } from '@aws-sdk/client-lex-models-v2';
import type { Artifact } from '../../../domain/artifact';
import { InvalidInputError } from '../../../domain/errors';
import type { EvaluationItem, Prediction } from '../../../domain/evaluation';
import { lexQuotas } from '../../../domain/quotas';
import { toJsonLines } from '../../../platform/storage/json-lines';
import { readArtifactLines } from '../../artifacts';
import { askAll } from './ask-all';
import type { BotReference } from './bot-reference';
import { callAws } from './calls';
import type { LexDependencies } from './dependencies';
import { PredictionParts } from './prediction-parts';
import { recognize } from './recognize';

export interface AskedModel {
  /** `predictions.jsonl`, in the order of the items. */
  predictions: Artifact;
  answered: number;
  /** Items that cannot be asked: empty, or longer than Lex takes. */
  unanswered: number;
}

export function askModelActivity({ lexModels, lexRuntime, store, polling }: LexDependencies) {
  return {
    /**
     * Asks a version what it makes of every item. Answers are put away as they come, so that an attempt goes on where
     * the last one stopped; they belong to the version and the items, whatever alias was used.
     */
    async askModel(input: {
      bot: BotReference;
      aliasId: string;
      items: Artifact;
      model: 'champion' | 'challenger';
      /** Conversations at once. */
      concurrency: number;
      outputUri: string;
    }): Promise<AskedModel> {
      const { bot, aliasId, outputUri } = input;
      const items = await readArtifactLines<EvaluationItem>(store, input.items);
      const { inputCharacters } = lexQuotas(bot.localeId);
      const askable = items.filter(({ text }) => text.trim() !== '' && text.length <= inputCharacters);
      if (askable.length === 0) {
        throw new InvalidInputError(
          `None of the ${items.length} items can be asked of the ${input.model}: the golden set has no usable utterance.`,
          { items: items.length, uri: input.items.uri },
        );
      }
      const version = await versionOf(bot, aliasId);
      const folder = `${outputUri}parts/version-${version}-items-${input.items.sha256.slice(0, 12)}/`;
      const parts = await PredictionParts.open(store, folder);
      const beat = () => heartbeat({ done: parts.size, total: askable.length });
      beat();
      try {
        await askAll(
          askable.filter(({ id }) => !parts.has(id)),
          input.concurrency,
          async ({ id, text }): Promise<Prediction> => {
            beat();
            return { itemId: id, ...(await recognize(lexRuntime, bot, aliasId, text)) };
          },
          async (_item, prediction) => {
            await parts.add(prediction);
            beat();
          },
          polling,
        );
      } finally {
        await parts.flush();
      }
      const predictions = items.flatMap(({ id }) => parts.get(id) ?? []);
      return {
        predictions: await store.putArtifact(`${outputUri}predictions.jsonl`, toJsonLines(predictions), {
          rows: predictions.length,
          schemaVersion: 1,
        }),
        answered: predictions.length,
        unanswered: items.length - predictions.length,
      };
    },
  };

  async function versionOf({ botId, botName }: BotReference, botAliasId: string): Promise<string> {
    const { botVersion } = await callAws(
      'DescribeBotAlias',
      `alias ${botAliasId} of bot ${botName}`,
      (options) => lexModels.send(new DescribeBotAliasCommand({ botId, botAliasId }), options),
    );
    return botVersion!;
  }
}
