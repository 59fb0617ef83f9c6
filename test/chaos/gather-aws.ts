import { paginateListJobs } from '@aws-sdk/client-batch';
import {
  DescribeBotAliasCommand,
  DescribeBotLocaleCommand,
  ListBotsCommand,
  paginateListBotAliases,
  paginateListBotVersions,
  paginateListImports,
} from '@aws-sdk/client-lex-models-v2';
import { createBatchClient, createLexModelsClient } from '../../src/platform/aws/clients';
import { localeId } from './bot';
import { aliasName } from './pipeline';
import type { LexRecord, Records } from './records';

/** What Lex has of the bot. */
export async function gatherLex(): Promise<LexRecord> {
  const client = createLexModelsClient();
  const { botSummaries = [] } = await client.send(new ListBotsCommand({}));
  const botId = String(botSummaries[0]?.botId);
  const versions: LexRecord['versions'] = [];
  for await (const page of paginateListBotVersions({ client }, { botId })) {
    for (const { botVersion, description, botStatus } of page.botVersionSummaries ?? []) {
      if (botVersion !== 'DRAFT')
        versions.push({
          version: String(botVersion),
          description: description ?? null,
          status: String(botStatus),
        });
    }
  }
  let botAliasId = '';
  for await (const page of paginateListBotAliases({ client }, { botId })) {
    for (const alias of page.botAliasSummaries ?? [])
      if (alias.botAliasName === aliasName) botAliasId = String(alias.botAliasId);
  }
  const alias = await client.send(new DescribeBotAliasCommand({ botId, botAliasId }));
  const locale = await client.send(new DescribeBotLocaleCommand({ botId, botVersion: 'DRAFT', localeId }));
  const imports: LexRecord['imports'] = [];
  for await (const page of paginateListImports({ client }, { botId })) {
    for (const { importId, importStatus } of page.importSummaries ?? [])
      imports.push({ id: String(importId), status: String(importStatus) });
  }
  return {
    versions,
    liveAlias: {
      id: botAliasId,
      version: alias.botVersion ?? null,
      status: String(alias.botAliasStatus),
      history: (alias.botAliasHistoryEvents ?? []).map((event) => String(event.botVersion)),
    },
    localeStatus: String(locale.botLocaleStatus),
    imports,
  };
}

/** The jobs that Batch has had. */
export async function gatherJobs(): Promise<Records['jobs']> {
  const jobs: Records['jobs'] = [];
  const pages = paginateListJobs(
    { client: createBatchClient() },
    { jobQueue: 'chaos', filters: [{ name: 'JOB_NAME', values: ['ciclo-*'] }] },
  );
  for await (const page of pages) {
    for (const { jobName, status } of page.jobSummaryList ?? [])
      jobs.push({ name: String(jobName), status: String(status) });
  }
  return jobs;
}
