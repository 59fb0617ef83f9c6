import { localeOf, type BotArchive } from './archive';
import { parseJsonObject, serializeJson } from './json';
import { writeZip } from './zip';

/** Packs an archive as it is; the same archive gives the same bytes. */
export function writeBotArchive(archive: BotArchive): Uint8Array {
  return writeZip(archive.files);
}

/**
 * Packs what belongs to one locale as an archive for a locale import. A locale archive is packed as it is; of a bot
 * archive the manifest and the locale's folder are taken.
 * @throws NotFoundError when the archive lacks the locale
 */
export function writeLocaleArchive(archive: BotArchive, localeId: string): Uint8Array {
  const locale = localeOf(archive, localeId);
  if (archive.kind === 'locale') return writeBotArchive(archive);
  const manifest = parseJsonObject(archive.manifestPath, archive.files.get(archive.manifestPath)!);
  const metaData = { ...(manifest.metaData as object), resourceType: 'BOT_LOCALE' };
  const files = new Map([[archive.manifestPath, serializeJson({ ...manifest, metaData })]]);
  for (const [path, bytes] of archive.files) {
    if (path.startsWith(locale.folder)) files.set(path, bytes);
  }
  return writeZip(files);
}
