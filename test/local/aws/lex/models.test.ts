import assert from 'node:assert/strict';
import {
  BuildBotLocaleCommand,
  CreateBotAliasCommand,
  CreateBotCommand,
  CreateBotVersionCommand,
  CreateExportCommand,
  CreateIntentCommand,
  CreateUploadUrlCommand,
  DeleteBotAliasCommand,
  DeleteBotVersionCommand,
  DeleteIntentCommand,
  DescribeBotAliasCommand,
  DescribeBotCommand,
  DescribeBotLocaleCommand,
  DescribeBotVersionCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  DescribeIntentCommand,
  ListBotAliasesCommand,
  ListBotLocalesCommand,
  ListBotsCommand,
  ListBotVersionsCommand,
  ListImportsCommand,
  ListIntentsCommand,
  StartImportCommand,
  UpdateBotAliasCommand,
  UpdateIntentCommand,
} from '@aws-sdk/client-lex-models-v2';
import { readArchive } from '../../../../src/local/aws/lex/archive/read';
import { failureOf, startStandIn, type StandIn, until } from '../stand-in';
import {
  aliasSettled,
  archiveFiles,
  botSpecification,
  buildDraft,
  closing,
  importArchive,
  type Intents,
  localeId,
  localeSpecification,
  makeAlias,
  makeBot,
  makeVersion,
  smallBot,
  zipOf,
} from './bots';

const localeZip = (intents: Intents) => zipOf(archiveFiles(intents, false));

describe('local Lex V2 models', function () {
  this.timeout(30_000);
  let aws: StandIn;
  before(async () => (aws = await startStandIn()));
  after(() => aws.close());

  const draftOf = (botId: string) => ({ botId, botVersion: 'DRAFT', localeId });
  const describeDraft = (botId: string) => aws.models.send(new DescribeBotLocaleCommand(draftOf(botId)));
  const intentNames = async (botId: string) => {
    const { intentSummaries } = await aws.models.send(
      new ListIntentsCommand({ ...draftOf(botId), maxResults: 100 }),
    );
    return intentSummaries!.map(({ intentName }) => intentName);
  };
  const utterancesOf = async (botId: string, name: string) => {
    const filters = [{ name: 'IntentName' as const, values: [name], operator: 'EQ' as const }];
    const { intentSummaries } = await aws.models.send(new ListIntentsCommand({ ...draftOf(botId), filters }));
    const { intentId } = intentSummaries![0]!;
    const intent = await aws.models.send(new DescribeIntentCommand({ ...draftOf(botId), intentId }));
    return { intent, utterances: intent.sampleUtterances!.map(({ utterance }) => utterance) };
  };

  describe('statuses on the way', () => {
    /** Slow enough that even a busy machine sees every status. */
    let slow: StandIn;
    before(async () => {
      slow = await startStandIn({
        latency: { importMs: 1_000, buildMs: 1_000, versionMs: 4_000, changeMs: 0 },
      });
    });
    after(() => slow.close());

    it('imports a bot, with every status on the way', async () => {
      const { importId, uploadUrl } = await slow.models.send(new CreateUploadUrlCommand({}));
      const before = await failureOf(slow.models.send(new DescribeImportCommand({ importId })));
      assert.equal(before.name, 'ResourceNotFoundException');
      await fetch(uploadUrl!, { method: 'PUT', body: Buffer.from(zipOf(archiveFiles(smallBot))) });
      const request = {
        importId,
        resourceSpecification: botSpecification('Pasos'),
        mergeStrategy: 'Overwrite' as const,
      };
      const started = await slow.models.send(new StartImportCommand(request));
      assert.equal(started.importStatus, 'InProgress');
      assert.ok(started.creationDateTime instanceof Date);
      assert.equal(
        (await slow.models.send(new DescribeImportCommand({ importId }))).importStatus,
        'InProgress',
      );
      assert.equal(
        (await failureOf(slow.models.send(new StartImportCommand(request)))).name,
        'ConflictException',
      );
      const ended = await until(
        () => slow.models.send(new DescribeImportCommand({ importId })),
        ({ importStatus }) => importStatus !== 'InProgress',
      );
      assert.equal(ended.importStatus, 'Completed');
      assert.equal(ended.importedResourceName, 'Pasos');
      const botId = ended.importedResourceId!;
      assert.match(botId, /^[A-Z0-9]{10}$/);
      const bot = await slow.models.send(new DescribeBotCommand({ botId }));
      assert.deepEqual([bot.botName, bot.botStatus, bot.description], ['Pasos', 'Available', 'Un café']);
      const locale = await slow.models.send(new DescribeBotLocaleCommand(draftOf(botId)));
      assert.deepEqual(
        [locale.botLocaleStatus, locale.intentsCount, locale.slotTypesCount],
        ['NotBuilt', 4, 1],
      );
      assert.equal(locale.nluIntentConfidenceThreshold, 0.4);
      const listed = await slow.models.send(new ListImportsCommand({ maxResults: 100 }));
      assert.ok(listed.importSummaries!.some((summary) => summary.importId === importId));
    });

    it('keeps the order: import, build, version, alias', async () => {
      const created = await importArchive(slow, zipOf(archiveFiles(smallBot)), botSpecification('Orden'));
      const botId = created.importedResourceId!;
      const versionOf = (source: string) =>
        slow.models.send(
          new CreateBotVersionCommand({
            botId,
            botVersionLocaleSpecification: { [localeId]: { sourceBotVersion: source } },
          }),
        );
      assert.equal((await failureOf(versionOf('DRAFT'))).name, 'PreconditionFailedException');

      const built = await slow.models.send(new BuildBotLocaleCommand(draftOf(botId)));
      assert.equal(built.botLocaleStatus, 'Building');
      assert.ok(built.lastBuildSubmittedDateTime instanceof Date);
      assert.equal(
        (await slow.models.send(new DescribeBotLocaleCommand(draftOf(botId)))).botLocaleStatus,
        'Building',
      );
      const again = await failureOf(slow.models.send(new BuildBotLocaleCommand(draftOf(botId))));
      assert.equal(again.name, 'ConflictException');
      assert.equal((await failureOf(versionOf('DRAFT'))).name, 'ConflictException');
      await assert.rejects(
        importArchive(slow, localeZip(smallBot), localeSpecification(botId), 'Overwrite'),
        /is Building/,
      );
      await until(
        () => slow.models.send(new DescribeBotLocaleCommand(draftOf(botId))),
        ({ botLocaleStatus }) => botLocaleStatus === 'Built',
      );

      const early = await failureOf(
        slow.models.send(new CreateBotAliasCommand({ botId, botAliasName: 'live', botVersion: '1' })),
      );
      assert.equal(early.name, 'ResourceNotFoundException');
      const version = await versionOf('DRAFT');
      assert.deepEqual([version.botVersion, version.botStatus], ['1', 'Creating']);
      const invisible = await failureOf(
        slow.models.send(new DescribeBotVersionCommand({ botId, botVersion: '1' })),
      );
      assert.equal(invisible.name, 'ResourceNotFoundException');
      const unready = await failureOf(
        slow.models.send(new CreateBotAliasCommand({ botId, botAliasName: 'live', botVersion: '1' })),
      );
      assert.equal(unready.name, 'PreconditionFailedException');
    });
  });

  describe('from archive to live', () => {
    it('numbers versions, which never change, and never gives a number twice', async () => {
      const botId = await makeBot(aws, 'Numerado');
      assert.equal(await makeVersion(aws, botId, 'first'), '1');
      assert.equal(await makeVersion(aws, botId), '2');
      const numbered = { botId, botVersion: '1', localeId };
      const change = await failureOf(aws.models.send(new BuildBotLocaleCommand(numbered)));
      assert.equal(change.name, 'ValidationException');
      await importArchive(
        aws,
        localeZip({ Nuevo: { utterances: ['algo nuevo'] } }),
        localeSpecification(botId),
        'Overwrite',
      );
      const frozen = await aws.models.send(new DescribeBotLocaleCommand(numbered));
      assert.equal(frozen.intentsCount, 4);
      assert.equal((await describeDraft(botId)).intentsCount, 5);

      await aws.models.send(new DeleteBotVersionCommand({ botId, botVersion: '2' }));
      const listVersions = async () => {
        const { botVersionSummaries } = await aws.models.send(new ListBotVersionsCommand({ botId }));
        return botVersionSummaries!.map(({ botVersion, description }) => [botVersion, description]);
      };
      const left = await until(listVersions, (versions) => versions.length === 2);
      assert.deepEqual(left, [
        ['DRAFT', undefined],
        ['1', 'first'],
      ]);
      await buildDraft(aws, botId);
      assert.equal(await makeVersion(aws, botId), '3');
    });

    it('refuses the hundred and first version', async () => {
      const quick = await startStandIn({
        latency: { importMs: 0, buildMs: 0, versionMs: 0, aliasMs: 0, changeMs: 0 },
      });
      try {
        const botId = await makeBot(quick, 'Cien', { A: { utterances: ['uno'] } });
        for (let version = 1; version <= 100; version++) await makeVersion(quick, botId);
        assert.equal((await failureOf(makeVersion(quick, botId))).name, 'ServiceQuotaExceededException');
      } finally {
        await quick.close();
      }
    });
  });

  describe('imports', () => {
    it('keeps slots, prompts and hooks, and the ids of what exists', async () => {
      const botId = await makeBot(aws, 'Ajustes');
      const before = await utterancesOf(botId, 'PedirBebida');
      assert.deepEqual(before.intent.dialogCodeHook, { enabled: true });
      assert.deepEqual(before.intent.intentClosingSetting, {
        active: true,
        closingResponse: {
          messageGroups: closing.closingResponse.messageGroupsList.map(({ message }) => ({ message })),
        },
      });
      assert.equal(before.intent.slotPriorities!.length, 2);
      const more = {
        ...smallBot,
        PedirBebida: {
          ...smallBot.PedirBebida!,
          utterances: [...smallBot.PedirBebida!.utterances, 'dame un {Bebida}'],
        },
      };
      const ended = await importArchive(aws, localeZip(more), localeSpecification(botId), 'Overwrite');
      assert.equal(ended.importStatus, 'Completed');
      assert.equal((await describeDraft(botId)).botLocaleStatus, 'NotBuilt');
      const after = await utterancesOf(botId, 'PedirBebida');
      assert.deepEqual(after.utterances, more.PedirBebida.utterances);
      assert.equal(after.intent.intentId, before.intent.intentId);
      assert.deepEqual(after.intent.slotPriorities, before.intent.slotPriorities);
    });

    it('Overwrite replaces what has the same name and keeps the rest', async () => {
      const botId = await makeBot(aws, 'Sobrescribir');
      await importArchive(
        aws,
        localeZip({ Saludar: { utterances: ['qué hay'] }, Despedirse: { utterances: ['adiós'] } }),
        localeSpecification(botId),
        'Overwrite',
      );
      assert.deepEqual(await intentNames(botId), [
        'ConsultarHorario',
        'Despedirse',
        'FallbackIntent',
        'PedirBebida',
        'Saludar',
      ]);
      assert.deepEqual((await utterancesOf(botId, 'Saludar')).utterances, ['qué hay']);
    });

    it('Append adds utterances to what exists', async () => {
      const botId = await makeBot(aws, 'Anexar');
      await importArchive(
        aws,
        localeZip({ Saludar: { utterances: ['qué hay', 'hola'] } }),
        localeSpecification(botId),
        'Append',
      );
      assert.deepEqual((await utterancesOf(botId, 'Saludar')).utterances, [
        ...smallBot.Saludar!.utterances,
        'qué hay',
      ]);
    });

    it('FailOnConflict imports nothing on a clash', async () => {
      const botId = await makeBot(aws, 'Choque');
      const ended = await importArchive(
        aws,
        localeZip({ Otro: { utterances: ['otro'] } }),
        localeSpecification(botId),
      );
      assert.equal(ended.importStatus, 'Failed');
      assert.match(ended.failureReasons![0]!, /has the locale es_ES already/);
      assert.ok(!(await intentNames(botId)).includes('Otro'));
      const twin = await importArchive(aws, zipOf(archiveFiles(smallBot)), botSpecification('Choque'));
      assert.match(twin.failureReasons![0]!, /name Choque exists already/);
    });

    it('fails with every reason for content that Lex would refuse', async () => {
      const broken: Intents = {
        'Con espacio': { utterances: ['a'] },
        Larga: { utterances: ['x'.repeat(501)] },
        SinSlot: { utterances: ['quiero {Nada}'] },
        Muchas: { utterances: Array.from({ length: 1_501 }, (_, i) => `frase ${i}`) },
      };
      const { importStatus, failureReasons } = await importArchive(
        aws,
        zipOf(archiveFiles(broken)),
        botSpecification('Roto'),
      );
      assert.equal(importStatus, 'Failed');
      assert.equal(failureReasons!.length, 4);
      assert.match(failureReasons!.join('\n'), /'Con espacio' must match/);
      assert.match(failureReasons!.join('\n'), /Larga has 501 characters; the limit is 500/);
      assert.match(failureReasons!.join('\n'), /SinSlot names the unknown slot \{Nada\}/);
      assert.match(failureReasons!.join('\n'), /Muchas: 1501 exceed the limit of 1500/);
      const { botSummaries } = await aws.models.send(new ListBotsCommand({ maxResults: 100 }));
      assert.ok(!botSummaries!.some(({ botName }) => botName === 'Roto'), 'nothing is left of it');
    });

    it('refuses more intents and more characters than a locale may hold', async () => {
      const many = Object.fromEntries(
        Array.from({ length: 251 }, (_, i) => [`Intent${i}`, { utterances: [`a${i}`] }]),
      );
      const intents = await importArchive(aws, zipOf(archiveFiles(many)), botSpecification('Muchos'));
      assert.match(intents.failureReasons![0]!, /^Intents of locale es_ES: 252 exceed the limit of 250/);
      const long = Object.fromEntries(
        Array.from({ length: 2 }, (_, k) => [
          `Largo${k}`,
          { utterances: Array.from({ length: 250 }, (_, i) => `${k} ${i} `.padEnd(450, 'palabra ')) },
        ]),
      );
      const characters = await importArchive(aws, zipOf(archiveFiles(long)), botSpecification('Largos'));
      assert.match(characters.failureReasons![0]!, /Characters .* 225000 exceed the limit of 200000/);
    });

    it('refuses an upload after the URL has expired, and an import of nothing', async () => {
      const brief = await startStandIn({ uploadUrlLifetimeMs: 0 });
      try {
        const { importId, uploadUrl } = await brief.models.send(new CreateUploadUrlCommand({}));
        await new Promise((resolve) => setTimeout(resolve, 5));
        assert.equal((await fetch(uploadUrl!, { method: 'PUT', body: 'late' })).status, 403);
        const start = brief.models.send(
          new StartImportCommand({
            importId,
            resourceSpecification: botSpecification('Nada'),
            mergeStrategy: 'Overwrite',
          }),
        );
        assert.equal((await failureOf(start)).name, 'ValidationException');
      } finally {
        await brief.close();
      }
    });
  });

  it('changes the intents of DRAFT one by one, as the console does', async () => {
    const botId = await makeBot(aws, 'Editado');
    const { intent } = await utterancesOf(botId, 'PedirBebida');
    const { intentId, intentName, dialogCodeHook, intentClosingSetting, slotPriorities } = intent;
    const sampleUtterances = [...intent.sampleUtterances!, { utterance: 'ponme otro {Bebida}' }];
    const kept = { dialogCodeHook, intentClosingSetting, slotPriorities };
    await aws.models.send(
      new UpdateIntentCommand({ ...draftOf(botId), intentId, intentName, sampleUtterances, ...kept }),
    );
    const after = await utterancesOf(botId, 'PedirBebida');
    const untimed = ({ intent: { lastUpdatedDateTime: _, $metadata: __, ...rest } }: typeof after) => rest;
    assert.deepEqual(untimed(after), { ...untimed({ ...after, intent }), sampleUtterances });
    assert.equal((await describeDraft(botId)).botLocaleStatus, 'NotBuilt');

    const create = {
      ...draftOf(botId),
      intentName: 'Nuevo',
      sampleUtterances: [{ utterance: 'algo {Nada}' }],
    };
    assert.match(
      (await failureOf(aws.models.send(new CreateIntentCommand(create)))).message,
      /unknown slot \{Nada\}/,
    );
    const created = await aws.models.send(new CreateIntentCommand({ ...create, sampleUtterances: [] }));
    assert.ok((await intentNames(botId)).includes('Nuevo'));
    await aws.models.send(new DeleteIntentCommand({ ...draftOf(botId), intentId: created.intentId }));
    assert.ok(!(await intentNames(botId)).includes('Nuevo'));
    const fallback = aws.models.send(new DeleteIntentCommand({ ...draftOf(botId), intentId: 'FALLBCKINT' }));
    assert.equal((await failureOf(fallback)).name, 'PreconditionFailedException');
  });

  it('fails a build without a single utterance and says why', async () => {
    const imported = await importArchive(
      aws,
      zipOf(archiveFiles({ Vacio: { utterances: [] } })),
      botSpecification('Vacio'),
    );
    const locale = await buildDraft(aws, imported.importedResourceId!);
    assert.equal(locale.botLocaleStatus, 'Failed');
    assert.deepEqual(locale.failureReasons, ['No intent of the locale has sample utterances.']);
  });

  describe('aliases', () => {
    const settings = {
      botAliasLocaleSettings: {
        [localeId]: {
          enabled: true,
          codeHookSpecification: {
            lambdaCodeHook: {
              lambdaARN: 'arn:aws:lambda:eu-west-1:0:function:x',
              codeHookInterfaceVersion: '1.0',
            },
          },
        },
      },
      conversationLogSettings: {
        textLogSettings: [
          {
            enabled: true,
            destination: {
              cloudWatch: { cloudWatchLogGroupArn: 'arn:aws:logs:eu-west-1:0:log-group:x', logPrefix: 'p' },
            },
          },
        ],
      },
      sentimentAnalysisSettings: { detectSentiment: true },
    };

    it('UpdateBotAlias replaces the whole alias: what is not sent is lost', async () => {
      const botId = await makeBot(aws, 'Alias');
      const botVersion = await makeVersion(aws, botId);
      const { botAliasId } = await aws.models.send(
        new CreateBotAliasCommand({ botId, botAliasName: 'live', botVersion, ...settings }),
      );
      const whole = await aliasSettled(aws, botId, botAliasId!);
      assert.deepEqual(whole.botAliasLocaleSettings, settings.botAliasLocaleSettings);
      assert.deepEqual(whole.conversationLogSettings, settings.conversationLogSettings);
      assert.deepEqual(whole.sentimentAnalysisSettings, settings.sentimentAnalysisSettings);

      const next = await makeVersion(aws, botId);
      const update = { botId, botAliasId, botAliasName: 'live', botVersion: next };
      const updated = await aws.models.send(new UpdateBotAliasCommand({ ...update, ...settings }));
      assert.equal(updated.botAliasStatus, 'Creating');
      assert.equal(
        (await failureOf(aws.models.send(new UpdateBotAliasCommand(update)))).name,
        'ConflictException',
      );
      const kept = await aliasSettled(aws, botId, botAliasId!);
      assert.deepEqual(kept.conversationLogSettings, settings.conversationLogSettings);
      assert.deepEqual(
        kept.botAliasHistoryEvents!.map((event) => event.botVersion),
        [botVersion, next],
      );

      await aws.models.send(new UpdateBotAliasCommand(update));
      const bare = await aliasSettled(aws, botId, botAliasId!);
      assert.equal(bare.botAliasLocaleSettings, undefined);
      assert.equal(bare.conversationLogSettings, undefined);
    });

    it('protects versions in use, unless told not to', async () => {
      const botId = await makeBot(aws, 'EnUso');
      const botVersion = await makeVersion(aws, botId);
      const botAliasId = await makeAlias(aws, botId, 'live', botVersion);
      const kept = await failureOf(aws.models.send(new DeleteBotVersionCommand({ botId, botVersion })));
      assert.equal(kept.name, 'PreconditionFailedException');
      const forced = { botId, botVersion, skipResourceInUseCheck: true };
      assert.equal((await aws.models.send(new DeleteBotVersionCommand(forced))).botStatus, 'Deleting');
      await aws.models.send(new DeleteBotAliasCommand({ botId, botAliasId }));
      const list = () => aws.models.send(new ListBotAliasesCommand({ botId }));
      const { botAliasSummaries } = await until(list, (answer) => answer.botAliasSummaries!.length === 1);
      assert.equal(botAliasSummaries![0]!.botAliasId, 'TSTALIASID');
    });

    it('has a test alias that points to DRAFT for good', async () => {
      const botId = await makeBot(aws, 'Prueba');
      const alias = await aws.models.send(new DescribeBotAliasCommand({ botId, botAliasId: 'TSTALIASID' }));
      assert.deepEqual([alias.botAliasName, alias.botVersion], ['TestBotAlias', 'DRAFT']);
      const botVersion = await makeVersion(aws, botId);
      const elsewhere = { botId, botAliasId: 'TSTALIASID', botAliasName: 'TestBotAlias', botVersion };
      assert.equal(
        (await failureOf(aws.models.send(new UpdateBotAliasCommand(elsewhere)))).name,
        'ValidationException',
      );
    });
  });

  it('exports what it imported, in the real form', async () => {
    const botId = await makeBot(aws, 'Exportado');
    const download = async (resourceSpecification: object) => {
      const { exportId, exportStatus } = await aws.models.send(
        new CreateExportCommand({ resourceSpecification, fileFormat: 'LexJson' }),
      );
      assert.equal(exportStatus, 'InProgress');
      const { downloadUrl } = await until(
        () => aws.models.send(new DescribeExportCommand({ exportId })),
        (answer) => answer.exportStatus === 'Completed',
      );
      return readArchive(new Uint8Array(await (await fetch(downloadUrl!)).arrayBuffer()));
    };
    const whole = await download({ botExportSpecification: { botId, botVersion: 'DRAFT' } });
    assert.equal(whole.bot!.name, 'Exportado');
    const original = readArchive(zipOf(archiveFiles(smallBot)));
    const withoutIds = (archive: typeof whole) =>
      JSON.parse(
        JSON.stringify(archive.locales, (key, value: unknown) => (key === 'identifier' ? 'ID' : value)),
      ) as unknown;
    assert.deepEqual(withoutIds(whole), withoutIds(original));
    const single = await download({ botLocaleExportSpecification: draftOf(botId) });
    assert.equal(single.bot, null);
    assert.deepEqual(single.locales, whole.locales);
  });

  it('creates, finds and pages bots', async () => {
    const created = await aws.models.send(
      new CreateBotCommand({
        botName: 'Creado',
        roleArn: 'arn:aws:iam::000000000000:role/lex',
        dataPrivacy: { childDirected: false },
        idleSessionTTLInSeconds: 300,
      }),
    );
    assert.equal(created.botStatus, 'Creating');
    const found = await aws.models.send(
      new ListBotsCommand({ filters: [{ name: 'BotName', values: ['Creado'], operator: 'EQ' }] }),
    );
    assert.deepEqual(
      found.botSummaries!.map(({ botId }) => botId),
      [created.botId],
    );
    const locales = await aws.models.send(
      new ListBotLocalesCommand({ botId: created.botId, botVersion: 'DRAFT' }),
    );
    assert.deepEqual(locales.botLocaleSummaries, []);
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await aws.models.send(new ListBotsCommand({ maxResults: 2, nextToken }));
      assert.ok(page.botSummaries!.length <= 2);
      names.push(...page.botSummaries!.map(({ botName }) => botName));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.includes('Creado'));
  });

  it('refuses requests that lack what the operation needs', async () => {
    const failure = await failureOf(
      aws.models.send(
        new CreateBotCommand({
          botName: 'X',
          roleArn: undefined,
          dataPrivacy: { childDirected: false },
          idleSessionTTLInSeconds: 300,
        }),
      ),
    );
    assert.equal(failure.name, 'ValidationException');
    assert.match(failure.message, /input\.roleArn is required/);
  });
});
