import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LexRuntimeV2Client } from '@aws-sdk/client-lex-runtime-v2';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createLexActivities, type BotReference } from '../../src/activities/targets/lex';
import { startLocalAws } from '../../src/local/aws/start';
import { createExampleBot } from '../../src/local/example/create-example-bot';
import { createLexModelsClient, createLexRuntimeClient } from '../../src/platform/aws/clients';
import { openObjectStore } from '../../src/platform/storage/object-store';

/** The café bot on the local Lex, ready to be asked. */
export async function startBot(options: { aliasConcurrency: number; recognizeMs: number }): Promise<{
  runtime: LexRuntimeV2Client;
  reference: BotReference;
  stop: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-bench-'));
  const aws = await startLocalAws({
    stateDirectory: folder,
    aliasConcurrency: options.aliasConcurrency,
    latency: { recognizeMs: options.recognizeMs },
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  const lexModels = createLexModelsClient();
  const runtime = createLexRuntimeClient();
  const target = {
    kind: 'lex' as const,
    bot: 'CafeBot',
    alias: 'live',
    localeId: 'es_ES',
    consoleEdits: 'refuse' as const,
  };
  await createExampleBot(lexModels, {
    folder: join(__dirname, '..', '..', 'examples', 'cafe', 'bot'),
    botName: target.bot,
    aliasName: target.alias,
    localeId: target.localeId,
    report: () => undefined,
  });
  const activities = createLexActivities({ store: openObjectStore(), lexModels, lexRuntime: runtime });
  return {
    runtime,
    reference: await new MockActivityEnvironment().run(() => activities.resolveBot({ target })),
    stop: async () => {
      lexModels.destroy();
      runtime.destroy();
      await aws.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
