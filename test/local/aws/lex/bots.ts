import {
  BuildBotLocaleCommand,
  CreateBotAliasCommand,
  CreateBotVersionCommand,
  CreateUploadUrlCommand,
  DescribeBotAliasCommand,
  DescribeBotLocaleCommand,
  DescribeBotVersionCommand,
  DescribeImportCommand,
  type DescribeImportCommandOutput,
  type ImportResourceSpecification,
  type MergeStrategy,
  ResourceNotFoundException,
  StartImportCommand,
} from '@aws-sdk/client-lex-models-v2';
import { strToU8, zipSync } from 'fflate';
import { type StandIn, until } from '../stand-in';

export const localeId = 'es_ES';

/** Intents of a bot: their utterances, and the types of their slots by name. */
export type Intents = Record<string, { utterances: string[]; slots?: Record<string, string> }>;

/** The files of a bot archive, in the form of real exports. */
export function archiveFiles(intents: Intents, whole = true): Record<string, unknown> {
  const files: Record<string, unknown> = {
    'Manifest.json': {
      metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: whole ? 'BOT' : 'BOT_LOCALE' },
    },
    'Cafe/BotLocales/es_ES/BotLocale.json': {
      name: 'Spanish (ES)',
      identifier: localeId,
      version: null,
      description: null,
      voiceSettings: { voiceId: 'Lucia', engine: 'neural' },
      nluConfidenceThreshold: 0.4,
    },
    'Cafe/BotLocales/es_ES/SlotTypes/Bebida/SlotType.json': {
      name: 'Bebida',
      identifier: 'BEBIDA0001',
      description: null,
      slotTypeValues: [
        { sampleValue: { value: 'cortado' }, synonyms: [{ value: 'cortadito' }] },
        { sampleValue: { value: 'té verde' }, synonyms: null },
      ],
      parentSlotTypeSignature: null,
      valueSelectionSetting: { resolutionStrategy: 'TOP_RESOLUTION' },
    },
  };
  if (whole) {
    files['Cafe/Bot.json'] = {
      dataPrivacy: { childDirected: false },
      description: 'Un café',
      identifier: 'AAAAAAAAAA',
      idleSessionTTLInSeconds: 300,
      name: 'Cafe',
      version: 'DRAFT',
    };
  }
  for (const [name, { utterances, slots = {} }] of Object.entries(intents)) {
    const folder = `Cafe/BotLocales/es_ES/Intents/${name}`;
    files[`${folder}/Intent.json`] = intentFile(name, utterances, Object.keys(slots));
    for (const [slot, slotTypeName] of Object.entries(slots)) {
      files[`${folder}/Slots/${slot}/Slot.json`] = slotFile(slot, slotTypeName);
    }
  }
  return files;
}

export function zipOf(files: Record<string, unknown>): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([path, json]) => [path, strToU8(JSON.stringify(json))])),
  );
}

/** A closing message and a hook: settings that an import must keep. */
export const closing = {
  isActive: true,
  closingResponse: groups('Gracias.'),
  conditional: null,
  nextStep: null,
};

function intentFile(name: string, utterances: string[], slots: string[]) {
  return {
    name,
    identifier: 'AAAAAAAAAA',
    description: null,
    parentIntentSignature: null,
    sampleUtterances: utterances.map((utterance) => ({ utterance })),
    intentConfirmationSetting: null,
    intentClosingSetting: closing,
    initialResponseSetting: null,
    inputContexts: null,
    outputContexts: null,
    kendraConfiguration: null,
    qnAIntentConfiguration: null,
    bedrockAgentIntentConfiguration: null,
    qInConnectIntentConfiguration: null,
    dialogCodeHook: { enabled: true },
    fulfillmentCodeHook: null,
    slotPriorities: slots.map((slotName, index) => ({ priority: index + 1, slotName })),
  };
}

function slotFile(name: string, slotTypeName: string) {
  return {
    name,
    identifier: 'AAAAAAAAAA',
    description: null,
    slotTypeName,
    obfuscationSetting: null,
    valueElicitationSetting: {
      slotConstraint: 'Required',
      promptSpecification: { ...groups(`¿${name}?`), maxRetries: 2, allowInterrupt: true },
    },
    multipleValuesSetting: null,
  };
}

function groups(text: string) {
  return { messageGroupsList: [{ message: { plainTextMessage: { value: text } }, variations: null }] };
}

export const smallBot: Intents = {
  Saludar: { utterances: ['hola', 'buenos días', 'buenas tardes', 'hola, ¿qué tal?'] },
  ConsultarHorario: { utterances: ['¿a qué hora abrís?', '¿cuál es el horario?', '¿abrís los domingos?'] },
  PedirBebida: {
    utterances: ['quiero un {Bebida}', 'ponme un {Bebida}', 'me apetece algo de beber'],
    slots: { Bebida: 'Bebida', Cantidad: 'AMAZON.Number' },
  },
};

export function botSpecification(botName: string): ImportResourceSpecification {
  return {
    botImportSpecification: {
      botName,
      roleArn: 'arn:aws:iam::000000000000:role/lex',
      dataPrivacy: { childDirected: false },
      idleSessionTTLInSeconds: 300,
    },
  };
}

export function localeSpecification(botId: string): ImportResourceSpecification {
  return { botLocaleImportSpecification: { botId, botVersion: 'DRAFT', localeId } };
}

/** Uploads and imports an archive, to the end. */
export async function importArchive(
  { models }: StandIn,
  zip: Uint8Array,
  resourceSpecification: ImportResourceSpecification,
  mergeStrategy: MergeStrategy = 'FailOnConflict',
): Promise<DescribeImportCommandOutput> {
  const { importId, uploadUrl } = await models.send(new CreateUploadUrlCommand({}));
  const upload = await fetch(uploadUrl!, { method: 'PUT', body: Buffer.from(zip) });
  if (!upload.ok) throw new Error(`Upload: ${upload.status}`);
  await models.send(new StartImportCommand({ importId, resourceSpecification, mergeStrategy }));
  return until(
    () => models.send(new DescribeImportCommand({ importId })),
    ({ importStatus }) => importStatus !== 'InProgress',
  );
}

/** Builds DRAFT, to the end. */
export async function buildDraft({ models }: StandIn, botId: string) {
  const draft = { botId, botVersion: 'DRAFT', localeId };
  await models.send(new BuildBotLocaleCommand(draft));
  return until(
    () => models.send(new DescribeBotLocaleCommand(draft)),
    ({ botLocaleStatus }) => botLocaleStatus !== 'Building',
  );
}

/** Makes a version of DRAFT, to the end. */
export async function makeVersion({ models }: StandIn, botId: string, description?: string): Promise<string> {
  const { botVersion } = await models.send(
    new CreateBotVersionCommand({
      botId,
      description,
      botVersionLocaleSpecification: { [localeId]: { sourceBotVersion: 'DRAFT' } },
    }),
  );
  await until(
    () =>
      models.send(new DescribeBotVersionCommand({ botId, botVersion })).catch((error: unknown) => {
        if (error instanceof ResourceNotFoundException) return null;
        throw error;
      }),
    (version) => version?.botStatus === 'Available',
  );
  return botVersion!;
}

/** Makes an alias, to the end. */
export async function makeAlias(
  { models }: StandIn,
  botId: string,
  name: string,
  botVersion: string,
): Promise<string> {
  const { botAliasId } = await models.send(
    new CreateBotAliasCommand({
      botId,
      botAliasName: name,
      botVersion,
      botAliasLocaleSettings: { [localeId]: { enabled: true } },
    }),
  );
  await aliasSettled({ models } as StandIn, botId, botAliasId!);
  return botAliasId!;
}

export function aliasSettled({ models }: StandIn, botId: string, botAliasId: string) {
  return until(
    () => models.send(new DescribeBotAliasCommand({ botId, botAliasId })),
    ({ botAliasStatus }) => botAliasStatus === 'Available',
  );
}

/** Imports and builds a bot. */
export async function makeBot(standIn: StandIn, name: string, intents: Intents = smallBot): Promise<string> {
  const { importedResourceId, failureReasons } = await importArchive(
    standIn,
    zipOf(archiveFiles(intents)),
    botSpecification(name),
  );
  if (importedResourceId === undefined) throw new Error(String(failureReasons));
  await buildDraft(standIn, importedResourceId);
  return importedResourceId;
}
