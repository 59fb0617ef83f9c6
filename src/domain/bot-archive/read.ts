import { InvalidInputError } from '../errors';
import type { ArchivedIntent, ArchivedLocale, ArchivedSlot, ArchivedSlotType, BotArchive } from './archive';
import { isObject, parseJsonObject, type JsonObject } from './json';
import { toRealForm } from './real-form';
import { defaultZipLimits, readZip, type ZipLimits } from './zip';

/**
 * Reads a Lex V2 bot or bot locale archive, in the spelling of real exports or of the developer guide.
 * @param bytes of the zip file
 * @throws InvalidInputError when it is no such archive, is unsafe or larger than the limits
 */
export function readBotArchive(bytes: Uint8Array, limits: ZipLimits = defaultZipLimits): BotArchive {
  return botArchiveFromFiles(readZip(bytes, limits));
}

/**
 * Reads the files of an unpacked archive.
 * @param files by path, with `/` between folders
 * @throws InvalidInputError as {@link readBotArchive} does
 */
export function botArchiveFromFiles(files: ReadonlyMap<string, Uint8Array>): BotArchive {
  const real = toRealForm(files);
  const manifestPath = shallowest(real, 'Manifest.json');
  if (manifestPath === null) {
    throw new InvalidInputError(
      'The archive has no Manifest.json; export the bot from Lex V2 in the LexJson format.',
    );
  }
  const kind = archiveKind(manifestPath, real.get(manifestPath)!);
  const botPath = kind === 'bot' ? shallowest(real, 'Bot.json') : null;
  if (kind === 'bot' && botPath === null) {
    throw new InvalidInputError(
      'The archive says that it holds a bot, but it has no Bot.json; export it again.',
    );
  }
  const locales = [...real.keys()]
    .filter((path) => fileName(path) === 'BotLocale.json')
    .map((path) => readLocale(path, real));
  if (locales.length === 0) {
    throw new InvalidInputError('The archive has no BotLocale.json; export a bot that has a language.');
  }
  return {
    kind,
    manifestPath,
    files: real,
    bot:
      botPath === null
        ? null
        : { path: botPath, name: requiredName(botPath, parseJsonObject(botPath, real.get(botPath)!)) },
    locales,
  };
}

function archiveKind(path: string, bytes: Uint8Array): BotArchive['kind'] {
  const { metaData } = parseJsonObject(path, bytes);
  const { fileFormat, resourceType } = isObject(metaData) ? metaData : {};
  if (fileFormat !== 'LexJson') {
    throw new InvalidInputError(
      `${path} does not say "fileFormat": "LexJson"; export the bot from Lex V2 as LexJson.`,
      {
        path,
      },
    );
  }
  switch (typeof resourceType === 'string' ? resourceType.toUpperCase().replace('_', '') : '') {
    case 'BOT':
      return 'bot';
    case 'BOTLOCALE':
      return 'locale';
    default:
      throw new InvalidInputError(`The archive holds neither a bot nor a bot locale; export one of these.`, {
        path,
      });
  }
}

function readLocale(path: string, files: ReadonlyMap<string, Uint8Array>): ArchivedLocale {
  const folder = path.slice(0, -'BotLocale.json'.length);
  const document = parseJsonObject(path, files.get(path)!);
  const folderName = folder.split('/').at(-2);
  const localeId = typeof document.identifier === 'string' ? document.identifier : folderName;
  if (localeId === undefined) {
    throw new InvalidInputError(`${path} has no "identifier", so its locale is not known.`, { path });
  }
  const threshold = document.nluConfidenceThreshold;
  return {
    localeId,
    folder,
    nluConfidenceThreshold: typeof threshold === 'number' ? threshold : null,
    intents: matching(files, folder, /^Intents\/[^/]+\/Intent\.json$/).map((one) => readIntent(one, files)),
    slotTypes: matching(files, folder, /^SlotTypes\/[^/]+\/SlotType\.json$/).map((one) =>
      readSlotType(one, files),
    ),
  };
}

function readIntent(path: string, files: ReadonlyMap<string, Uint8Array>): ArchivedIntent {
  const document = parseJsonObject(path, files.get(path)!);
  const folder = path.slice(0, -'Intent.json'.length);
  const signature = document.parentIntentSignature;
  return {
    name: requiredName(path, document),
    path,
    parentIntentSignature: typeof signature === 'string' ? signature : null,
    sampleUtterances: readSampleUtterances(path, document),
    slots: matching(files, folder, /^Slots\/[^/]+\/Slot\.json$/).map((one) => readSlot(one, files)),
    document,
  };
}

function readSampleUtterances(path: string, document: JsonObject): string[] | null {
  const samples = document.sampleUtterances ?? null;
  if (samples === null) return null;
  const broken = () =>
    new InvalidInputError(`"sampleUtterances" in ${path} is not a list of {"utterance": "…"}.`, { path });
  if (!Array.isArray(samples)) throw broken();
  return samples.map((sample: unknown) => {
    if (!isObject(sample) || typeof sample.utterance !== 'string') throw broken();
    return sample.utterance;
  });
}

function readSlot(path: string, files: ReadonlyMap<string, Uint8Array>): ArchivedSlot {
  const document = parseJsonObject(path, files.get(path)!);
  const { slotTypeName } = document;
  return {
    name: requiredName(path, document),
    slotTypeName: typeof slotTypeName === 'string' ? slotTypeName : '',
  };
}

function readSlotType(path: string, files: ReadonlyMap<string, Uint8Array>): ArchivedSlotType {
  const document = parseJsonObject(path, files.get(path)!);
  const { slotTypeValues } = document;
  const entries: unknown[] = Array.isArray(slotTypeValues) ? slotTypeValues : [];
  const values = entries.flatMap((entry) => {
    if (!isObject(entry)) return [];
    const synonyms: unknown[] = Array.isArray(entry.synonyms) ? entry.synonyms : [];
    return [entry.sampleValue, ...synonyms].flatMap((one) =>
      isObject(one) && typeof one.value === 'string' ? [one.value] : [],
    );
  });
  return { name: requiredName(path, document), values };
}

function requiredName(path: string, { name }: JsonObject): string {
  if (typeof name !== 'string' || name === '') {
    throw new InvalidInputError(`${path} in the bot archive has no "name".`, { path });
  }
  return name;
}

/** Paths below a folder whose rest matches, in alphabetical order. */
function matching(files: ReadonlyMap<string, Uint8Array>, folder: string, rest: RegExp): string[] {
  return [...files.keys()]
    .filter((path) => path.startsWith(folder) && rest.test(path.slice(folder.length)))
    .sort();
}

function shallowest(files: ReadonlyMap<string, Uint8Array>, name: string): string | null {
  const paths = [...files.keys()].filter((path) => fileName(path) === name);
  paths.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  return paths[0] ?? null;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
