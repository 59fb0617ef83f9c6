import { heartbeat, sleep } from '@temporalio/activity';
import type { Artifact } from '../../../domain/artifact';
import { OutsideWorkFailedError } from '../../../domain/errors';
import type { EvaluationItem, Prediction } from '../../../domain/evaluation';
import { readArtifactLines } from '../../artifacts';
import type { BotReference } from './bot-reference';
import { askAll } from './ask-all';
import type { LexDependencies } from './dependencies';
import { recognize } from './recognize';

/** Share of answers that must be those of the evaluation: scores close to the threshold may fall either way. */
const requiredAgreement = 0.8;
/** An alias that was just switched may answer with the old version for a moment. */
const rounds = 3;
const conversationsAtOnce = 2;

export function smokeTestActivity({ lexRuntime, store, polling }: LexDependencies) {
  return {
    /**
     * Asks the live alias a few of the evaluation's items and compares with what the challenger answered then.
     * @throws OutsideWorkFailedError when fewer than four in five answers agree, three times in a row
     */
    async smokeTest(input: {
      bot: BotReference;
      items: Artifact;
      /** What the challenger answered in the evaluation. */
      predictions: Artifact;
      /** How many items to ask. */
      utterances: number;
    }): Promise<{ asked: number; agreed: number }> {
      const predictions = await readArtifactLines<Prediction>(store, input.predictions);
      const expected = new Map(predictions.map(({ itemId, intent }) => [itemId, intent]));
      const items = await readArtifactLines<EvaluationItem>(store, input.items);
      const sample = spread(
        items.filter(({ id }) => expected.has(id)),
        input.utterances,
      );
      let delayMs = polling.firstDelayMs;
      for (let round = 1; ; round++) {
        const agreed = await askSample(input.bot, sample, expected);
        if (agreed >= requiredAgreement * sample.length) return { asked: sample.length, agreed };
        if (round === rounds) {
          throw new OutsideWorkFailedError(
            `The live alias ${input.bot.aliasName} does not answer as the challenger did: ${agreed} of ${sample.length} ` +
              'answers agree. Its Lambda hooks or another version may answer instead; look at the alias in the Lex console.',
            { alias: input.bot.aliasName, asked: sample.length, agreed },
          );
        }
        await sleep(delayMs);
        delayMs = Math.min(delayMs * polling.factor ** 4, polling.longestDelayMs);
      }
    },
  };

  async function askSample(
    bot: BotReference,
    sample: readonly EvaluationItem[],
    expected: ReadonlyMap<string, string>,
  ): Promise<number> {
    let agreed = 0;
    let asked = 0;
    await askAll(
      sample,
      conversationsAtOnce,
      ({ text }) => recognize(lexRuntime, bot, bot.aliasId, text),
      ({ id }, answer) => {
        if (answer.intent === expected.get(id)) agreed++;
        heartbeat({ done: ++asked, total: sample.length });
        return Promise.resolve();
      },
      polling,
    );
    return agreed;
  }
}

/** Up to `count` items at equal distances, so that many intents are among them. */
function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, items.length / Math.max(1, count));
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, index) => items[Math.floor(index * step)]!,
  );
}
