import type {
  BotAliasLocaleSettings,
  BotStatus,
  BotAliasStatus,
  BotLocaleStatus,
  ConversationLogSettings,
  DataPrivacy,
  ErrorLogSettings,
  ExportResourceSpecification,
  ExportStatus,
  ImportResourceSpecification,
  ImportStatus,
  MergeStrategy,
  SentimentAnalysisSettings,
} from '@aws-sdk/client-lex-models-v2';
import { type LocaleDefinition } from './definition';

/** What the state folder holds of Lex. Times are milliseconds since 1970. */

export interface BotRecord {
  botId: string;
  botName: string;
  description?: string;
  roleArn: string;
  dataPrivacy: DataPrivacy;
  errorLogSettings?: ErrorLogSettings;
  idleSessionTTLInSeconds: number;
  tags: Record<string, string>;
  testAliasTags: Record<string, string>;
  status: BotStatus;
  createdAt: number;
  updatedAt: number;
  /** Number of the last version; numbers are never given twice. */
  lastVersion: number;
}

export interface VersionRecord {
  botId: string;
  version: string;
  description?: string;
  status: BotStatus;
  failureReasons?: string[];
  createdAt: number;
  /** DescribeBotVersion finds it from this moment on. */
  visibleAt: number;
}

export interface LocaleRecord {
  botId: string;
  version: string;
  localeId: string;
  definition: LocaleDefinition;
  status: BotLocaleStatus;
  failureReasons?: string[];
  createdAt: number;
  updatedAt: number;
  buildSubmittedAt?: number;
  /** The last build that succeeded: it answers, also while the definition has moved on. */
  buildId?: string;
  /** The last import that was put in: a repeated one is recognised by it. */
  importId?: string;
}

export interface AliasRecord {
  botId: string;
  aliasId: string;
  name: string;
  description?: string;
  version?: string;
  /** The version that answers; lags behind `version` while the alias is being changed. */
  servedVersion?: string;
  localeSettings?: Record<string, BotAliasLocaleSettings>;
  conversationLogSettings?: ConversationLogSettings;
  sentimentAnalysisSettings?: SentimentAnalysisSettings;
  tags: Record<string, string>;
  history: { version: string; from: number; to?: number }[];
  status: BotAliasStatus;
  createdAt: number;
  updatedAt: number;
}

export interface ImportRecord {
  importId: string;
  /** The upload URL is refused from this moment on. */
  uploadUntil: number;
  uploaded: boolean;
  /** What StartImport asked for; absent until then. */
  specification?: ImportResourceSpecification;
  mergeStrategy?: MergeStrategy;
  /** Id of the bot that a bot import makes or changes. */
  targetBotId?: string;
  /** Whether that bot was there before the import began. */
  targetExisted?: boolean;
  status?: ImportStatus;
  importedResourceName?: string;
  failureReasons?: string[];
  createdAt: number;
  updatedAt: number;
}

export interface ExportRecord {
  exportId: string;
  specification: ExportResourceSpecification;
  status: ExportStatus;
  failureReasons?: string[];
  createdAt: number;
  updatedAt: number;
}
