import { canonicalJson } from '../canonical-json';
import { localeOf, type ArchivedLocale, type BotArchive } from './archive';
import { neutralClosing } from './new-intent';

/** How one locale of a bot changed: `diff.json`. */
export interface ArchiveDiff {
  localeId: string;
  newIntents: { name: string; description: string | null; utterances: string[] }[];
  removedIntents: string[];
  /** By intent, without the new ones. */
  addedUtterances: Record<string, string[]>;
  removedUtterances: Record<string, string[]>;
  /** Intents of which nothing changed, slots and prompts included. */
  unchangedIntents: string[];
  /** Everything else that is not as it was: paths below the locale's folder. */
  otherChanges: { path: string; change: 'added' | 'removed' | 'changed' }[];
  /** What a person should write before the bot goes live with it. */
  toEdit: { intent: string; what: 'closing-message'; message: string }[];
}

/**
 * Compares one locale of two archives, which may be of different kinds.
 * @throws NotFoundError when one of them lacks the locale
 */
export function diffArchives(before: BotArchive, after: BotArchive, localeId: string): ArchiveDiff {
  const [old, fresh] = [localeOf(before, localeId), localeOf(after, localeId)];
  const oldFiles = localeFiles(before, old);
  const freshFiles = localeFiles(after, fresh);
  const diff: ArchiveDiff = {
    localeId,
    newIntents: [],
    removedIntents: old.intents
      .map((one) => one.name)
      .filter((name) => !fresh.intents.some((one) => one.name === name)),
    addedUtterances: {},
    removedUtterances: {},
    unchangedIntents: [],
    otherChanges: [],
    toEdit: [],
  };
  const explained = new Set<string>();
  for (const intent of fresh.intents) {
    const path = intent.path.slice(fresh.folder.length);
    const previous = old.intents.find((one) => one.name === intent.name);
    const samples = intent.sampleUtterances ?? [];
    if (!previous) {
      const { description } = intent.document;
      diff.newIntents.push({
        name: intent.name,
        description: typeof description === 'string' ? description : null,
        utterances: [...samples],
      });
      if (saysNeutralClosing(intent.document, localeId)) {
        diff.toEdit.push({ intent: intent.name, what: 'closing-message', message: neutralClosing(localeId) });
      }
      explained.add(path);
      continue;
    }
    const previousSamples = previous.sampleUtterances ?? [];
    const added = without(samples, previousSamples);
    const removed = without(previousSamples, samples);
    if (added.length > 0) diff.addedUtterances[intent.name] = added;
    if (removed.length > 0) diff.removedUtterances[intent.name] = removed;
    const sameBesides =
      withoutSamples(intent.document) === withoutSamples(previous.document) &&
      previous.path.slice(old.folder.length) === path;
    if (sameBesides) explained.add(path);
    const folder = path.slice(0, -'Intent.json'.length);
    if (added.length + removed.length === 0 && sameBesides && sameBelow(folder, oldFiles, freshFiles)) {
      diff.unchangedIntents.push(intent.name);
    }
  }
  for (const path of [...new Set([...oldFiles.keys(), ...freshFiles.keys()])].sort()) {
    if (explained.has(path)) continue;
    const [was, is] = [oldFiles.get(path), freshFiles.get(path)];
    if (was === undefined) diff.otherChanges.push({ path, change: 'added' });
    else if (is === undefined) diff.otherChanges.push({ path, change: 'removed' });
    else if (!sameContent(was, is)) diff.otherChanges.push({ path, change: 'changed' });
  }
  return diff;
}

function localeFiles(archive: BotArchive, locale: ArchivedLocale): Map<string, Uint8Array> {
  return new Map(
    [...archive.files]
      .filter(([path]) => path.startsWith(locale.folder) && path !== archive.manifestPath)
      .map(([path, bytes]) => [path.slice(locale.folder.length), bytes]),
  );
}

/** The items of a list that the other one lacks, counting repetitions. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of other) counts.set(item, (counts.get(item) ?? 0) + 1);
  return list.filter((item) => {
    const left = counts.get(item) ?? 0;
    counts.set(item, left - 1);
    return left <= 0;
  });
}

function withoutSamples(document: Record<string, unknown>): string {
  return canonicalJson({ ...document, sampleUtterances: null });
}

function sameBelow(
  folder: string,
  old: ReadonlyMap<string, Uint8Array>,
  fresh: ReadonlyMap<string, Uint8Array>,
): boolean {
  const below = (files: ReadonlyMap<string, Uint8Array>) =>
    [...files.keys()].filter((path) => path.startsWith(folder));
  const paths = below(old);
  return (
    paths.length === below(fresh).length &&
    paths.every((path) => fresh.has(path) && sameContent(old.get(path)!, fresh.get(path)!))
  );
}

/** Equal bytes, or JSON of the same content: Lex orders keys as it likes when it exports again. */
function sameContent(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length === other.length && one.every((byte, index) => byte === other[index])) return true;
  const [first, second] = [parsed(one), parsed(other)];
  return first !== undefined && first === second;
}

function parsed(bytes: Uint8Array): string | undefined {
  try {
    return canonicalJson(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

function saysNeutralClosing(document: Record<string, unknown>, localeId: string): boolean {
  return JSON.stringify(document.intentClosingSetting ?? null).includes(
    JSON.stringify(neutralClosing(localeId)),
  );
}
