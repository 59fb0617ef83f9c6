import type { BuiltDataset } from '../../activities/dataset';
import type { BotReference } from '../../activities/targets/lex';
import type { Artifact } from '../../domain/artifact';
import type { Cycle } from '../cycle';
import { reuseOr } from '../reuse';
import { calculation, lex, modelQuestions } from '../stage-activities';
import type { Challenger } from './train';

/** Asks champion and challenger the same items and compares their answers: `evaluation.json`. */
export async function evaluate(
  cycle: Cycle,
  bot: BotReference,
  { items, newIntents }: BuiltDataset,
  challenger: Challenger,
): Promise<Artifact> {
  const { number, uri, configuration } = cycle;
  return cycle.progress.stage('evaluate', async () => {
    const inputs = { items };
    const versions = {
      bot: bot.botId,
      locale: bot.localeId,
      champion: bot.liveVersion,
      challenger: challenger.version,
    };
    const work = { inputs, parameters: versions, dependsOnCode: true };
    const { champion, challenged } = await reuseOr(cycle, 'evaluate', work, async () => {
      const aliases = await lex.pointEvaluationAliases({
        bot,
        championVersion: versions.champion,
        challengerVersion: versions.challenger,
      });
      const ask = (model: 'champion' | 'challenger', aliasId: string) =>
        modelQuestions.askModel({
          bot,
          aliasId,
          items,
          model,
          concurrency: configuration.evaluate.concurrency,
          outputUri: `${uri}evaluate/${model}/`,
        });
      const [first, second] = await Promise.all([
        ask('champion', aliases.championAliasId),
        ask('challenger', aliases.challengerAliasId),
      ]);
      return { champion: first, challenged: second };
    });
    const compared = await calculation.compareModels({
      pipeline: configuration.name,
      cycle: number,
      cycleUri: uri,
      items,
      champion: { version: bot.liveVersion, predictions: champion.predictions },
      challenger: { version: challenger.version, predictions: challenged.predictions },
      newIntents,
      resamples: configuration.evaluate.resamples,
      seed: configuration.evaluate.seed,
    });
    return {
      value: compared.evaluation,
      counts: { items: items.rows, unanswered: champion.unanswered + challenged.unanswered },
      note: compared.note,
      inputs,
      parameters: { ...configuration.evaluate, ...versions },
      outputs: {
        champion: champion.predictions,
        challenger: challenged.predictions,
        evaluation: compared.evaluation,
      },
    };
  });
}
