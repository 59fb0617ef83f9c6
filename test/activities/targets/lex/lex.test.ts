import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DescribeBotAliasCommand,
  DescribeBotLocaleCommand,
  ListImportsCommand,
} from '@aws-sdk/client-lex-models-v2';
import { CancelledFailure } from '@temporalio/common';
import type {
  BotReference,
  ChallengerArchive,
  ChallengerDiff,
  LexActivities,
} from '../../../../src/activities/targets/lex';
import type { Artifact } from '../../../../src/domain/artifact';
import { addUtterances, localeOf, readBotArchive, writeBotArchive } from '../../../../src/domain/bot-archive';
import type { Dataset } from '../../../../src/domain/dataset';
import {
  InvalidConfigurationError,
  NotFoundError,
  OutsideWorkFailedError,
  QuotaExceededError,
} from '../../../../src/domain/errors';
import type { EvaluationItem, Prediction } from '../../../../src/domain/evaluation';
import { outOfScope } from '../../../../src/domain/utterance';
import { toJsonLines } from '../../../../src/platform/storage/json-lines';
import { activityEnvironment, awsError, LexFixture, target } from './lex-fixture';

const wifi = [
  'tienen wifi',
  'cuál es la clave del wifi',
  'la contraseña del wifi por favor',
  'hay internet en el local',
  'me das la clave de internet',
  'cómo me conecto al wifi',
  'el wifi es gratis',
  'no encuentro la red wifi',
];

describe('activities of the Lex target', function () {
  let lex: LexFixture;
  let bot: BotReference;
  let draft: { archive: Artifact; known: Artifact; intents: number; utterances: number };

  before(async () => {
    lex = await LexFixture.start();
    bot = await lex.run('resolveBot', { target });
    draft = await lex.run('readBotDraft', { bot, outputUri: lex.uri('draft/') });
  });
  beforeEach(() => {
    lex.calls.length = 0;
  });
  afterEach(() => {
    lex.faultBefore = lex.faultAfter = lex.answer = () => undefined;
  });
  after(() => lex.stop());

  async function items(list: EvaluationItem[], name = 'items'): Promise<Artifact> {
    return lex.store.putArtifact(lex.uri(`${name}.jsonl`), toJsonLines(list), {
      rows: list.length,
      schemaVersion: 1,
    });
  }

  async function challenger(name = 'PreguntarWifi'): Promise<ChallengerArchive> {
    const dataset: Dataset = {
      schemaVersion: 1,
      training: [
        ...wifi.map((text) => ({
          text: name === 'PreguntarWifi' ? text : `${text} ${name}`,
          intent: name,
          count: 3,
        })),
        { text: 'a qué hora cierran los domingos', intent: 'ConsultarHorario', count: 2 },
      ],
      newIntents: [{ name, description: null }],
      validation: [],
      golden: [],
      leftOut: [],
      setAside: [],
      counts: {
        accepted: 9,
        training: 9,
        validation: 0,
        goldenBefore: 0,
        goldenAdded: 0,
        setAside: 0,
        golden: 0,
        leftOut: 0,
        leftOutByReason: {},
      },
    };
    const artifact = await lex.store.putArtifact(lex.uri(`${name}.json`), JSON.stringify(dataset), {
      rows: 1,
      schemaVersion: 1,
    });
    return lex.run('writeChallengerArchive', {
      draft: draft.archive,
      dataset: artifact,
      localeId: bot.localeId,
      outputUri: lex.uri(`${name}/`),
    });
  }

  describe('resolveBot', () => {
    it('finds bot and alias by name and by id', async () => {
      const byId = { ...target, bot: bot.botId, alias: bot.aliasId };
      assert.deepEqual(await lex.run('resolveBot', { target: byId }), bot);
      assert.deepEqual(
        { ...bot, botId: '', aliasId: '' },
        {
          botId: '',
          aliasId: '',
          botName: 'CafeBot',
          aliasName: 'live',
          localeId: 'es_ES',
          liveVersion: '1',
        },
      );
    });

    for (const [what, wrong, message] of [
      ['bot', { bot: 'TeaBot' }, /no bot TeaBot .* there is CafeBot/],
      ['bot id', { bot: 'ABCDEFGHIJ' }, /no bot ABCDEFGHIJ/],
      ['alias', { alias: 'prod' }, /no alias prod in bot CafeBot; there is .*live/],
      ['locale', { localeId: 'en_US' }, /no locale en_US in bot CafeBot; there is es_ES/],
    ] as const) {
      it(`names what there is when the ${what} does not exist`, async () => {
        await assert.rejects(
          lex.run('resolveBot', { target: { ...target, ...wrong } }),
          (error: Error) => error instanceof NotFoundError && message.test(error.message),
        );
      });
    }

    it('refuses an alias that points to DRAFT', async () => {
      await assert.rejects(
        lex.run('resolveBot', { target: { ...target, alias: 'TestBotAlias' } }),
        (error: Error) => error instanceof InvalidConfigurationError && /points to DRAFT/.test(error.message),
      );
    });
  });

  describe('readBotDraft', () => {
    it('keeps the archive as it is and lists what the bot knows', async () => {
      const archive = readBotArchive(await lex.store.readBuffer(draft.archive.uri));
      assert.equal(archive.kind, 'locale');
      assert.equal(draft.intents, localeOf(archive, 'es_ES').intents.length);
      const known = (await lex.store.readText(draft.known.uri)).trim().split('\n');
      assert.equal(known.length, draft.utterances);
      assert.ok(known.every((line) => !line.includes('{Fecha}')));
    });

    it('attaches to the export of an earlier attempt', async () => {
      lex.faultBefore = (operation) =>
        operation === 'DescribeExport' ? awsError('InternalServerException', 500) : undefined;
      const { calls } = await lex.runAgainAfterFailure('readBotDraft', { bot, outputUri: lex.uri('again/') });
      assert.equal(calls.filter((call) => call === 'CreateExport').length, 1);
    });
  });

  describe('writeChallengerArchive', () => {
    it('adds utterances and new intents, and shows the difference', async () => {
      const written = await challenger();
      assert.deepEqual([written.addedUtterances, written.newIntents, written.leftOut], [9, 1, 0]);
      const diff = JSON.parse(await lex.store.readText(written.diff.uri)) as ChallengerDiff;
      assert.deepEqual(diff.addedUtterances, { ConsultarHorario: ['a qué hora cierran los domingos'] });
      assert.deepEqual(diff.newIntents, [{ name: 'PreguntarWifi', description: null, utterances: wifi }]);
      assert.deepEqual(diff.otherChanges, []);
      assert.equal(diff.toEdit[0]?.intent, 'PreguntarWifi');
    });

    it('notices an artifact that was changed since', async () => {
      const tampered = { ...draft.archive, sha256: createHash('sha256').update('x').digest('hex') };
      await assert.rejects(
        lex.run('writeChallengerArchive', {
          draft: tampered,
          dataset: tampered,
          localeId: bot.localeId,
          outputUri: lex.uri('x/'),
        }),
        /content has changed since/,
      );
    });
  });

  describe('writeCsvArchive', () => {
    const csv = async (text: string) => {
      const uri = lex.uri('import.csv');
      await lex.store.write(uri, text);
      return { draft: draft.archive, csvUri: uri, localeId: bot.localeId, outputUri: lex.uri('csv/') };
    };

    it('adds the rows of intents that the bot has, and keeps those without one as evidence', async () => {
      const written = await lex.run(
        'writeCsvArchive',
        await csv(
          '\uFEFFIntent;Utterance\r\nConsultarHorario;"¿abren; los feriados?"\r\n;tienen wifi\r\nFallbackIntent;hay enchufes\r\nNoExiste;algo\r\n;\r\n',
        ),
      );
      assert.deepEqual(written.counts, { rows: 4, additions: 1, evidence: 2, leftOut: 1 });
      const diff = JSON.parse(await lex.store.readText(written.diff.uri)) as ChallengerDiff;
      assert.deepEqual(diff.addedUtterances, { ConsultarHorario: ['¿abren; los feriados?'] });
      assert.equal(
        await lex.store.readText(written.evidence.uri),
        '{"line":3,"utterance":"tienen wifi"}\n{"line":4,"utterance":"hay enchufes"}\n',
      );
      assert.equal(
        await lex.store.readText(written.leftOut.uri),
        '{"line":5,"utterance":"algo","intent":"NoExiste","reason":"unknown-intent"}\n',
      );
    });

    for (const [what, text, message] of [
      ['has no header', 'hola,Saludar\n', /needs a first line .* has hola, saludar/],
      ['is empty', '', /it has none/],
      ['has open quotes', 'utterance,intent\n"hola,Saludar\n', /is no CSV: line \d+/],
    ] as const) {
      it(`refuses a CSV that ${what}`, async () => {
        await assert.rejects(lex.run('writeCsvArchive', await csv(text)), message);
      });
    }
  });

  describe('importBotArchive', () => {
    it('puts the archive into DRAFT, where everything else stays', async () => {
      const { archive } = await challenger();
      const { intents } = await lex.run('importBotArchive', { bot, archive, runName: 'run 1' });
      assert.equal(intents, draft.intents + 1);
      const after = await lex.run('readBotDraft', { bot, outputUri: lex.uri('after-import/') });
      assert.equal(after.utterances, draft.utterances + 9);
    });

    it('attaches to the import of an earlier attempt whose answer was lost', async () => {
      const { archive } = await challenger();
      lex.faultAfter = (operation) =>
        operation === 'StartImport' ? awsError('TimeoutError', 500) : undefined;
      const input = { bot, archive, runName: 'run 2' };
      const { calls } = await lex.runAgainAfterFailure('importBotArchive', input);
      assert.equal(calls.filter((call) => call === 'StartImport').length, 1);
    });

    it('attaches although no heartbeat of the earlier attempt arrived', async () => {
      const { archive } = await challenger();
      const input = { bot, archive, runName: 'run 2b' };
      lex.faultAfter = (operation) =>
        operation === 'StartImport' ? awsError('TimeoutError', 500) : undefined;
      await assert.rejects(lex.run('importBotArchive', input));
      lex.faultAfter = () => undefined;
      await lex.run('importBotArchive', input);
      assert.equal(lex.times('StartImport'), 1);
      await lex.run('importBotArchive', { ...input, runName: 'run 2c' });
      assert.equal(lex.times('StartImport'), 2, 'another run has an import of its own');
    });

    it('starts anew when the earlier attempt broke off before the start', async () => {
      const { archive } = await challenger();
      lex.faultBefore = (operation) =>
        operation === 'StartImport' ? awsError('TimeoutError', 500) : undefined;
      const input = { bot, archive, runName: 'run 3' };
      const { calls, result } = await lex.runAgainAfterFailure('importBotArchive', input);
      assert.equal(calls.filter((call) => call === 'StartImport').length, 2);
      assert.equal(result.intents, draft.intents + 1);
    });

    it('tells the reasons of Lex when the archive is refused', async () => {
      const broken = addUtterances(
        readBotArchive(await lex.store.readBuffer(draft.archive.uri)),
        'es_ES',
        [{ intent: 'ConsultarHorario', text: 'abren {Nunca}' }],
        [],
      );
      const archive = await lex.store.putArtifact(
        lex.uri('broken.zip'),
        Buffer.from(writeBotArchive(broken)),
        {
          rows: 1,
          schemaVersion: 1,
        },
      );
      await assert.rejects(
        lex.run('importBotArchive', { bot, archive, runName: 'run 4' }),
        (error: Error) =>
          error instanceof OutsideWorkFailedError && error.permanent && /Failed: .*Nunca/.test(error.message),
      );
    });

    it('ends with its cancellation', async () => {
      const { archive } = await challenger();
      const environment = activityEnvironment();
      environment.on('heartbeat', () => environment.cancel());
      await assert.rejects(
        lex.run('importBotArchive', { bot, archive, runName: 'run 5' }, environment),
        (error: Error) => error instanceof CancelledFailure,
      );
    });
  });

  /** Cancelling the activity does not stop Lex: the next import would be refused meanwhile. */
  async function cancelledImportEnded(): Promise<void> {
    for (;;) {
      const { importSummaries } = await lex.lexModels.send(new ListImportsCommand({ botId: bot.botId }));
      if (importSummaries!.every(({ importStatus }) => importStatus !== 'InProgress')) return;
      await delay(20);
    }
  }

  describe('buildBotLocale', () => {
    let imported: Awaited<ReturnType<LexActivities['importBotArchive']>>;
    before(async () => {
      await cancelledImportEnded();
      imported = await lex.run('importBotArchive', {
        bot,
        archive: (await challenger()).archive,
        runName: 'for the build',
      });
    });
    beforeEach(async () => {
      const { lastBuildSubmittedDateTime } = await lex.lexModels.send(
        new DescribeBotLocaleCommand({ botId: bot.botId, botVersion: 'DRAFT', localeId: bot.localeId }),
      );
      imported = { ...imported, builtBeforeMs: lastBuildSubmittedDateTime!.getTime() };
    });

    it('builds', async () => {
      await lex.run('buildBotLocale', { bot, runName: 'run 1', imported });
      assert.equal(lex.times('BuildBotLocale'), 1);
    });

    it('does not repeat a build whose answer was lost', async () => {
      lex.faultAfter = (operation) =>
        operation === 'BuildBotLocale' ? awsError('TimeoutError', 500) : undefined;
      const { first, calls } = await lex.runAgainAfterFailure('buildBotLocale', {
        bot,
        runName: 'run 2',
        imported,
      });
      assert.match((first as Error).message, /BuildBotLocale/);
      assert.equal(calls.filter((call) => call === 'BuildBotLocale').length, 1);
    });

    it('does not repeat a build whose worker was killed before it told of it', async () => {
      const input = { bot, runName: 'run 2', imported };
      await lex.run('buildBotLocale', input);
      await lex.run('buildBotLocale', input, activityEnvironment({ attempt: 2 }));
      assert.equal(lex.times('BuildBotLocale'), 1);
    });

    it('tells the reasons of Lex when the build fails', async () => {
      let submitted = 1;
      lex.answer = (operation) => {
        if (operation === 'BuildBotLocale') submitted++;
        if (operation === 'BuildBotLocale') return {};
        if (operation !== 'DescribeBotLocale') return undefined;
        return {
          botLocaleStatus: submitted === 1 ? 'NotBuilt' : 'Failed',
          lastBuildSubmittedDateTime: new Date(submitted),
          failureReasons: ['The intent A has no sample utterances.'],
          recommendedActions: ['Add some.'],
        };
      };
      await assert.rejects(
        lex.run('buildBotLocale', { bot, runName: 'run 3', imported: { ...imported, builtBeforeMs: 1 } }),
        (error: Error) =>
          error instanceof OutsideWorkFailedError &&
          error.message.includes(
            'failed: The intent A has no sample utterances. Lex recommends: Add some. No alias was touched',
          ) &&
          error.message.endsWith(`is in ${String(error.facts['reasonsUri'])}.`),
      );
      assert.match(await lex.store.readText(`${imported.folderUri}build-failure.json`), /"Add some\."/);
    });

    it('waits for a build of somebody else before its own', async () => {
      const statuses = ['Building', 'Building', 'Built', 'Building', 'Built'];
      let looks = 0;
      lex.answer = (operation) => {
        if (operation === 'BuildBotLocale') return {};
        if (operation !== 'DescribeBotLocale') return undefined;
        return {
          botLocaleStatus: statuses[looks++],
          lastBuildSubmittedDateTime: new Date(lex.times('BuildBotLocale') + 1),
        };
      };
      const before = { ...imported, builtBeforeMs: 1 };
      await lex.run('buildBotLocale', { bot, runName: 'run 4', imported: before });
      assert.deepEqual([lex.times('BuildBotLocale'), looks], [1, 5]);
    });
  });

  describe('createBotVersion', () => {
    before(async () => {
      const runName = 'for a version';
      const { archive } = await challenger();
      const imported = await lex.run('importBotArchive', { bot, archive, runName });
      await lex.run('buildBotLocale', { bot, runName, imported });
    });

    it('makes one version a run, however often it is asked', async () => {
      const { version } = await lex.run('createBotVersion', { bot, description: 'run 1' });
      assert.equal(version, '2');
      assert.deepEqual(await lex.run('createBotVersion', { bot, description: 'run 1' }), { version: '2' });
      assert.equal(lex.times('CreateBotVersion'), 1);
    });

    it('does not make another one when the answer was lost', async () => {
      lex.faultAfter = (operation) =>
        operation === 'CreateBotVersion' ? awsError('TimeoutError', 500) : undefined;
      const { result, calls } = await lex.runAgainAfterFailure('createBotVersion', {
        bot,
        description: 'run 2',
      });
      assert.deepEqual(result, { version: '3' });
      assert.equal(calls.filter((call) => call === 'CreateBotVersion').length, 1);
    });

    it('says which versions could go when there are as many as Lex allows', async () => {
      const full = Array.from({ length: 100 }, (_, index) => ({ botVersion: String(index + 1) }));
      lex.answer = (operation) =>
        operation === 'ListBotVersions' ? { botVersionSummaries: full } : undefined;
      await assert.rejects(
        lex.run('createBotVersion', { bot, description: 'run 3' }),
        (error: Error) =>
          error instanceof QuotaExceededError &&
          /has 100 versions.*No alias uses 2, 3, 4, 5, 6/.test(error.message),
      );
      assert.equal(lex.times('CreateBotVersion'), 0);
    });

    it('takes the other locales of the bot as they are live', async () => {
      let specification: unknown;
      lex.answer = (operation, input) => {
        if (operation === 'ListBotLocales' && input.botVersion === bot.liveVersion) {
          return { botLocaleSummaries: [{ localeId: 'es_ES' }, { localeId: 'pt_PT' }] };
        }
        if (operation !== 'CreateBotVersion') return undefined;
        specification = input.botVersionLocaleSpecification;
        return { botVersion: '2' };
      };
      await lex.run('createBotVersion', { bot, description: 'run 4' });
      assert.deepEqual(specification, {
        pt_PT: { sourceBotVersion: '1' },
        es_ES: { sourceBotVersion: 'DRAFT' },
      });
    });
  });

  describe('evaluation', () => {
    let aliases: { championAliasId: string; challengerAliasId: string };
    const asked: EvaluationItem[] = [
      { id: 'a', text: '¿me dices la clave del wifi?', intent: 'PreguntarWifi', set: 'golden' },
      { id: 'b', text: 'hay wifi en el local', intent: 'PreguntarWifi', set: 'golden' },
      { id: 'c', text: 'a qué hora abren', intent: 'ConsultarHorario', set: 'golden' },
      { id: 'd', text: 'quiero reservar una mesa', intent: 'ReservarMesa', set: 'validation' },
      { id: 'e', text: 'x'.repeat(1_025), intent: outOfScope, set: 'golden' },
      { id: 'f', text: ' ', intent: outOfScope, set: 'golden' },
      { id: 'g', text: 'qwrtp zxcvb', intent: outOfScope, set: 'golden' },
    ];
    const input = async (name: string, list = asked) => ({
      bot,
      aliasId: aliases.challengerAliasId,
      items: await items(list, name),
      model: 'challenger' as const,
      concurrency: 4,
      outputUri: lex.uri(`${name}/`),
    });
    const predictionsOf = async ({ predictions }: { predictions: Artifact }) =>
      (await lex.store.readText(predictions.uri))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Prediction);

    before(async () => {
      aliases = await lex.run('pointEvaluationAliases', {
        bot,
        championVersion: '1',
        challengerVersion: '2',
      });
    });

    it('has aliases without hooks and logs, made once', async () => {
      const again = await lex.run('pointEvaluationAliases', {
        bot,
        championVersion: '1',
        challengerVersion: '2',
      });
      assert.deepEqual(again, aliases);
      assert.equal(lex.times('CreateBotAlias'), 0);
      const described = await lex.lexModels.send(
        new DescribeBotAliasCommand({ botId: bot.botId, botAliasId: aliases.championAliasId }),
      );
      assert.deepEqual(described.botAliasLocaleSettings, { es_ES: { enabled: true } });
      assert.equal(described.conversationLogSettings, undefined);
      assert.deepEqual([described.botAliasName, described.botVersion], ['ciclo-champion', '1']);
    });

    it('asks every item that can be asked, in sessions that are deleted', async () => {
      const result = await lex.run('askModel', await input('ask'));
      assert.deepEqual([result.answered, result.unanswered], [5, 2]);
      const predictions = await predictionsOf(result);
      assert.deepEqual(
        predictions.map(({ itemId, intent }) => [itemId, intent]),
        [
          ['a', 'PreguntarWifi'],
          ['b', 'PreguntarWifi'],
          ['c', 'ConsultarHorario'],
          ['d', 'ReservarMesa'],
          ['g', outOfScope],
        ],
      );
      for (const { intent, confidence, latencyMs } of predictions) {
        assert.ok(intent === outOfScope ? confidence === null : confidence! > 0.4 && confidence! <= 1);
        assert.ok(latencyMs > 0);
      }
      assert.equal(lex.times('DeleteSession'), 5);
    });

    it('shows that the champion does not know what the challenger learned', async () => {
      const champion = {
        ...(await input('champion')),
        aliasId: aliases.championAliasId,
        model: 'champion' as const,
      };
      const predictions = await predictionsOf(await lex.run('askModel', champion));
      assert.notEqual(predictions.find(({ itemId }) => itemId === 'a')?.intent, 'PreguntarWifi');
    });

    it('does not ask again what an earlier attempt had answered', async () => {
      const many = Array.from({ length: 160 }, (_, i): EvaluationItem => ({
        ...asked[i % 4]!,
        id: `item-${i}`,
      }));
      let answers = 0;
      lex.faultBefore = (operation) =>
        operation === 'RecognizeText' && ++answers > 80 ? awsError('AccessDeniedException', 403) : undefined;
      const { first, result, calls } = await lex.runAgainAfterFailure(
        'askModel',
        await input('resume', many),
      );
      assert.equal((first as Error).name, 'AccessDeniedError');
      assert.deepEqual([result.answered, result.unanswered], [160, 0]);
      const again = calls.filter((call) => call === 'RecognizeText').length;
      assert.ok(again <= 160 + 4, `asked ${again} times`);
      const ids = (await predictionsOf(result)).map(({ itemId }) => itemId);
      assert.deepEqual(
        ids,
        many.map(({ id }) => id),
      );
    });

    it('slows down while it is throttled and loses nothing', async () => {
      const many = Array.from({ length: 40 }, (_, i): EvaluationItem => ({
        ...asked[i % 4]!,
        id: `item-${i}`,
      }));
      let calls = 0;
      lex.faultBefore = (operation) =>
        operation === 'RecognizeText' && ++calls % 5 === 0 ? awsError('ThrottlingException', 429) : undefined;
      const result = await lex.run('askModel', await input('throttled', many));
      assert.deepEqual([result.answered, result.unanswered], [40, 0]);
    });

    it('gives up on what does not heal, after a bounded number of attempts', async () => {
      lex.faultBefore = (operation) =>
        operation === 'RecognizeText' ? awsError('InternalServerException', 500) : undefined;
      await assert.rejects(
        lex.run('askModel', { ...(await input('broken', asked.slice(0, 1))), concurrency: 1 }),
        (error: Error) => error.name === 'ServiceUnavailableError',
      );
      assert.equal(lex.times('RecognizeText'), 6);
    });

    it('tells how far it is in its heartbeats, and nothing else', async () => {
      const environment = activityEnvironment();
      const beats: unknown[] = [];
      environment.on('heartbeat', (details: unknown) => beats.push(details));
      await lex.run('askModel', await input('beats'), environment);
      assert.deepEqual(beats[0], { done: 0, total: 5 });
      assert.deepEqual(beats.at(-1), { done: 5, total: 5 });
    });

    it('ends with its cancellation and keeps what was answered', async () => {
      const environment = activityEnvironment();
      environment.on('heartbeat', ({ done }: { done: number }) => {
        if (done >= 2) environment.cancel();
      });
      const cancelled = await input('cancelled');
      await assert.rejects(
        lex.run('askModel', cancelled, environment),
        (error) => error instanceof CancelledFailure,
      );
      lex.calls.length = 0;
      await lex.run('askModel', cancelled);
      assert.ok(lex.times('RecognizeText') <= 3);
    });
  });

  describe('the live alias', () => {
    let asItWas: Awaited<ReturnType<LexFixture['liveAlias']>>;
    let snapshot: Artifact;

    before(async () => {
      asItWas = await lex.liveAlias(bot);
      const saved = await lex.run('saveAlias', {
        bot,
        version: '2',
        snapshotUri: lex.uri('alias.json'),
      });
      assert.equal(saved.previousVersion, '1');
      snapshot = saved.snapshot;
    });
    afterEach(() => lex.pointLive(bot, '1'));

    it('is switched with all of its settings kept, and put back', async () => {
      assert.ok(
        asItWas.conversationLogSettings && asItWas.botAliasLocaleSettings?.es_ES?.codeHookSpecification,
      );
      await lex.run('switchAlias', { bot, version: '2', snapshot });
      assert.deepEqual(await lex.liveAlias(bot), { ...asItWas, botVersion: '2' });
      await lex.run('switchAlias', { bot, version: '2', snapshot });
      assert.deepEqual(await lex.run('restoreAlias', { bot, snapshot }), { version: '1' });
      assert.deepEqual(await lex.liveAlias(bot), asItWas);
    });

    it('is not switched again by an attempt that finds it switched', async () => {
      await lex.run('switchAlias', { bot, version: '2', snapshot });
      lex.calls.length = 0;
      await lex.run('switchAlias', { bot, version: '2', snapshot });
      assert.equal(lex.times('UpdateBotAlias'), 0);
      await lex.run('restoreAlias', { bot, snapshot });
      await lex.run('restoreAlias', { bot, snapshot });
      assert.equal(lex.times('UpdateBotAlias'), 1);
    });

    it('is still known as it was when a switch was broken off and begins again', async () => {
      await lex.run('switchAlias', { bot, version: '2', snapshot });
      const snapshotUri = lex.uri('alias.json');
      const again = await lex.run('saveAlias', { bot, version: '2', snapshotUri });
      assert.equal(again.previousVersion, '1');
      assert.deepEqual(await lex.run('findSavedAlias', { snapshotUri }), again);
      await lex.run('restoreAlias', { bot, snapshot: again.snapshot });
      assert.deepEqual(await lex.liveAlias(bot), asItWas);
      assert.equal(await lex.run('findSavedAlias', { snapshotUri: lex.uri('none.json') }), null);
    });

    it('is tried with what the challenger answered in the evaluation', async () => {
      const list: EvaluationItem[] = [
        { id: '1', text: 'me das la clave del wifi', intent: 'PreguntarWifi', set: 'golden' },
        { id: '2', text: 'a qué hora abren', intent: 'ConsultarHorario', set: 'golden' },
      ];
      const answers: Prediction[] = [
        { itemId: '1', intent: 'PreguntarWifi', confidence: 0.9, latencyMs: 1 },
        { itemId: '2', intent: 'ConsultarHorario', confidence: 0.9, latencyMs: 1 },
      ];
      const test = {
        bot,
        items: await items(list, 'smoke'),
        predictions: await lex.store.putArtifact(lex.uri('smoke-predictions.jsonl'), toJsonLines(answers), {
          rows: 2,
          schemaVersion: 1,
        }),
        utterances: 20,
      };
      await lex.run('switchAlias', { bot, version: '2', snapshot });
      assert.deepEqual(await lex.run('smokeTest', test), { asked: 2, agreed: 2 });
      await lex.run('restoreAlias', { bot, snapshot });
      await assert.rejects(
        lex.run('smokeTest', test),
        (error: Error) =>
          error instanceof OutsideWorkFailedError && /1 of 2 answers agree/.test(error.message),
      );
    });
  });
});
