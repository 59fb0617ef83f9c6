import { unzipSync } from 'fflate';
import { type z } from 'zod';
import {
  type BotArchive,
  fallbackIntent,
  type IntentDefinition,
  type IntentFile,
  isFallback,
  type LocaleDefinition,
  type Settings,
  type SlotFile,
  type SlotTypeFile,
} from '../definition';
import { newLexId } from '../identifiers';
import {
  botSchema,
  customVocabularySchema,
  intentSchema,
  localeSchema,
  manifestSchema,
  slotSchema,
  slotTypeSchema,
} from './schemas';

/** An archive that Lex would refuse. */
export class ArchiveError extends Error {
  constructor(readonly reasons: string[]) {
    super(reasons.join(' '));
    this.name = 'ArchiveError';
  }
}

const files = {
  manifest: /^manifest\.json$/i,
  bot: /^(?:[^/]+\/)?Bot\.json$/,
  locale: /^((?:.+\/)?)([^/]+)\/BotLocale\.json$/,
  intent: /^Intents\/([^/]+)\/Intent\.json$/,
  slot: /^Intents\/([^/]+)\/Slots\/([^/]+)\/Slot\.json$/,
  slotType: /^SlotTypes\/([^/]+)\/SlotType\.json$/,
  customVocabulary: /^CustomVocabulary\/CustomVocabulary\.json$/,
};

/**
 * Reads a bot archive (ZIP) in the form of real exports or in the documented one.
 * @throws ArchiveError with everything that is wrong with it
 */
export function readArchive(zip: Uint8Array): BotArchive {
  const entries = unzip(zip);
  const reasons: string[] = [];
  const parse = parserOf(entries, reasons);
  const paths = [...entries.keys()];

  const manifestPath = paths.find((path) => files.manifest.test(path));
  if (manifestPath === undefined) throw new ArchiveError(['The archive has no Manifest.json at its root.']);
  const manifest = parse(manifestPath, manifestSchema);
  const botPath = paths.find((path) => files.bot.test(path));
  const bot = botPath === undefined ? null : parse(botPath, botSchema);
  if (manifest?.resourceType.toUpperCase() === 'BOT' && botPath === undefined) {
    reasons.push('The manifest announces a bot, but the archive has no Bot.json.');
  }
  const locales = paths
    .filter((path) => files.locale.test(path))
    .map((path) => readLocale(path, paths, parse, reasons));
  if (locales.length === 0) reasons.push('The archive has no BotLocale.json.');
  if (reasons.length > 0) throw new ArchiveError(reasons);
  return {
    bot: bot && { ...bot, description: bot.description ?? null },
    locales: locales.map((locale) => locale!),
  };
}

function unzip(zip: Uint8Array): Map<string, Uint8Array> {
  try {
    return new Map(Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith('/')));
  } catch {
    throw new ArchiveError(['The file is not a ZIP archive.']);
  }
}

type Parser = <T>(path: string, schema: z.ZodType<T>) => T | null;

function parserOf(entries: Map<string, Uint8Array>, reasons: string[]): Parser {
  return (path, schema) => {
    let json: unknown;
    try {
      json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(entries.get(path)));
    } catch {
      reasons.push(`${path} is not JSON.`);
      return null;
    }
    const result = schema.safeParse(json);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      reasons.push(`${path}: ${issue.path.join('.') || 'the file'}: ${issue.message}.`);
    }
    return null;
  };
}

function readLocale(
  localePath: string,
  paths: string[],
  parse: Parser,
  reasons: string[],
): LocaleDefinition | null {
  const folder = localePath.slice(0, -'BotLocale.json'.length);
  const localeId = files.locale.exec(localePath)![2]!;
  const parsedLocale = parse(localePath, localeSchema);
  const intents = new Map<string, IntentDefinition>();
  const slots: [intent: string, slot: SlotFile][] = [];
  const slotTypes: SlotTypeFile[] = [];
  let customVocabulary: Settings | null = null;

  for (const path of paths.filter((candidate) => candidate.startsWith(folder))) {
    const below = path.slice(folder.length);
    const intentMatch = files.intent.exec(below);
    const slotMatch = files.slot.exec(below);
    if (intentMatch !== null) {
      const file = parse(path, intentSchema);
      if (file === null) continue;
      if (file.name !== intentMatch[1])
        reasons.push(`${path}: name '${file.name}' is not that of its folder.`);
      intents.set(file.name, { file: completeIntent(file), slots: [] });
    } else if (slotMatch !== null) {
      const file = parse(path, slotSchema);
      if (file === null) continue;
      if (file.name !== slotMatch[2]) reasons.push(`${path}: name '${file.name}' is not that of its folder.`);
      slots.push([slotMatch[1]!, completeSlot(file)]);
    } else if (files.slotType.test(below)) {
      const file = parse(path, slotTypeSchema);
      if (file !== null) slotTypes.push(completeSlotType(file));
    } else if (files.customVocabulary.test(below)) {
      customVocabulary = parse(path, customVocabularySchema);
    }
  }
  for (const [intent, slot] of slots) {
    const owner = intents.get(intent);
    if (owner === undefined)
      reasons.push(`Slot ${slot.name} belongs to the intent ${intent}, which has no Intent.json.`);
    else owner.slots.push(slot);
  }
  if (parsedLocale === null) return null;
  if (parsedLocale.identifier !== localeId) {
    reasons.push(`${localePath}: identifier '${parsedLocale.identifier}' is not that of its folder.`);
  }
  const all = [...intents.values()];
  return {
    file: parsedLocale,
    intents: all.some(isFallback) ? all : [...all, fallbackIntent()],
    slotTypes,
    customVocabulary,
  };
}

function completeIntent(file: z.infer<typeof intentSchema>): IntentFile {
  return {
    ...file,
    identifier: file.identifier ?? newLexId(),
    parentIntentSignature: file.parentIntentSignature ?? null,
    sampleUtterances: file.sampleUtterances ?? null,
    slotPriorities: file.slotPriorities ?? [],
  };
}

/** Brings the documented form of a slot into the real one. */
function completeSlot(file: z.infer<typeof slotSchema>): SlotFile {
  const { slotValueElicitationSetting, slotConstraint, ...rest } = file;
  const setting = file.valueElicitationSetting ?? slotValueElicitationSetting ?? null;
  const complete =
    slotConstraint === null || slotConstraint === undefined ? setting : { ...setting, slotConstraint };
  return {
    ...rest,
    identifier: file.identifier ?? newLexId(),
    slotTypeName: file.slotTypeName ?? null,
    valueElicitationSetting: renameKey(complete, 'messageGroupList', 'messageGroupsList') as Settings | null,
  };
}

function completeSlotType(file: z.infer<typeof slotTypeSchema>): SlotTypeFile {
  return {
    ...file,
    identifier: file.identifier ?? newLexId(),
    parentSlotTypeSignature: file.parentSlotTypeSignature ?? null,
    valueSelectionSetting: file.valueSelectionSetting ?? null,
    slotTypeValues:
      file.slotTypeValues?.map((value) => ({ ...value, synonyms: value.synonyms ?? null })) ?? null,
  };
}

/** Renames a key at every depth. */
export function renameKey(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((element) => renameKey(element, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key === from ? to : key, renameKey(member, from, to)]),
  );
}
