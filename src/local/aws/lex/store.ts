import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { notFoundError } from '../errors';
import { writeFileAtomically } from '../state/atomic-file';
import { Collection } from '../state/collection';
import { type LocaleDefinition } from './definition';
import { type IntentModel } from './nlu/model';
import {
  type AliasRecord,
  type BotRecord,
  type ExportRecord,
  type ImportRecord,
  type LocaleRecord,
  type VersionRecord,
} from './records';

/** What a build made: the definition as it was, and the classifier trained on it. */
export interface Build {
  definition: LocaleDefinition;
  model: IntentModel;
}

/** Everything that Lex keeps. */
export class LexStore {
  readonly bots: Collection<BotRecord>;
  readonly versions: Collection<VersionRecord>;
  readonly locales: Collection<LocaleRecord>;
  readonly aliases: Collection<AliasRecord>;
  readonly imports: Collection<ImportRecord>;
  readonly exports: Collection<ExportRecord>;
  private readonly builds = new Map<string, Build>();
  private readonly folders: { builds: string; archives: string };

  constructor(directory: string) {
    this.bots = new Collection(join(directory, 'bots'));
    this.versions = new Collection(join(directory, 'versions'));
    this.locales = new Collection(join(directory, 'locales'));
    this.aliases = new Collection(join(directory, 'aliases'));
    this.imports = new Collection(join(directory, 'imports'));
    this.exports = new Collection(join(directory, 'exports'));
    this.folders = { builds: join(directory, 'builds'), archives: join(directory, 'archives') };
    for (const folder of Object.values(this.folders)) mkdirSync(folder, { recursive: true });
    this.dropUnusedBuilds();
  }

  /** @throws ServiceError `ResourceNotFoundException` */
  bot(botId: string): BotRecord {
    return found(this.bots.get(botId), `There is no bot with the ID ${botId}.`);
  }

  putBot(bot: BotRecord): BotRecord {
    return this.bots.put(bot.botId, bot);
  }

  /** @throws ServiceError `ResourceNotFoundException` */
  version(botId: string, version: string): VersionRecord {
    this.bot(botId);
    const record = this.versions.get(keyOf(botId, version));
    return found(record, `The bot ${botId} has no version ${version}.`);
  }

  versionsOf(botId: string): VersionRecord[] {
    return this.versions.values().filter((version) => version.botId === botId);
  }

  putVersion(version: VersionRecord): VersionRecord {
    return this.versions.put(keyOf(version.botId, version.version), version);
  }

  /** Removes the version with its locales and the builds that nothing else uses. */
  deleteVersion(botId: string, version: string): void {
    for (const locale of this.localesOf(botId, version)) this.deleteLocale(locale);
    this.versions.delete(keyOf(botId, version));
  }

  findLocale(botId: string, version: string, localeId: string): LocaleRecord | undefined {
    return this.locales.get(keyOf(botId, version, localeId));
  }

  /** @throws ServiceError `ResourceNotFoundException` */
  locale(botId: string, version: string, localeId: string): LocaleRecord {
    this.version(botId, version);
    return found(
      this.findLocale(botId, version, localeId),
      `Version ${version} of the bot ${botId} has no locale ${localeId}.`,
    );
  }

  localesOf(botId: string, version: string): LocaleRecord[] {
    return this.locales.values().filter((locale) => locale.botId === botId && locale.version === version);
  }

  putLocale(locale: LocaleRecord): LocaleRecord {
    const key = keyOf(locale.botId, locale.version, locale.localeId);
    const before = this.locales.get(key)?.buildId;
    this.locales.put(key, locale);
    if (before !== locale.buildId) this.dropBuild(before);
    return locale;
  }

  deleteLocale({ botId, version, localeId, buildId }: LocaleRecord): void {
    this.locales.delete(keyOf(botId, version, localeId));
    this.dropBuild(buildId);
  }

  /** @throws ServiceError `ResourceNotFoundException` */
  alias(botId: string, aliasId: string): AliasRecord {
    this.bot(botId);
    return found(this.aliases.get(keyOf(botId, aliasId)), `The bot ${botId} has no alias ${aliasId}.`);
  }

  aliasesOf(botId: string): AliasRecord[] {
    return this.aliases.values().filter((alias) => alias.botId === botId);
  }

  putAlias(alias: AliasRecord): AliasRecord {
    return this.aliases.put(keyOf(alias.botId, alias.aliasId), alias);
  }

  deleteAlias(botId: string, aliasId: string): void {
    this.aliases.delete(keyOf(botId, aliasId));
  }

  deleteBot(botId: string): void {
    for (const alias of this.aliasesOf(botId)) this.deleteAlias(botId, alias.aliasId);
    for (const { version } of this.versionsOf(botId)) this.deleteVersion(botId, version);
    this.bots.delete(botId);
  }

  build(buildId: string): Build {
    const build = this.builds.get(buildId) ?? (deserialize(readFileSync(this.buildPath(buildId))) as Build);
    this.builds.set(buildId, build);
    return build;
  }

  usesBuild(buildId: string): boolean {
    return this.locales.values().some((locale) => locale.buildId === buildId);
  }

  putBuild(buildId: string, build: Build): void {
    writeFileAtomically(this.buildPath(buildId), serialize(build));
    this.builds.set(buildId, build);
  }

  putArchive(id: string, zip: Uint8Array): void {
    writeFileAtomically(this.archivePath(id), zip);
  }

  archive(id: string): Uint8Array {
    return readFileSync(this.archivePath(id));
  }

  deleteArchive(id: string): void {
    rmSync(this.archivePath(id), { force: true });
  }

  private dropBuild(buildId: string | undefined): void {
    if (buildId === undefined || this.usesBuild(buildId)) return;
    rmSync(this.buildPath(buildId), { force: true });
    this.builds.delete(buildId);
  }

  /** A crash between writing a build and the locale that uses it leaves a build behind. */
  private dropUnusedBuilds(): void {
    for (const name of readdirSync(this.folders.builds)) this.dropBuild(name.replace(/\.bin.*$/, ''));
  }

  private buildPath(buildId: string): string {
    return join(this.folders.builds, `${buildId}.bin`);
  }

  private archivePath(id: string): string {
    return join(this.folders.archives, `${id}.zip`);
  }
}

function keyOf(...parts: string[]): string {
  return parts.join('.');
}

function found<T>(record: T | undefined, message: string): T {
  if (record === undefined) throw notFoundError(message);
  return record;
}
