import assert from 'node:assert/strict';
import { DescribeBotAliasCommand, UpdateBotAliasCommand } from '@aws-sdk/client-lex-models-v2';
import {
  DeleteSessionCommand,
  GetSessionCommand,
  RecognizeTextCommand,
} from '@aws-sdk/client-lex-runtime-v2';
import { failureOf, quickLatency, startStandIn, type StandIn } from '../stand-in';
import {
  aliasSettled,
  archiveFiles,
  buildDraft,
  importArchive,
  localeId,
  localeSpecification,
  makeAlias,
  makeBot,
  makeVersion,
  smallBot,
  zipOf,
} from './bots';

describe('local Lex V2 runtime, over HTTP/2', function () {
  this.timeout(30_000);
  let aws: StandIn;
  let botId: string;
  let botAliasId: string;
  let sessions = 0;

  before(async () => {
    aws = await startStandIn();
    botId = await makeBot(aws, 'Cafe');
    botAliasId = await makeAlias(aws, botId, 'live', await makeVersion(aws, botId));
  });
  after(() => aws.close());

  const recognize = (text: string, sessionId = `test:${++sessions}`, alias = botAliasId) =>
    aws.runtime.send(new RecognizeTextCommand({ botId, botAliasId: alias, localeId, sessionId, text }));

  it('is sure of a sample utterance, whatever its case, accents and punctuation', async () => {
    for (const text of ['¿A qué hora abrís?', 'a que hora abris', '  A QUÉ HORA   ABRÍS!! ']) {
      const { interpretations, sessionState } = await recognize(text);
      assert.equal(interpretations![0]!.intent!.name, 'ConsultarHorario');
      assert.equal(interpretations![0]!.nluConfidence!.score, 1);
      assert.equal(interpretations![0]!.interpretationSource, 'Lex');
      assert.equal(sessionState!.intent!.name, 'ConsultarHorario');
      assert.equal(sessionState!.dialogAction!.type, 'Close');
    }
  });

  it('ranks interpretations, the fallback last and without a score', async () => {
    const { interpretations } = await recognize('a qué hora abrís los domingos');
    assert.ok(interpretations!.length <= 5);
    assert.equal(interpretations![0]!.intent!.name, 'ConsultarHorario');
    const scores = interpretations!.slice(0, -1).map(({ nluConfidence }) => nluConfidence!.score!);
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
    assert.ok(scores[0]! >= 0.4 && scores[0]! <= 1);
    assert.equal(interpretations!.at(-1)!.intent!.name, 'FallbackIntent');
    assert.equal(interpretations!.at(-1)!.nluConfidence, undefined);
  });

  it('falls back where no score reaches the threshold, with the scores behind', async () => {
    const { interpretations, sessionState } = await recognize('necesito un fontanero urgentemente');
    assert.equal(interpretations![0]!.intent!.name, 'FallbackIntent');
    assert.equal(interpretations![0]!.nluConfidence, undefined);
    assert.ok(interpretations!.slice(1).every(({ nluConfidence }) => nluConfidence!.score! < 0.4));
    assert.equal(sessionState!.intent!.state, 'Failed');
  });

  it('fills slots of the bot’s own types and asks for those that are open', async () => {
    const first = await recognize('ponme un cortadito', 'dialogue');
    assert.equal(first.interpretations![0]!.nluConfidence!.score, 1);
    const { slots } = first.sessionState!.intent!;
    assert.deepEqual(slots!.Bebida!.value, {
      originalValue: 'cortadito',
      interpretedValue: 'cortado',
      resolvedValues: ['cortado'],
    });
    assert.equal(slots!.Cantidad, null);
    assert.deepEqual(first.sessionState!.dialogAction, { type: 'ElicitSlot', slotToElicit: 'Cantidad' });
    assert.deepEqual(first.messages, [{ content: '¿Cantidad?', contentType: 'PlainText' }]);

    const second = await recognize('dos', 'dialogue');
    assert.equal(
      second.interpretations![0]!.intent!.name,
      'PedirBebida',
      'the answer to a prompt is no new intent',
    );
    assert.equal(second.sessionState!.intent!.slots!.Cantidad!.value!.interpretedValue, 'dos');
    assert.equal(second.sessionState!.intent!.state, 'ReadyForFulfillment');
    assert.deepEqual(second.messages, [{ content: 'Gracias.', contentType: 'PlainText' }]);
  });

  it('keeps sessions apart, shows them and forgets them', async () => {
    const session = { botId, botAliasId, localeId, sessionId: 'user:1/á'.replace('/á', '.x') };
    await recognize('ponme un cortado', session.sessionId);
    const shown = await aws.runtime.send(new GetSessionCommand(session));
    assert.equal(shown.sessionState!.dialogAction!.slotToElicit, 'Cantidad');
    const deleted = await aws.runtime.send(new DeleteSessionCommand(session));
    assert.equal(deleted.sessionId, session.sessionId);
    for (const Command of [GetSessionCommand, DeleteSessionCommand]) {
      assert.equal(
        (await failureOf(aws.runtime.send(new Command(session)))).name,
        'ResourceNotFoundException',
      );
    }
  });

  it('refuses texts and session ids that Lex would refuse', async () => {
    const long = await failureOf(recognize('a'.repeat(1_025)));
    assert.equal(long.name, 'ValidationException');
    assert.equal(long.$metadata!.httpStatusCode, 400);
    assert.equal((await recognize('a'.repeat(1_024))).interpretations![0]!.intent!.name, 'FallbackIntent');
    assert.equal((await failureOf(recognize('hola', 'con espacio'))).name, 'ValidationException');
    assert.equal((await failureOf(recognize('hola', 'x'))).name, 'ValidationException');
  });

  it('knows no alias, locale or build that is not there', async () => {
    assert.equal((await failureOf(recognize('hola', 'abc', 'NOSUCHALIA'))).name, 'ResourceNotFoundException');
    const request = { botId, botAliasId, localeId: 'it_IT', sessionId: 'abc', text: 'ciao' };
    const failure = await failureOf(aws.runtime.send(new RecognizeTextCommand(request)));
    assert.equal(failure.name, 'ResourceNotFoundException');
  });

  it('switches an alias for new sessions; open ones keep their version', async () => {
    const topic = {
      ...smallBot,
      PreguntarWifi: { utterances: ['¿tenéis wifi?', 'cuál es la clave del wifi'] },
    };
    await importArchive(aws, zipOf(archiveFiles(topic, false)), localeSpecification(botId), 'Overwrite');
    await recognize('¿tenéis wifi?', 'open');
    const untilBuilt = await recognize('¿tenéis wifi?', undefined, 'TSTALIASID');
    assert.notEqual(
      untilBuilt.interpretations![0]!.intent!.name,
      'PreguntarWifi',
      'DRAFT answers as it was built',
    );
    await buildDraft(aws, botId);
    const draft = await recognize('¿tenéis wifi?', undefined, 'TSTALIASID');
    assert.equal(draft.interpretations![0]!.intent!.name, 'PreguntarWifi');
    const botVersion = await makeVersion(aws, botId);

    const { botAliasName } = await aws.models.send(new DescribeBotAliasCommand({ botId, botAliasId }));
    await aws.models.send(new UpdateBotAliasCommand({ botId, botAliasId, botAliasName, botVersion }));
    await aliasSettled(aws, botId, botAliasId);
    const fresh = await recognize('¿tenéis wifi?');
    assert.equal(fresh.interpretations![0]!.intent!.name, 'PreguntarWifi');
    const open = await recognize('¿tenéis wifi?', 'open');
    assert.notEqual(open.interpretations![0]!.intent!.name, 'PreguntarWifi');
  });
});

describe('the concurrency of an alias of the local Lex', () => {
  it('throttles more conversations at once than it takes: 2 on the test alias', async () => {
    // So slow that on a busy machine, too, the conversations meet.
    const latency = { ...quickLatency, recognizeMs: 1_000 };
    const aws = await startStandIn({ aliasConcurrency: 5, latency });
    try {
      const botId = await makeBot(aws, 'Cafe');
      const live = await makeAlias(aws, botId, 'live', await makeVersion(aws, botId));
      const recognize = (botAliasId: string, session: number) =>
        aws.runtime.send(
          new RecognizeTextCommand({
            botId,
            botAliasId,
            localeId,
            sessionId: `test:${session}`,
            text: 'hola',
          }),
        );
      for (const [alias, most] of [
        ['TSTALIASID', 2],
        [live, 5],
      ] as const) {
        const outcomes = await Promise.allSettled(
          Array.from({ length: 10 }, (_, session) => recognize(alias, session)),
        );
        const throttled = outcomes.filter((outcome) => outcome.status === 'rejected');
        assert.ok(
          throttled.length > 0 && throttled.length <= 10 - most,
          `${throttled.length} were throttled`,
        );
        for (const { reason } of throttled as {
          reason: { name: string; $metadata: { httpStatusCode: number } };
        }[]) {
          assert.equal(reason.name, 'ThrottlingException');
          assert.equal(reason.$metadata.httpStatusCode, 429);
        }
      }
      await recognize('TSTALIASID', 11);
    } finally {
      await aws.close();
    }
  });
});
