import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  DescribeBotAliasCommand,
  LexModelsV2Client,
  UpdateBotAliasCommand,
} from '@aws-sdk/client-lex-models-v2';
import { LexRuntimeV2Client } from '@aws-sdk/client-lex-runtime-v2';
import type { Info } from '@temporalio/activity';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import {
  createLexActivities,
  type BotReference,
  type LexActivities,
} from '../../../../src/activities/targets/lex';
import { startLocalAws, type LocalAws } from '../../../../src/local/aws/start';
import { createExampleBot } from '../../../../src/local/example/create-example-bot';
import { openObjectStore, type ObjectStore } from '../../../../src/platform/storage/object-store';
import { cafeFolder } from '../../../domain/bot-archive/folder';

const connection = (endpoint: string) => ({
  endpoint,
  region: 'eu-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

export const target = {
  kind: 'lex' as const,
  bot: 'CafeBot',
  alias: 'live',
  localeId: 'es_ES',
  consoleEdits: 'refuse' as const,
};

/** What a call to AWS did: the operation's name, in order. */
export type Fault = (operation: string, input: Record<string, unknown>) => Error | undefined;

/** The café bot on the stand-in for Lex, and the activities, whose calls can be counted and made to fail. */
export class LexFixture {
  readonly calls: string[] = [];
  /** Decides which calls fail, before they are sent. */
  faultBefore: Fault = () => undefined;
  /** Decides which answers get lost, after the call has had its effect. */
  faultAfter: Fault = () => undefined;
  /** Answers in the place of the service where it gives something. */
  answer: (operation: string, input: Record<string, unknown>) => object | undefined = () => undefined;

  private constructor(
    readonly aws: LocalAws,
    readonly lexModels: LexModelsV2Client,
    readonly lexRuntime: LexRuntimeV2Client,
    readonly store: ObjectStore,
    readonly folder: string,
  ) {}

  static async start(): Promise<LexFixture> {
    const folder = await mkdtemp(join(tmpdir(), 'ciclo-lex-'));
    const aws = await startLocalAws({
      stateDirectory: join(folder, 'aws'),
      latency: {
        importMs: 60,
        buildMs: 60,
        versionMs: 60,
        aliasMs: 30,
        exportMs: 30,
        changeMs: 20,
        recognizeMs: 1,
      },
    });
    const lexModels = new LexModelsV2Client(connection(aws.endpoint));
    const lexRuntime = new LexRuntimeV2Client({
      ...connection(aws.endpoint),
      requestHandler: new NodeHttpHandler(),
    });
    const fixture = new LexFixture(aws, lexModels, lexRuntime, openObjectStore(), folder);
    await createExampleBot(lexModels, {
      folder: cafeFolder,
      botName: target.bot,
      aliasName: target.alias,
      localeId: target.localeId,
      report: () => undefined,
    });
    fixture.watch(lexModels);
    fixture.watch(lexRuntime as unknown as LexModelsV2Client);
    return fixture;
  }

  /** A URI below the fixture's folder. */
  uri(path: string): string {
    return pathToFileURL(join(this.folder, 'store', path)).href;
  }

  activities(): LexActivities {
    return createLexActivities({
      store: this.store,
      lexModels: this.lexModels,
      lexRuntime: this.lexRuntime,
      polling: { firstDelayMs: 10, factor: 1.5, longestDelayMs: 50 },
    });
  }

  /** Runs one activity as a worker would, with what an earlier attempt told in its heartbeats. */
  run<Name extends keyof LexActivities>(
    name: Name,
    input: Parameters<LexActivities[Name]>[0],
    environment = activityEnvironment(),
  ): ReturnType<LexActivities[Name]> {
    const activity = this.activities()[name] as unknown as (one: unknown) => Promise<unknown>;
    const result: Promise<unknown> = environment.run(activity, input);
    return result as ReturnType<LexActivities[Name]>;
  }

  /** Runs an activity that breaks off, then once more with its last heartbeat, and gives what both attempts called. */
  async runAgainAfterFailure<Name extends keyof LexActivities>(
    name: Name,
    input: Parameters<LexActivities[Name]>[0],
  ): Promise<{ first: unknown; result: Awaited<ReturnType<LexActivities[Name]>>; calls: string[] }> {
    const environment = activityEnvironment({ attempt: 1 });
    let details: unknown;
    environment.on('heartbeat', (one: unknown) => (details = one));
    this.calls.length = 0;
    const first: unknown = await this.run(name, input, environment).then(
      () => undefined,
      (error: unknown) => error,
    );
    this.faultBefore = this.faultAfter = () => undefined;
    const again = activityEnvironment({ attempt: 2, heartbeatDetails: details });
    const result = await this.run(name, input, again);
    return { first, result, calls: [...this.calls] };
  }

  times(operation: string): number {
    return this.calls.filter((call) => call === operation).length;
  }

  async liveAlias({ botId, aliasId }: BotReference) {
    const answer = await this.lexModels.send(new DescribeBotAliasCommand({ botId, botAliasId: aliasId }));
    const { botAliasName, description, botVersion, botAliasLocaleSettings, conversationLogSettings } = answer;
    const { sentimentAnalysisSettings } = answer;
    return {
      botAliasName,
      description,
      botVersion,
      botAliasLocaleSettings,
      conversationLogSettings,
      sentimentAnalysisSettings,
    };
  }

  async pointLive(bot: BotReference, botVersion: string): Promise<void> {
    const alias = await this.liveAlias(bot);
    await this.lexModels.send(
      new UpdateBotAliasCommand({
        ...alias,
        botAliasName: alias.botAliasName,
        botId: bot.botId,
        botAliasId: bot.aliasId,
        botVersion,
      }),
    );
  }

  async stop(): Promise<void> {
    this.lexModels.destroy();
    this.lexRuntime.destroy();
    await this.aws.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private watch(client: LexModelsV2Client): void {
    client.middlewareStack.add(
      (next, context) => async (args) => {
        const operation = (context.commandName ?? '').replace(/Command$/, '');
        const input = args.input as unknown as Record<string, unknown>;
        this.calls.push(operation);
        const before = this.faultBefore(operation, input);
        if (before) throw before;
        const output = this.answer(operation, input);
        if (output) return { output: { ...output, $metadata: {} } as never, response: undefined };
        const result = await next(args);
        const after = this.faultAfter(operation, input);
        if (after) throw after;
        return result;
      },
      { step: 'initialize', priority: 'low', name: 'watchCalls' },
    );
  }
}

/** Runs activities without printing what fails on purpose. */
export function activityEnvironment(info?: Partial<Info>): MockActivityEnvironment {
  return new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR') });
}

/** An error as the SDK throws it. */
export function awsError(name: string, status: number): Error {
  return Object.assign(new Error(`made by the test: ${name}`), {
    name,
    $metadata: { httpStatusCode: status },
  });
}
