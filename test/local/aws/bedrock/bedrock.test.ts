import assert from 'node:assert/strict';
import { BedrockRuntimeClient, ConverseCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { readJournal } from '../../../../src/local/aws/journal';
import { failureOf, startStandIn, type StandIn } from '../stand-in';

const titan = 'amazon.titan-embed-text-v2:0';
const cohere = 'cohere.embed-multilingual-v3';
const nova = 'amazon.nova-lite-v1:0';

describe('the stand-in for Bedrock', () => {
  let aws: StandIn;
  let client: BedrockRuntimeClient;
  before(async () => {
    aws = await startStandIn({
      bedrock: { withoutAccess: ['cohere.embed-english-v3'], mostCallsPerSecond: 5 },
    });
    client = new BedrockRuntimeClient({
      endpoint: aws.endpoint,
      region: 'eu-west-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });
  // The next test has a second of its own.
  afterEach(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  after(async () => {
    client.destroy();
    await aws.close();
  });

  const invoke = async (modelId: string, body: object | string) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await client.send(
      new InvokeModelCommand({ modelId, body: text, contentType: 'application/json' }),
    );
    assert.equal(answer.contentType, 'application/json');
    return JSON.parse(answer.body.transformToString()) as Record<string, unknown>;
  };
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);

  it('embeds as Titan: one text, as many numbers as asked for, of length 1, always the same', async () => {
    const answer = await invoke(titan, { inputText: '¿tenéis wifi?', dimensions: 256 });
    const embedding = answer.embedding as number[];
    assert.equal(embedding.length, 256);
    assert.ok(Math.abs(dot(embedding, embedding) - 1) < 1e-9);
    assert.equal(answer.inputTextTokenCount, 4);
    const again = await invoke(titan, { inputText: '¿tenéis wifi?', dimensions: 256 });
    assert.deepEqual(again, answer);
    const usual = await invoke(titan, { inputText: 'hola' });
    assert.equal((usual.embedding as number[]).length, 1024);
  });

  it('embeds as Cohere: several texts, those with the same words closer', async () => {
    const texts = ['hay wifi en el local', '¿tenéis wifi en el local?', 'un café con leche'];
    const { embeddings } = await invoke(cohere, { texts, input_type: 'clustering', truncate: 'END' });
    const [wifi, alsoWifi, coffee] = embeddings as [number[], number[], number[]];
    assert.equal(wifi.length, 1024);
    assert.ok(dot(wifi, alsoWifi) > dot(wifi, coffee) + 0.3);
    const byType = { texts, input_type: 'clustering', embedding_types: ['float'] };
    assert.deepEqual((await invoke(cohere, byType)).embeddings, { float: embeddings });
  });

  it('refuses what Bedrock refuses', async () => {
    const refusals: [string, object | string, string, RegExp][] = [
      [titan, {}, 'ValidationException', /Malformed input request: #\/inputText/],
      [titan, { inputText: '' }, 'ValidationException', /#\/inputText/],
      [titan, { inputText: 'a', dimensions: 100 }, 'ValidationException', /#\/dimensions/],
      [titan, '{', 'ValidationException', /Malformed input request/],
    ];
    for (const [modelId, body, name, pattern] of refusals) {
      const failure = await failureOf(invoke(modelId, body));
      assert.equal(failure.name, name);
      assert.match(failure.message, pattern);
    }
    const many = Array.from({ length: 97 }, () => 'a');
    const tooMany = await failureOf(invoke(cohere, { texts: many, input_type: 'clustering' }));
    assert.match(tooMany.message, /#\/texts/);
    const tooLong = await failureOf(invoke(cohere, { texts: ['a'.repeat(2_049)], input_type: 'clustering' }));
    assert.match(tooLong.message, /#\/texts\/0/);
    assert.match((await failureOf(invoke('meta.llama', {}))).message, /model identifier is invalid/);
    const denied = await failureOf(
      invoke('cohere.embed-english-v3', { texts: ['a'], input_type: 'clustering' }),
    );
    assert.equal(denied.name, 'AccessDeniedException');
    assert.equal(denied.$metadata?.httpStatusCode, 403);
    assert.match((await failureOf(invoke(nova, {}))).message, /does not support this operation/);
  });

  it('throttles calls of one model over its quota', async () => {
    const calls = Array.from({ length: 8 }, () =>
      invoke(titan, { inputText: 'hola' }).then(
        () => 'ok',
        (error: Error) => error.name,
      ),
    );
    const ends = await Promise.all(calls);
    assert.equal(ends.filter((end) => end === 'ok').length, 5);
    assert.equal(ends.filter((end) => end === 'ThrottlingException').length, 3);
  });

  it('answers a conversation from the words of the question, and counts', async () => {
    const text = 'Phrases:\n- quiero un desayuno\n- ¿hay desayuno sin gluten?\n- desayuno para <NAME_1>';
    const ask = (maxTokens: number) =>
      client.send(
        new ConverseCommand({
          modelId: nova,
          system: [{ text: 'name it' }],
          messages: [{ role: 'user', content: [{ text }] }],
          inferenceConfig: { maxTokens },
        }),
      );
    const { output, usage, stopReason } = await ask(200);
    const answer = JSON.parse(output!.message!.content![0]!.text!) as object;
    assert.deepEqual(answer, { name: 'Desayuno Gluten', description: 'quiero un desayuno' });
    assert.equal(stopReason, 'end_turn');
    assert.equal(usage!.inputTokens! + usage!.outputTokens!, usage!.totalTokens);
    assert.equal((await ask(3)).stopReason, 'max_tokens');
    const noQuestion = new ConverseCommand({
      modelId: nova,
      messages: [{ role: 'assistant', content: [{ text: 'x' }] }],
    });
    assert.match((await failureOf(client.send(noQuestion))).message, /must start with a user message/);
  });

  it('notes nothing: asking changes nothing', async () => {
    await invoke(titan, { inputText: 'hola' });
    assert.deepEqual(readJournal(aws.stateDirectory), []);
  });
});
