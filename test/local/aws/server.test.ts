import assert from 'node:assert/strict';
import { connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { ListTestSetsCommand } from '@aws-sdk/client-lex-models-v2';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { restJsonServices } from '../../../src/local/aws/dispatch';
import { operationsOf, shapeOf } from '../../../src/local/aws/protocol/schema';
import { Router } from '../../../src/local/aws/router';
import { startLocalAws } from '../../../src/local/aws/start';
import { failureOf, startStandIn, type StandIn } from './stand-in';

describe('the local AWS on the wire', () => {
  let aws: StandIn;
  before(async () => (aws = await startStandIn()));
  after(() => aws.close());

  const post = (path: string, body: string) => fetch(aws.endpoint + path, { method: 'POST', body });

  it('speaks HTTP/1.1 and HTTP/2 on one port', async () => {
    assert.deepEqual(await (await post('/bots', '{}')).json(), { botSummaries: [] });
    const session = connectHttp2(aws.endpoint);
    const request = session.request({ ':method': 'POST', ':path': '/bots' });
    request.end('{}');
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    assert.deepEqual(JSON.parse(Buffer.concat(body).toString()), { botSummaries: [] });
    session.close();
  });

  it('tells the two apart when the first bytes come one by one', async () => {
    const socket = connectTcp(Number(new URL(aws.endpoint).port), '127.0.0.1');
    for (const byte of 'POST /bots HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}') {
      socket.write(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    assert.match(Buffer.concat(chunks).toString(), /^HTTP\/1\.1 200 OK/);
  });

  it('takes paths with and without a slash at the end', async () => {
    assert.equal((await post('/bots/', '{}')).status, 200);
  });

  it('says loudly what it does not implement', async () => {
    const lex = await failureOf(aws.models.send(new ListTestSetsCommand({})));
    assert.equal(lex.$metadata!.httpStatusCode, 501);
    assert.equal(lex.name, 'NotImplementedException');
    assert.match(lex.message, /Lex Models V2 ListTestSets/);
    const sns = await failureOf(
      aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: 'arn:aws:sns:a:b:c' })),
    );
    assert.equal(sns.$metadata!.httpStatusCode, 501);
    assert.match(sns.message, /SNS ListSubscriptionsByTopic/);
    const unknown = await post('/no/such/thing', '{}');
    assert.equal(unknown.status, 501);
    assert.match(((await unknown.json()) as { message: string }).message, /POST \/no\/such\/thing/);
  });

  it('answers a body that is not JSON with a validation error', async () => {
    const answer = await post('/bots', '{"maxResults": ');
    assert.equal(answer.status, 400);
    assert.equal(answer.headers.get('x-amzn-errortype'), 'ValidationException');
    assert.equal((await post('/bots', '{"maxResults": "many"}')).status, 400);
  });

  it('keeps a second stand-in away from its state', async () => {
    const again = startLocalAws({ stateDirectory: aws.stateDirectory });
    await assert.rejects(again, /is used by/);
  });
});

describe('routes from the SDK’s schemas', () => {
  const operations = Object.fromEntries(
    Object.entries(restJsonServices).map(([name, service]) => [
      name,
      operationsOf(service.client, service.package),
    ]),
  );

  it('hold what the stand-in was written for', () => {
    const routeOf = (service: string, name: string) =>
      operations[service]!.find((operation) => operation.name === name)?.http;
    const locale = '/bots/{botId}/botversions/{botVersion}/botlocales/{localeId}';
    const session = '/bots/{botId}/botAliases/{botAliasId}/botLocales/{localeId}/sessions/{sessionId}';
    const expected: [string, string, string, string, number][] = [
      ['Lex Models V2', 'CreateUploadUrl', 'POST', '/createuploadurl', 200],
      ['Lex Models V2', 'StartImport', 'PUT', '/imports', 202],
      ['Lex Models V2', 'DescribeImport', 'GET', '/imports/{importId}', 200],
      ['Lex Models V2', 'BuildBotLocale', 'POST', locale, 202],
      ['Lex Models V2', 'DescribeBotLocale', 'GET', locale, 200],
      ['Lex Models V2', 'CreateBotVersion', 'PUT', '/bots/{botId}/botversions', 202],
      ['Lex Models V2', 'ListBotVersions', 'POST', '/bots/{botId}/botversions', 200],
      ['Lex Models V2', 'UpdateBotAlias', 'PUT', '/bots/{botId}/botaliases/{botAliasId}', 202],
      ['Lex Models V2', 'ListIntents', 'POST', `${locale}/intents`, 200],
      ['Lex Models V2', 'CreateExport', 'PUT', '/exports', 202],
      ['Lex Runtime V2', 'RecognizeText', 'POST', `${session}/text`, 200],
      ['Lex Runtime V2', 'DeleteSession', 'DELETE', session, 200],
      ['Batch', 'SubmitJob', 'POST', '/v1/submitjob', 200],
      ['Batch', 'TerminateJob', 'POST', '/v1/terminatejob', 200],
    ];
    for (const [service, name, method, path, status] of expected) {
      assert.deepEqual(routeOf(service, name), { method, path, status }, name);
    }
  });

  it('say which members a request must have', () => {
    const submit = operations.Batch!.find(({ name }) => name === 'SubmitJob')!;
    const shape = shapeOf(submit.input);
    assert.ok(shape.kind === 'structure');
    assert.deepEqual(shape.names.slice(0, shape.required), ['jobName', 'jobQueue', 'jobDefinition']);
  });

  it('are refused by name when the SDK’s exports have changed', () => {
    assert.throws(
      () => operationsOf({ Something: 1 }, '@aws-sdk/client-x'),
      /@aws-sdk\/client-x exports no operation/,
    );
  });

  it('match the literal path before a parameter, and decode parameters', () => {
    const router = new Router();
    const operation = (name: string, path: string) => ({
      name,
      http: { method: 'GET', path, status: 200 },
      input: 0,
      output: 0,
    });
    router.add('S', [operation('One', '/things/{id}'), operation('All', '/things/all')]);
    assert.equal(router.match('GET', '/things/all')!.operation.name, 'All');
    assert.deepEqual(router.match('GET', '/things/a%3Ab%2F')!.labels, { id: 'a:b/' });
    assert.equal(router.match('POST', '/things/all'), null);
    assert.equal(router.match('GET', '/things/a/b'), null);
  });
});
