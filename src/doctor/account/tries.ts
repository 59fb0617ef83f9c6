import { randomUUID } from 'node:crypto';
import { DescribeJobsCommand, ListJobsCommand } from '@aws-sdk/client-batch';
import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeBotAliasCommand,
  DescribeBotCommand,
  DescribeBotLocaleCommand,
  DescribeBotVersionCommand,
  DescribeCustomVocabularyMetadataCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  DescribeIntentCommand,
  DescribeSlotCommand,
  DescribeSlotTypeCommand,
  ListBotAliasesCommand,
  ListBotLocalesCommand,
  ListBotsCommand,
  ListBotVersionsCommand,
  ListIntentsCommand,
  ListSlotsCommand,
  ListSlotTypesCommand,
} from '@aws-sdk/client-lex-models-v2';
import { AbortMultipartUploadCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { BotReference } from '../../activities/targets/lex';
import { draftVersion } from '../../activities/targets/lex/bot-reference';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { parseS3Uri } from '../../platform/storage/uri';
import type { DoctorClients } from '../clients';
import type { StoreTrial } from './store-trial';
import { tryCall, type Outcome } from './outcome';

/** An id of the form that Lex gives, of nothing. */
const unusedId = 'ZZZZZZZZZZ';
const hourMs = 3_600_000;

/** Finds out about permissions by calls that leave nothing behind. Keys are `SID ACTION`. */
export type Tries = Record<string, () => Promise<Outcome>>;

/**
 * The calls that can be made without an effect.
 *
 * @param bot null where it was not found: then the calls about it are left out
 */
export function harmlessTries(
  clients: DoctorClients,
  configuration: PipelineConfiguration,
  bot: Pick<BotReference, 'botId' | 'localeId' | 'aliasId' | 'liveVersion'> | null,
  storeTrial: () => Promise<StoreTrial>,
  abortSignal: AbortSignal,
): Tries {
  const options = { abortSignal };
  return {
    ...s3Tries(clients, configuration, storeTrial, options),
    ...(bot && botTries(clients, bot, options)),
    ...unnarrowedTries(clients, configuration, options),
  };
}

type CallOptions = { abortSignal: AbortSignal };

function s3Tries(
  { s3 }: DoctorClients,
  { logs, store, dataset }: PipelineConfiguration,
  storeTrial: () => Promise<StoreTrial>,
  options: CallOptions,
): Tries {
  const list = async (uri: string) => {
    const { bucket: Bucket, key: Prefix } = parseS3Uri(uri);
    return s3.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 }), options);
  };
  /** The first byte of an object, or of one that does not exist: S3 says so to those who may list. */
  const read = async (uri: string) => {
    const { bucket: Bucket, key: Key } = parseS3Uri(uri);
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-0' }), options);
    await answer.Body?.transformToByteArray();
  };
  const firstLog = async () => {
    const { bucket } = parseS3Uri(logs.uri);
    const { Contents = [] } = await list(logs.uri);
    return `s3://${bucket}/${Contents[0]?.Key ?? `${parseS3Uri(logs.uri).key}doctor-${randomUUID()}`}`;
  };
  const folderOf = (uri: string) => uri.slice(0, uri.lastIndexOf('/') + 1);
  const byBucket = new Map<string, string[]>();
  for (const uri of [logs.uri, folderOf(dataset.goldenSetUri), store.uri]) {
    const { bucket } = parseS3Uri(uri);
    byBucket.set(bucket, [...(byBucket.get(bucket) ?? []), uri]);
  }
  const listings = [...byBucket.values()].map((uris, index): [string, () => Promise<Outcome>] => [
    `ListTheBucket${index === 0 ? '' : index + 1} s3:ListBucket`,
    () => tryCall(() => Promise.all(uris.map(list))),
  ]);
  return {
    ...Object.fromEntries(listings),
    'ReadLogsAndGoldenSet s3:GetObject': () =>
      tryCall(async () => {
        await read(await firstLog());
        await read(dataset.goldenSetUri);
      }),
    'KeepArtifacts s3:PutObject': async () => (await storeTrial()).put,
    'KeepArtifacts s3:GetObject': async () => (await storeTrial()).get,
    'KeepArtifacts s3:DeleteObject': async () => (await storeTrial()).remove,
    'KeepArtifacts s3:AbortMultipartUpload': () =>
      tryCall(() => {
        const { bucket: Bucket, key } = parseS3Uri(store.uri);
        return s3.send(
          new AbortMultipartUploadCommand({
            Bucket,
            Key: `${key}doctor/${randomUUID()}`,
            UploadId: randomUUID(),
          }),
          options,
        );
      }),
  };
}

function botTries(
  { lexModels }: DoctorClients,
  bot: Pick<BotReference, 'botId' | 'localeId' | 'aliasId' | 'liveVersion'>,
  options: CallOptions,
): Tries {
  const { botId, localeId, aliasId, liveVersion } = bot;
  const draft = { botId, botVersion: draftVersion, localeId };
  const lex = (action: string, call: () => Promise<unknown>) =>
    [`RetrainTheBot lex:${action}`, () => tryCall(call)] as const;
  return {
    ...Object.fromEntries([
      lex('DescribeBot', () => lexModels.send(new DescribeBotCommand({ botId }), options)),
      lex('DescribeBotLocale', () => lexModels.send(new DescribeBotLocaleCommand(draft), options)),
      lex('DescribeBotVersion', () =>
        lexModels.send(new DescribeBotVersionCommand({ botId, botVersion: liveVersion }), options),
      ),
      lex('ListBotAliases', () => lexModels.send(new ListBotAliasesCommand({ botId }), options)),
      lex('ListBotLocales', () =>
        lexModels.send(new ListBotLocalesCommand({ botId, botVersion: draftVersion }), options),
      ),
      lex('ListBotVersions', () => lexModels.send(new ListBotVersionsCommand({ botId }), options)),
      lex('ListIntents', () => lexModels.send(new ListIntentsCommand(draft), options)),
      lex('ListSlotTypes', () => lexModels.send(new ListSlotTypesCommand(draft), options)),
      lex('ListSlots', () => lexModels.send(new ListSlotsCommand({ ...draft, intentId: unusedId }), options)),
      lex('DescribeIntent', () =>
        lexModels.send(new DescribeIntentCommand({ ...draft, intentId: unusedId }), options),
      ),
      lex('DescribeSlot', () =>
        lexModels.send(new DescribeSlotCommand({ ...draft, intentId: unusedId, slotId: unusedId }), options),
      ),
      lex('DescribeSlotType', () =>
        lexModels.send(new DescribeSlotTypeCommand({ ...draft, slotTypeId: unusedId }), options),
      ),
      lex('DescribeCustomVocabularyMetadata', () =>
        lexModels.send(new DescribeCustomVocabularyMetadataCommand(draft), options),
      ),
    ]),
    'SwitchAndAskAliases lex:DescribeBotAlias': () =>
      tryCall(() => lexModels.send(new DescribeBotAliasCommand({ botId, botAliasId: aliasId }), options)),
  };
}

function unnarrowedTries(
  { lexModels, cloudWatch, batch }: DoctorClients,
  { engines }: PipelineConfiguration,
  options: CallOptions,
): Tries {
  const endMs = Math.floor(Date.now() / hourMs) * hourMs;
  return {
    'WhatLexDoesNotNarrow lex:ListBots': () =>
      tryCall(() => lexModels.send(new ListBotsCommand({ maxResults: 1 }), options)),
    'WhatLexDoesNotNarrow lex:DescribeExport': () =>
      tryCall(() => lexModels.send(new DescribeExportCommand({ exportId: unusedId }), options)),
    'WhatLexDoesNotNarrow lex:DescribeImport': () =>
      tryCall(() => lexModels.send(new DescribeImportCommand({ importId: unusedId }), options)),
    'WatchTheLiveAlias cloudwatch:GetMetricData': () =>
      tryCall(() =>
        cloudWatch.send(
          new GetMetricDataCommand({
            StartTime: new Date(endMs - hourMs),
            EndTime: new Date(endMs),
            MetricDataQueries: [
              {
                Id: 'doctor',
                MetricStat: {
                  Metric: { Namespace: 'AWS/Lex', MetricName: 'RuntimeRequestCount' },
                  Period: 3_600,
                  Stat: 'Sum',
                },
              },
            ],
          }),
          options,
        ),
      ),
    ...(engines.batch && {
      'WhatBatchDoesNotNarrow batch:ListJobs': () =>
        tryCall(() =>
          batch.send(new ListJobsCommand({ jobQueue: engines.batch!.jobQueue, maxResults: 1 }), options),
        ),
      'WhatBatchDoesNotNarrow batch:DescribeJobs': () =>
        tryCall(() => batch.send(new DescribeJobsCommand({ jobs: [randomUUID()] }), options)),
    }),
  };
}
