import type {
  CreateExportCommandInput,
  CreateExportCommandOutput,
  DescribeExportCommandInput,
  DescribeExportCommandOutput,
} from '@aws-sdk/client-lex-models-v2';
import { notFoundError, ServiceError, validationError } from '../errors';
import { type Input, type Output } from '../protocol/handler';
import { writeArchive } from './archive/write';
import { type LexContext } from './context';
import { newLexId } from './identifiers';
import { type ExportRecord } from './records';

/** Where exported archives are fetched. */
export const downloadPath = '/_local/lex/downloads/';

export function exportHandlers(context: LexContext) {
  const { store } = context;
  return {
    CreateExport(input: Input<CreateExportCommandInput>): Output<CreateExportCommandOutput> {
      if (input.fileFormat !== 'LexJson')
        throw validationError(`The file format ${input.fileFormat} is not supported.`);
      const { botExportSpecification: bot, botLocaleExportSpecification: locale } =
        input.resourceSpecification;
      if ((bot === undefined) === (locale === undefined)) {
        throw validationError(
          'resourceSpecification must hold a bot or a bot locale: the local AWS exports these two.',
        );
      }
      if (bot !== undefined) store.version(bot.botId, bot.botVersion);
      if (locale !== undefined) store.locale(locale.botId, locale.botVersion, locale.localeId);
      const now = Date.now();
      const exportId = newLexId();
      const record = store.exports.put(exportId, {
        exportId,
        specification: input.resourceSpecification,
        status: 'InProgress',
        createdAt: now,
        updatedAt: now,
      });
      finishExport(context, record);
      const { resourceSpecification, fileFormat, exportStatus, creationDateTime } = describe(context, record);
      return { exportId, resourceSpecification, fileFormat, exportStatus, creationDateTime };
    },

    DescribeExport(input: Input<DescribeExportCommandInput>): Output<DescribeExportCommandOutput> {
      const record = store.exports.get(input.exportId);
      if (record === undefined) throw notFoundError(`There is no export with the ID ${input.exportId}.`);
      return describe(context, record);
    },
  };
}

/** @throws ServiceError `AccessDenied` unless the export is completed */
export function exportedArchive({ store }: LexContext, exportId: string): Uint8Array {
  if (store.exports.get(exportId)?.status !== 'Completed') {
    throw new ServiceError('AccessDenied', 403, 'The download URL is unknown.');
  }
  return store.archive(exportId);
}

/** Brings an export that is under way to its end. */
export function finishExport(context: LexContext, record: ExportRecord): void {
  const { store, later, latency } = context;
  const end = (change: Partial<ExportRecord>) =>
    store.exports.put(record.exportId, { ...record, ...change, updatedAt: Date.now() });
  later.schedule(
    latency.exportMs,
    () => {
      store.putArchive(record.exportId, archiveOf(context, record));
      end({ status: 'Completed' });
    },
    (error) => end({ status: 'Failed', failureReasons: [error.message] }),
  );
}

function archiveOf({ store }: LexContext, { specification }: ExportRecord): Uint8Array {
  const { botExportSpecification: whole, botLocaleExportSpecification: single } = specification;
  const { botId, botVersion } = (whole ?? single) as { botId: string; botVersion: string };
  const bot = store.bot(botId);
  const locales =
    single === undefined
      ? store.localesOf(botId, botVersion)
      : [store.locale(botId, botVersion, single.localeId!)];
  const file = {
    dataPrivacy: { childDirected: bot.dataPrivacy.childDirected === true },
    description: bot.description ?? null,
    errorLogSettings: bot.errorLogSettings ?? null,
    identifier: botId,
    idleSessionTTLInSeconds: bot.idleSessionTTLInSeconds,
    name: bot.botName,
    version: botVersion,
  };
  const definitions = locales.map(({ definition }) => definition);
  return writeArchive(file, definitions, whole !== undefined);
}

function describe({ endpoint }: LexContext, record: ExportRecord) {
  return {
    exportId: record.exportId,
    resourceSpecification: record.specification,
    fileFormat: 'LexJson' as const,
    exportStatus: record.status,
    failureReasons: record.failureReasons,
    downloadUrl: record.status === 'Completed' ? `${endpoint()}${downloadPath}${record.exportId}` : undefined,
    creationDateTime: new Date(record.createdAt),
    lastUpdatedDateTime: new Date(record.updatedAt),
  };
}
