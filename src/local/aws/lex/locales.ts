import { randomUUID } from 'node:crypto';
import type {
  BuildBotLocaleCommandInput,
  BuildBotLocaleCommandOutput,
  CreateBotLocaleCommandInput,
  CreateBotLocaleCommandOutput,
  DescribeBotLocaleCommandInput,
  DescribeBotLocaleCommandOutput,
  ListBotLocalesCommandInput,
  ListBotLocalesCommandOutput,
  VoiceSettings,
} from '@aws-sdk/client-lex-models-v2';
import { conflictError, preconditionError, quotaError, validationError } from '../errors';
import { type Input, type Output } from '../protocol/handler';
import { paginate } from '../protocol/paginate';
import { type LexContext } from './context';
import { fallbackIntent } from './definition';
import { draftVersion } from './identifiers';
import { faultsOf } from './limits';
import { listPageSize } from './lists';
import { trainInThread } from './nlu/train';
import { type LocaleRecord } from './records';
import { trainingSet } from './training-set';

/** Quota of an account. */
const parallelBuilds = 5;

export function localeHandlers(context: LexContext) {
  const { store } = context;
  return {
    CreateBotLocale(input: Input<CreateBotLocaleCommandInput>): Output<CreateBotLocaleCommandOutput> {
      requireDraft(input.botVersion);
      store.version(input.botId, input.botVersion);
      if (store.findLocale(input.botId, input.botVersion, input.localeId) !== undefined) {
        throw conflictError(`The bot ${input.botId} has the locale ${input.localeId} already.`);
      }
      const now = Date.now();
      const locale = store.putLocale({
        botId: input.botId,
        version: input.botVersion,
        localeId: input.localeId,
        definition: {
          file: {
            name: localeName(input.localeId),
            identifier: input.localeId,
            version: null,
            description: input.description ?? null,
            voiceSettings: input.voiceSettings ?? null,
            nluConfidenceThreshold: input.nluIntentConfidenceThreshold,
          },
          intents: [fallbackIntent()],
          slotTypes: [],
          customVocabulary: null,
        },
        status: 'Creating',
        createdAt: now,
        updatedAt: now,
      });
      finishLocale(context, locale);
      return describe(locale);
    },

    DescribeBotLocale(input: Input<DescribeBotLocaleCommandInput>): Output<DescribeBotLocaleCommandOutput> {
      return describe(store.locale(input.botId, input.botVersion, input.localeId));
    },

    ListBotLocales(input: Input<ListBotLocalesCommandInput>): Output<ListBotLocalesCommandOutput> {
      store.version(input.botId, input.botVersion);
      const locales = store.localesOf(input.botId, input.botVersion);
      const { page, nextToken } = paginate(locales, input.maxResults ?? listPageSize, input.nextToken);
      return {
        botId: input.botId,
        botVersion: input.botVersion,
        botLocaleSummaries: page.map((locale) => {
          const { localeId, localeName, description, botLocaleStatus, ...times } = describe(locale);
          const { lastUpdatedDateTime, lastBuildSubmittedDateTime } = times;
          return {
            localeId,
            localeName,
            description,
            botLocaleStatus,
            lastUpdatedDateTime,
            lastBuildSubmittedDateTime,
          };
        }),
        nextToken,
      };
    },

    BuildBotLocale(input: Input<BuildBotLocaleCommandInput>): Output<BuildBotLocaleCommandOutput> {
      requireDraft(input.botVersion);
      const locale = store.locale(input.botId, input.botVersion, input.localeId);
      requireSettled(locale);
      if (store.locales.values().filter(({ status }) => status === 'Building').length >= parallelBuilds) {
        throw quotaError(`${parallelBuilds} builds are running; that is the limit of an account.`);
      }
      const building = store.putLocale({
        ...locale,
        status: 'Building',
        failureReasons: undefined,
        buildSubmittedAt: Date.now(),
      });
      finishLocale(context, building);
      const { botId, botVersion, localeId, botLocaleStatus, lastBuildSubmittedDateTime } = describe(building);
      return { botId, botVersion, localeId, botLocaleStatus, lastBuildSubmittedDateTime };
    },
  };
}

/** Brings a locale that is being created or built to its end. */
export function finishLocale(context: LexContext, { botId, version, localeId, status }: LocaleRecord): void {
  const { store, later, latency } = context;
  const current = () => store.locale(botId, version, localeId);
  const fail = (reasons: string[]) =>
    store.putLocale({ ...current(), status: 'Failed', failureReasons: reasons, updatedAt: Date.now() });
  later.schedule(
    status === 'Building' ? latency.buildMs : latency.changeMs,
    async (signal) => {
      const locale = current();
      if (locale.status === 'Creating') store.putLocale({ ...locale, status: 'NotBuilt' });
      if (locale.status !== 'Building') return;
      const faults = faultsOf(locale.definition);
      const examples = trainingSet(locale.definition);
      if (examples.length === 0) faults.push('No intent of the locale has sample utterances.');
      if (faults.length > 0) {
        fail(faults);
        return;
      }
      const buildId = randomUUID();
      store.putBuild(buildId, {
        definition: locale.definition,
        model: await trainInThread(examples, signal),
      });
      store.putLocale({ ...current(), status: 'Built', buildId, updatedAt: Date.now() });
    },
    (error) => fail([error.message]),
  );
}

/** @throws ServiceError `ValidationException` for a numbered version: those never change */
export function requireDraft(version: string): void {
  if (version !== draftVersion)
    throw validationError(`Version ${version} cannot be changed; only DRAFT can.`);
}

/** @throws ServiceError `ConflictException` while an import or a build is under way */
export function requireSettled({ localeId, status }: LocaleRecord): void {
  if (status === 'Building' || status === 'Importing' || status === 'Creating' || status === 'Deleting') {
    throw conflictError(`The locale ${localeId} is ${status}. Wait until that has ended.`);
  }
}

/** @throws ServiceError `PreconditionFailedException` unless the locale is built as it stands */
export function requireBuilt({ localeId, status }: LocaleRecord): void {
  if (status !== 'Built') {
    throw preconditionError(`The locale ${localeId} is ${status}. Build it before you make a version of it.`);
  }
}

function localeName(localeId: string): string {
  const [language, region] = localeId.split('_');
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(language!) ?? localeId;
  return `${name} (${region})`;
}

function describe(locale: LocaleRecord) {
  const { file, intents, slotTypes } = locale.definition;
  return {
    botId: locale.botId,
    botVersion: locale.version,
    localeId: locale.localeId,
    localeName: file.name,
    description: (file.description as string | null | undefined) ?? undefined,
    nluIntentConfidenceThreshold: file.nluConfidenceThreshold,
    voiceSettings: (file.voiceSettings as VoiceSettings | null | undefined) ?? undefined,
    intentsCount: intents.length,
    slotTypesCount: slotTypes.length,
    botLocaleStatus: locale.status,
    failureReasons: locale.failureReasons,
    recommendedActions: locale.failureReasons && [
      'Correct what failureReasons name and build the locale again.',
    ],
    creationDateTime: new Date(locale.createdAt),
    lastUpdatedDateTime: new Date(locale.updatedAt),
    lastBuildSubmittedDateTime:
      locale.buildSubmittedAt === undefined ? undefined : new Date(locale.buildSubmittedAt),
  };
}
