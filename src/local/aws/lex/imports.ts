import type {
  BotImportSpecification,
  CreateUploadUrlCommandOutput,
  DescribeImportCommandInput,
  DescribeImportCommandOutput,
  ListImportsCommandInput,
  ListImportsCommandOutput,
  StartImportCommandInput,
  StartImportCommandOutput,
} from '@aws-sdk/client-lex-models-v2';
import { conflictError, notFoundError, ServiceError, validationError } from '../errors';
import { type Input, type Output } from '../protocol/handler';
import { paginate } from '../protocol/paginate';
import { ArchiveError, readArchive } from './archive/read';
import { addBot, findBotByName } from './bots';
import { type LexContext } from './context';
import { type BotArchive, type LocaleDefinition } from './definition';
import { draftVersion, newLexId } from './identifiers';
import { faultsOf } from './limits';
import { listPageSize } from './lists';
import { requireDraft, requireSettled } from './locales';
import { mergeLocale, withNewIds } from './merge';
import { type ImportRecord, type LocaleRecord } from './records';

/** Paths of the stand-in's own, beside those of the services: where archives are put and fetched. */
export const uploadPath = '/_local/lex/uploads/';

export function importHandlers(context: LexContext) {
  const { store } = context;
  return {
    CreateUploadUrl(): Output<CreateUploadUrlCommandOutput> {
      const now = Date.now();
      const importId = newLexId();
      store.imports.put(importId, {
        importId,
        uploadUntil: now + context.uploadUrlLifetimeMs,
        uploaded: false,
        createdAt: now,
        updatedAt: now,
      });
      return { importId, uploadUrl: `${context.endpoint()}${uploadPath}${importId}` };
    },

    StartImport(input: Input<StartImportCommandInput>): Output<StartImportCommandOutput> {
      const record = importOf(context, input.importId);
      if (record.specification !== undefined)
        throw conflictError(`The import ${record.importId} was started already.`);
      if (!record.uploaded) throw validationError(`Nothing was uploaded for the import ${record.importId}.`);
      const { botImportSpecification: bot, botLocaleImportSpecification: locale } =
        input.resourceSpecification;
      if ((bot === undefined) === (locale === undefined)) {
        throw validationError(
          'resourceSpecification must hold a bot or a bot locale: the local AWS imports these two.',
        );
      }
      if (bot !== undefined && input.mergeStrategy === 'Append') {
        throw validationError('The merge strategy Append is for bot locales only.');
      }
      if (locale !== undefined) {
        requireDraft(locale.botVersion);
        store.version(locale.botId, locale.botVersion);
        const existing = store.findLocale(locale.botId, locale.botVersion, locale.localeId);
        if (existing !== undefined) {
          requireSettled(existing);
          store.putLocale({ ...existing, status: 'Importing', failureReasons: undefined });
        }
      }
      const namesake = bot === undefined ? undefined : findBotByName(context, bot.botName);
      const started = store.imports.put(record.importId, {
        ...record,
        specification: input.resourceSpecification,
        mergeStrategy: input.mergeStrategy,
        targetBotId: bot === undefined ? undefined : (namesake?.botId ?? newLexId()),
        targetExisted: namesake !== undefined,
        status: 'InProgress',
        updatedAt: Date.now(),
      });
      finishImport(context, started);
      const { importId, resourceSpecification, mergeStrategy, importStatus, creationDateTime } =
        describe(started);
      return { importId, resourceSpecification, mergeStrategy, importStatus, creationDateTime };
    },

    DescribeImport(input: Input<DescribeImportCommandInput>): Output<DescribeImportCommandOutput> {
      const record = importOf(context, input.importId);
      if (record.status === undefined) throw notFoundError(`The import ${record.importId} was not started.`);
      return describe(record);
    },

    ListImports(input: Input<ListImportsCommandInput>): Output<ListImportsCommandOutput> {
      const started = store.imports
        .values()
        .filter(({ status, specification }) => {
          const bot = specification?.botLocaleImportSpecification;
          return (
            status !== undefined &&
            (input.botId === undefined || bot?.botId === input.botId) &&
            (input.localeId === undefined || bot?.localeId === input.localeId)
          );
        })
        .sort((a, b) => b.updatedAt - a.updatedAt);
      const { page, nextToken } = paginate(started, input.maxResults ?? listPageSize, input.nextToken);
      return {
        botId: input.botId,
        localeId: input.localeId,
        importSummaries: page.map((record) => {
          const { importId, importedResourceId, importedResourceName, importStatus, ...rest } =
            describe(record);
          const { mergeStrategy, creationDateTime, lastUpdatedDateTime, resourceSpecification } = rest;
          const whole = resourceSpecification?.botImportSpecification !== undefined;
          return {
            importId,
            importedResourceId,
            importedResourceName,
            importStatus,
            mergeStrategy,
            creationDateTime,
            lastUpdatedDateTime,
            importedResourceType: whole ? 'Bot' : 'BotLocale',
          };
        }),
        nextToken,
      };
    },
  };
}

/**
 * Takes the archive that was put to an upload URL.
 * @throws ServiceError `AccessDenied` when the URL is unknown or too old
 */
export function receiveUpload(context: LexContext, importId: string, zip: Uint8Array): void {
  const record = context.store.imports.get(importId);
  if (record === undefined || record.specification !== undefined || Date.now() > record.uploadUntil) {
    throw new ServiceError('AccessDenied', 403, 'The upload URL is unknown or has expired.');
  }
  context.store.putArchive(importId, zip);
  context.store.imports.put(importId, { ...record, uploaded: true });
}

/** Brings an import that is under way to its end: all of the archive is put in, or nothing. */
export function finishImport(context: LexContext, record: ImportRecord): void {
  const { store, later, latency } = context;
  const end = (change: Partial<ImportRecord>) =>
    store.imports.put(record.importId, {
      ...store.imports.get(record.importId)!,
      ...change,
      updatedAt: Date.now(),
    });
  const fail = (reasons: string[]) => {
    releaseLocale(context, record);
    end({ status: 'Failed', failureReasons: reasons });
    store.deleteArchive(record.importId);
  };
  later.schedule(
    latency.importMs,
    () => {
      try {
        const archive = readArchive(store.archive(record.importId));
        const importedResourceName =
          record.specification!.botImportSpecification === undefined
            ? importLocale(context, record, archive)
            : importBot(context, record, archive);
        end({ status: 'Completed', importedResourceName });
        store.deleteArchive(record.importId);
      } catch (error) {
        if (!(error instanceof ArchiveError)) throw error;
        fail(error.reasons);
      }
    },
    (error) => fail([error.message]),
  );
}

function importLocale(context: LexContext, record: ImportRecord, archive: BotArchive): string {
  const { store } = context;
  const specification = record.specification!.botLocaleImportSpecification!;
  const { botId, localeId } = specification as { botId: string; localeId: string };
  const imported = archive.locales.find(({ file }) => file.identifier === localeId);
  if (imported === undefined || archive.locales.length !== 1) {
    throw new ArchiveError([`The archive must hold the locale ${localeId} and no other.`]);
  }
  const settings = {
    nluConfidenceThreshold:
      specification.nluIntentConfidenceThreshold ?? imported.file.nluConfidenceThreshold,
    voiceSettings: specification.voiceSettings ?? imported.file.voiceSettings,
  };
  putImportedLocale(context, record, botId, { ...imported, file: { ...imported.file, ...settings } });
  store.putBot({ ...store.bot(botId), updatedAt: Date.now() });
  return imported.file.name;
}

function importBot(context: LexContext, record: ImportRecord, archive: BotArchive): string {
  const { store } = context;
  const specification = record.specification!.botImportSpecification as BotImportSpecification & {
    botName: string;
    roleArn: string;
  };
  const botId = record.targetBotId!;
  if (archive.bot === null) throw new ArchiveError(['The archive holds no Bot.json.']);
  const existing = store.bots.get(botId);
  if (record.targetExisted === true && record.mergeStrategy === 'FailOnConflict') {
    throw new ArchiveError([`A bot with the name ${specification.botName} exists already.`]);
  }
  const faults = archive.locales.flatMap(faultsOf);
  if (faults.length > 0) throw new ArchiveError(faults);
  const content = {
    botName: specification.botName,
    description: archive.bot.description ?? undefined,
    roleArn: specification.roleArn,
    dataPrivacy: specification.dataPrivacy ?? archive.bot.dataPrivacy,
    errorLogSettings: specification.errorLogSettings,
    idleSessionTTLInSeconds: specification.idleSessionTTLInSeconds ?? archive.bot.idleSessionTTLInSeconds,
    tags: specification.botTags ?? existing?.tags ?? {},
    testAliasTags: specification.testBotAliasTags ?? existing?.testAliasTags ?? {},
  };
  const bot = existing ?? addBot(context, botId, content);
  for (const locale of archive.locales) putImportedLocale(context, record, botId, locale);
  store.putBot({ ...bot, ...content, status: 'Available', updatedAt: Date.now() });
  return specification.botName;
}

/** Puts one locale into DRAFT; a repetition after a crash finds it there and leaves it. */
function putImportedLocale(
  context: LexContext,
  record: ImportRecord,
  botId: string,
  imported: LocaleDefinition,
): void {
  const { store } = context;
  const localeId = imported.file.identifier;
  const existing = store.findLocale(botId, draftVersion, localeId);
  if (existing?.importId === record.importId) return;
  const strategy = record.mergeStrategy!;
  if (existing !== undefined && strategy === 'FailOnConflict') {
    throw new ArchiveError([`The bot ${botId} has the locale ${localeId} already.`]);
  }
  const definition =
    existing === undefined
      ? withNewIds(imported)
      : mergeLocale(existing.definition, imported, strategy === 'Append' ? 'Append' : 'Overwrite');
  const faults = faultsOf(definition);
  if (faults.length > 0) throw new ArchiveError(faults);
  const now = Date.now();
  const before: Partial<LocaleRecord> = existing ?? { createdAt: now };
  store.putLocale({
    ...(before as LocaleRecord),
    botId,
    version: draftVersion,
    localeId,
    definition,
    status: 'NotBuilt',
    failureReasons: undefined,
    updatedAt: now,
    importId: record.importId,
  });
}

/** A failed import leaves the locale as it was, to be built again. */
function releaseLocale({ store }: LexContext, record: ImportRecord): void {
  const target = record.specification?.botLocaleImportSpecification;
  if (target === undefined) return;
  const locale = store.findLocale(target.botId!, draftVersion, target.localeId!);
  if (locale?.status === 'Importing') store.putLocale({ ...locale, status: 'NotBuilt' });
}

function importOf({ store }: LexContext, importId: string): ImportRecord {
  const record = store.imports.get(importId);
  if (record === undefined) throw notFoundError(`There is no import with the ID ${importId}.`);
  return record;
}

function describe(record: ImportRecord) {
  const locale = record.specification?.botLocaleImportSpecification;
  const completed = record.status === 'Completed';
  return {
    importId: record.importId,
    resourceSpecification: record.specification,
    importedResourceId: completed ? (record.targetBotId ?? locale?.localeId) : undefined,
    importedResourceName: record.importedResourceName,
    mergeStrategy: record.mergeStrategy,
    importStatus: record.status,
    failureReasons: record.failureReasons,
    creationDateTime: new Date(record.createdAt),
    lastUpdatedDateTime: new Date(record.updatedAt),
  };
}
