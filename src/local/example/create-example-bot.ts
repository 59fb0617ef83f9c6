import {
  BuildBotLocaleCommand,
  CreateBotAliasCommand,
  CreateBotVersionCommand,
  CreateUploadUrlCommand,
  DescribeBotAliasCommand,
  DescribeBotLocaleCommand,
  DescribeBotVersionCommand,
  DescribeImportCommand,
  type LexModelsV2Client,
  ListBotAliasesCommand,
  ListBotsCommand,
  ListBotVersionsCommand,
  StartImportCommand,
} from '@aws-sdk/client-lex-models-v2';
import { zipSync } from 'fflate';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OutsideWorkFailedError } from '../../domain/errors';

const pollMs = 150;
const patienceMs = 120_000;

/**
 * Makes the example's bot and its live alias through the same calls that a person's own bot takes; each step that is
 * done already is passed over, so that a start that was broken off goes on.
 */
export async function createExampleBot(
  lex: LexModelsV2Client,
  bot: { folder: string; botName: string; aliasName: string; localeId: string; report(line: string): void },
): Promise<void> {
  const botId = (await findBot(lex, bot.botName)) ?? (await importBot(lex, bot));
  const { botAliasSummaries = [] } = await lex.send(new ListBotAliasesCommand({ botId }));
  if (botAliasSummaries.some((alias) => alias.botAliasName === bot.aliasName)) return;
  const botVersion = await ensureVersion(lex, botId, bot.localeId);
  const { botAliasId } = await lex.send(
    new CreateBotAliasCommand({
      botId,
      botVersion,
      botAliasName: bot.aliasName,
      description: 'What customers talk to.',
      botAliasLocaleSettings: {
        [bot.localeId]: {
          enabled: true,
          codeHookSpecification: {
            lambdaCodeHook: {
              lambdaARN: 'arn:aws:lambda:eu-west-1:000000000000:function:cafe-orders',
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
              cloudWatch: {
                cloudWatchLogGroupArn: 'arn:aws:logs:eu-west-1:000000000000:log-group:/lex/cafe',
                logPrefix: 'aws/lex/cafe/',
              },
            },
          },
        ],
      },
      sentimentAnalysisSettings: { detectSentiment: false },
    }),
  );
  await until(
    'alias',
    async () => (await lex.send(new DescribeBotAliasCommand({ botId, botAliasId }))).botAliasStatus,
    'Available',
  );
  bot.report(`example: bot ${bot.botName} is live on alias "${bot.aliasName}", version ${botVersion}`);
}

async function findBot(lex: LexModelsV2Client, name: string): Promise<string | undefined> {
  const { botSummaries = [] } = await lex.send(
    new ListBotsCommand({ filters: [{ name: 'BotName', values: [name], operator: 'EQ' }] }),
  );
  return botSummaries[0]?.botId;
}

async function importBot(lex: LexModelsV2Client, bot: { folder: string; botName: string }): Promise<string> {
  const { importId, uploadUrl } = await lex.send(new CreateUploadUrlCommand({}));
  const response = await fetch(String(uploadUrl), { method: 'PUT', body: await packFolder(bot.folder) });
  if (!response.ok)
    throw new OutsideWorkFailedError(`The example's archive could not be uploaded: HTTP ${response.status}.`);
  await lex.send(
    new StartImportCommand({
      importId,
      mergeStrategy: 'FailOnConflict',
      resourceSpecification: {
        botImportSpecification: {
          botName: bot.botName,
          roleArn: 'arn:aws:iam::000000000000:role/cafe-bot',
          dataPrivacy: { childDirected: false },
          idleSessionTTLInSeconds: 300,
        },
      },
    }),
  );
  await until(
    'import',
    async () => {
      const { importStatus, failureReasons } = await lex.send(new DescribeImportCommand({ importId }));
      return importStatus === 'Failed' ? `Failed: ${failureReasons?.join(' ')}` : importStatus;
    },
    'Completed',
  );
  const { importedResourceId } = await lex.send(new DescribeImportCommand({ importId }));
  return String(importedResourceId);
}

async function ensureVersion(lex: LexModelsV2Client, botId: string, localeId: string): Promise<string> {
  const { botVersionSummaries = [] } = await lex.send(new ListBotVersionsCommand({ botId }));
  const existing = botVersionSummaries.find(
    (version) => version.botVersion !== 'DRAFT' && version.botStatus === 'Available',
  );
  if (existing?.botVersion) return existing.botVersion;
  const locale = { botId, botVersion: 'DRAFT', localeId };
  const status = async () => (await lex.send(new DescribeBotLocaleCommand(locale))).botLocaleStatus;
  if ((await status()) !== 'Built') await lex.send(new BuildBotLocaleCommand(locale));
  await until('build', status, 'Built');
  const { botVersion } = await lex.send(
    new CreateBotVersionCommand({
      botId,
      botVersionLocaleSpecification: { [localeId]: { sourceBotVersion: 'DRAFT' } },
    }),
  );
  await until(
    'version',
    async () => {
      try {
        return (await lex.send(new DescribeBotVersionCommand({ botId, botVersion }))).botStatus;
      } catch (error) {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return 'Creating';
        throw error;
      }
    },
    'Available',
  );
  return String(botVersion);
}

async function until(what: string, status: () => Promise<string | undefined>, wanted: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const current = await status();
    if (current === wanted) return;
    if (current?.startsWith('Failed') || Date.now() > deadline) {
      throw new OutsideWorkFailedError(
        `The example bot's ${what} did not become ${wanted}: it is ${current}.`,
      );
    }
    await sleep(pollMs);
  }
}

/** An archive of a folder's files, under their paths. */
async function packFolder(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files: Record<string, Uint8Array> = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path).split(sep).join('/')] = await readFile(path);
  }
  return new Uint8Array(zipSync(files));
}
