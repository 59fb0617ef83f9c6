import { type LexMetrics } from '../cloudwatch/lex-metrics';
import { type Later } from '../state/later';
import { type HandlerTable } from '../protocol/handler';
import { aliasHandlers, finishAlias } from './aliases';
import { botHandlers, finishBot } from './bots';
import { type LexContext } from './context';
import { exportHandlers, finishExport } from './exports';
import { finishImport, importHandlers } from './imports';
import { intentHandlers } from './intents';
import { type LexLatency } from './latency';
import { finishLocale, localeHandlers } from './locales';
import { runtimeHandlers } from './runtime';
import { LexStore } from './store';
import { finishVersion, versionHandlers } from './versions';

export interface LexService {
  models: HandlerTable;
  runtime: HandlerTable;
  /** For the uploads and downloads beside the operations. */
  context: LexContext;
}

export interface LexOptions {
  /** Where Lex keeps its state. */
  directory: string;
  latency: LexLatency;
  uploadUrlLifetimeMs: number;
  /** Conversations at once on an alias other than the test alias. */
  aliasConcurrency: number;
  metrics: LexMetrics;
  later: Later;
  endpoint: () => string;
}

/** Lex V2, models and runtime. What was under way when the process ended is taken up again. */
export function createLex({ directory, aliasConcurrency, metrics, ...options }: LexOptions): LexService {
  const context: LexContext = { ...options, store: new LexStore(directory) };
  resume(context);
  return {
    models: {
      ...botHandlers(context),
      ...localeHandlers(context),
      ...intentHandlers(context),
      ...importHandlers(context),
      ...exportHandlers(context),
      ...versionHandlers(context),
      ...aliasHandlers(context),
    },
    runtime: runtimeHandlers(context, aliasConcurrency, metrics),
    context,
  };
}

function resume(context: LexContext): void {
  const { store } = context;
  for (const bot of store.bots.values()) {
    if (bot.status === 'Creating' || bot.status === 'Deleting') finishBot(context, bot.botId);
  }
  for (const locale of store.locales.values()) {
    if (locale.status === 'Creating' || locale.status === 'Building') finishLocale(context, locale);
  }
  for (const version of store.versions.values()) {
    if (version.status === 'Creating' || version.status === 'Deleting') finishVersion(context, version);
  }
  for (const alias of store.aliases.values()) {
    if (alias.status === 'Creating' || alias.status === 'Deleting') finishAlias(context, alias);
  }
  for (const record of store.imports.values())
    if (record.status === 'InProgress') finishImport(context, record);
  for (const record of store.exports.values())
    if (record.status === 'InProgress') finishExport(context, record);
}
