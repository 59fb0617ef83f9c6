import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteBotAliasCommand, DescribeBotAliasCommand } from '@aws-sdk/client-lex-models-v2';
import type { BotReference } from '../../../../src/activities/targets/lex';
import { toFailure } from '../../../../src/activities/failures';
import { extendArchive } from '../../../../src/activities/targets/lex/write-archive';
import type { Artifact } from '../../../../src/domain/artifact';
import { addUtterances, localeOf, readBotArchive, type BotArchive } from '../../../../src/domain/bot-archive';
import { CicloError, QuotaExceededError } from '../../../../src/domain/errors';
import { assertDocumented } from '../../../support/bad-input/page';
import { LexFixture, target } from './lex-fixture';

describe('the Lex target and bad input', () => {
  let lex: LexFixture;
  let bot: BotReference;
  let draft: { archive: Artifact };

  before(async () => {
    lex = await LexFixture.start();
    bot = await lex.run('resolveBot', { target });
    draft = await lex.run('readBotDraft', { bot, outputUri: lex.uri('draft/') });
  });
  afterEach(() => {
    lex.faultBefore = lex.faultAfter = lex.answer = () => undefined;
  });
  after(() => lex.stop());

  /** The message of the failed activity, as the workflow, the command line and the notification show it. */
  async function failureOf(run: Promise<unknown>): Promise<string> {
    try {
      await run;
    } catch (error) {
      assert.ok(error instanceof CicloError && error.permanent, String(error));
      return (toFailure(error, 1) as Error).message;
    }
    return assert.fail('The activity did not fail.');
  }

  describe('what does not exist', () => {
    const resolve = (wrong: object) => failureOf(lex.run('resolveBot', { target: { ...target, ...wrong } }));

    it('a bot', async () => assertDocumented('bot-missing', await resolve({ bot: 'TeaBot' })));
    it('a locale', async () => assertDocumented('locale-missing', await resolve({ localeId: 'en_US' })));
    it('an alias', async () => assertDocumented('alias-missing', await resolve({ alias: 'prod' })));
  });

  it('a build that fails tells the reasons of Lex and what to do', async () => {
    let submitted = 1;
    lex.answer = (operation) => {
      if (operation === 'BuildBotLocale') submitted++;
      if (operation === 'BuildBotLocale') return {};
      if (operation !== 'DescribeBotLocale') return undefined;
      return {
        botLocaleStatus: submitted === 1 ? 'NotBuilt' : 'Failed',
        lastBuildSubmittedDateTime: new Date(submitted),
        failureReasons: ['The intent Saludar has a sample utterance of the intent Despedirse.'],
        recommendedActions: ['Remove one of the two.'],
      };
    };
    const imported = { builtBeforeMs: 1, folderUri: lex.uri('train/') };
    const message = await failureOf(
      lex.run('buildBotLocale', { bot, runName: 'ciclo cafe cycle 7', imported }),
    );
    assertDocumented('build-failed', message, {
      [lex.uri('')]: 's3://my-bucket/cycles/0007',
    });
  });

  describe('a CSV', () => {
    const write = async (csv: string) => {
      const csvUri = lex.uri('input.csv');
      await lex.store.write(csvUri, csv);
      return lex.run('writeCsvArchive', {
        draft: draft.archive,
        csvUri,
        localeId: bot.localeId,
        outputUri: lex.uri('import/'),
      });
    };

    it('without a column is refused', async () => {
      const message = await failureOf(write('frase,intent\nhola,Saludar\n'));
      assertDocumented('import-without-column', message, {
        [lex.uri('input.csv')]: 's3://my-bucket/input.csv',
      });
    });

    it('keeps formulas as the text that they are', async () => {
      const formulas = ['=SUM(A1:A9)', '+1 café', '-2+3', '@cafe'];
      const written = await write(
        `utterance,intent\n${formulas.map((text) => `"${text}",PedirCafe`).join('\n')}\n`,
      );
      assert.deepEqual([written.counts.rows, written.counts.additions, written.counts.leftOut], [4, 4, 0]);
      const archive = readBotArchive(await lex.store.readBuffer(written.archive.uri));
      const intent = localeOf(archive, bot.localeId).intents.find(({ name }) => name === 'PedirCafe');
      assertDocumented('formula-in-import', intent!.sampleUtterances!.slice(-4).join('\n'));
    });

    it('leaves out what is too long, and intents that differ by case', async () => {
      const written = await write(
        `utterance,intent\n${'café '.repeat(120)},PedirCafe\n"un cortado largo, por favor",pedirCAFE\nponme otro cortado,PedirCafe\n`,
      );
      assert.deepEqual(written.counts, { rows: 3, additions: 1, evidence: 0, leftOut: 2 });
      const [long, byCase] = (await lex.store.readText(written.leftOut.uri)).trim().split('\n');
      assertDocumented('long-utterance', long!, { ['café '.repeat(120).trim()]: 'café café …' });
      assert.deepEqual(JSON.parse(byCase!), {
        line: 3,
        utterance: 'un cortado largo, por favor',
        intent: 'pedirCAFE',
        reason: 'unknown-intent',
      });
    });
  });

  describe('251 intents', () => {
    const names = (count: number) =>
      Array.from({ length: count }, (_, n) => `Intent${String(n).padStart(3, '0')}`);
    let cafe: BotArchive;
    let present: number;
    before(async () => {
      cafe = readBotArchive(await lex.store.readBuffer(draft.archive.uri));
      present = localeOf(cafe, 'es_ES').intents.length;
    });

    it('leave the new ones out that were said least', () => {
      const wanted = names(251 - present);
      const training = wanted.map((intent, n) => ({ text: `frase ${n}`, intent, count: n + 1 }));
      const { archive, diff } = extendArchive(
        cafe,
        'es_ES',
        training,
        wanted.map((name) => ({ name, description: null })),
      );
      assert.equal(localeOf(archive, 'es_ES').intents.length, 250);
      assert.deepEqual(diff.leftOut, [{ text: 'frase 0', intent: 'Intent000', reason: 'too-many-intents' }]);
    });

    it('are refused before the upload where the bot has them already', () => {
      const full = addUtterances(
        cafe,
        'es_ES',
        [],
        names(251 - present).map((name, n) => ({ name, description: null, utterances: [`frase ${n}`] })),
      );
      assert.throws(
        () => extendArchive(full, 'es_ES', [], []),
        (error: Error) => {
          assert.ok(error instanceof QuotaExceededError && error.permanent);
          assertDocumented('too-many-intents', error.message);
          return true;
        },
      );
    });
  });

  describe('an alias that is deleted meanwhile', () => {
    async function untilGone({ botId, aliasId }: BotReference): Promise<void> {
      for (let tries = 0; tries < 200; tries++) {
        try {
          await lex.lexModels.send(new DescribeBotAliasCommand({ botId, botAliasId: aliasId }));
        } catch {
          return;
        }
        await sleep(20);
      }
      assert.fail('The alias is still there.');
    }

    it('says what to do', async () => {
      const { snapshot } = await lex.run('saveAlias', {
        bot,
        version: '2',
        snapshotUri: lex.uri('before.json'),
      });
      await lex.lexModels.send(new DeleteBotAliasCommand({ botId: bot.botId, botAliasId: bot.aliasId }));
      await untilGone(bot);
      const switched = await failureOf(lex.run('switchAlias', { bot, version: '1', snapshot }));
      assert.equal(await failureOf(lex.run('restoreAlias', { bot, snapshot })), switched);
      assertDocumented('alias-deleted', switched);
    });
  });
});
