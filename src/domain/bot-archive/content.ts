import { canonicalJson } from '../canonical-json';
import { localeOf, type BotArchive } from './archive';

/**
 * Everything that an archive says about one locale, as a text that is the same for the same content: however the zip
 * was packed, in whatever order the keys of its JSON stand. The archive's own manifest is left out.
 *
 * @throws NotFoundError when the archive lacks the locale
 */
export function localeContent(archive: BotArchive, localeId: string): string {
  const { folder } = localeOf(archive, localeId);
  const files = [...archive.files]
    .filter(([path]) => path.startsWith(folder) && path !== archive.manifestPath)
    .map(([path, bytes]) => `${path.slice(folder.length)}\n${contentOf(bytes)}\n`);
  return files.sort().join('');
}

function contentOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  try {
    return canonicalJson(JSON.parse(text));
  } catch {
    return text;
  }
}
