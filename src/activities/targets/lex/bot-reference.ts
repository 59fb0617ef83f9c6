/** A bot, its live alias and the locale that a pipeline keeps alive, as Lex knows them. */
export interface BotReference {
  botId: string;
  botName: string;
  aliasId: string;
  aliasName: string;
  localeId: string;
  /** The numbered version that the alias points to. */
  liveVersion: string;
}

/** Part of a bot that trains: what imports, builds and versions need to know. */
export type BotLocaleReference = Pick<BotReference, 'botId' | 'botName' | 'localeId'>;

/** The one shared copy that imports and builds change. */
export const draftVersion = 'DRAFT';
