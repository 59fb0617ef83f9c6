import { setMaxListeners } from 'node:events';
import type { Client } from '@temporalio/client';
import { findBotReference } from '../activities/targets/lex/find-bot';
import { notChecked, type CheckReport } from '../domain/doctor';
import { embedderSettings } from '../domain/embedding';
import type { PipelineConfiguration } from '../domain/pipeline';
import { awsFailureKind } from '../platform/aws/errors';
import type { SearchAttributeDefinition } from '../platform/search-attributes';
import { openObjectStore } from '../platform/storage/object-store';
import { callerIdentity, identityCheck, NoRegionError, type CallerIdentity } from './account/identity';
import { keyTries, kmsKeysInUse } from './account/key-tries';
import { permissionsCheck } from './account/permissions';
import { awsCallWith } from './aws-call';
import { once, runChecks, settled, type Check } from './check';
import type { DoctorClients } from './clients';
import { binariesCheck, type BinaryStatus } from './machine/binaries';
import { buildCheck } from './machine/build';
import { clockCheck } from './machine/clock';
import { encryptionCheck } from './machine/encryption';
import { loopbackCheck } from './machine/loopback';
import { nativePackagesCheck } from './machine/native-packages';
import { nodeCheck } from './machine/node';
import { resourcesCheck } from './machine/resources';
import { temporalCheck } from './machine/temporal';
import { batchCheck } from './pipeline/batch';
import { aliasCheck, botCheck } from './pipeline/bot';
import { bucketCheck } from './pipeline/bucket';
import { draftCheck, exportDraft } from './pipeline/draft';
import { embedderCheck, namingCheck } from './pipeline/embedder';
import { fileCheck } from './pipeline/file';
import { goldenSetCheck } from './pipeline/golden-set';
import { logsCheck } from './pipeline/logs';
import { scheduleCheck } from './pipeline/schedule';
import { topicCheck } from './pipeline/topic';

export type { BinaryStatus } from './machine/binaries';
export { createDoctorClients, type DoctorClients } from './clients';

const usualLimitMs = 12_000;

export interface DoctorOptions {
  /** Holds `dist/` and `node_modules/`. */
  projectFolder: string;
  /** The range of Node versions in `package.json`. */
  engines: string;
  stateFolder: string;
  searchAttributes: readonly SearchAttributeDefinition[];
  clients: DoctorClients;
  connectTemporal: () => Promise<Client>;
  /** Which executables `npm start` would use; null where its servers are not wanted. */
  inspectBinaries: (() => Promise<BinaryStatus[]>) | null;
  /** The build of the code in `dist/`; null where it is not built. */
  ownBuild: () => Promise<string | null>;
  /** The environment names no servers, and those of `npm start` do not run. */
  isNothingChosen: boolean;
  /** Reads the pipeline; null where none is asked for. */
  readPipeline: (() => Promise<PipelineConfiguration>) | null;
  signal: AbortSignal;
  /** How long checks may take: 12 seconds by default, for Lex to export a bot and for a person to wait. */
  limitMs?: number;
}

/** Looks at everything at the same time; ends soon also where something hangs. */
export async function examine(options: DoctorOptions): Promise<CheckReport[]> {
  const { clients, limitMs = usualLimitMs } = options;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(limitMs)]);
  setMaxListeners(0, signal);
  const identity = once(() => callerIdentity(clients.sts, signal));
  const temporal = once(options.connectTemporal);
  const readPipeline = options.readPipeline && once(options.readPipeline);
  const { value: configuration } = await settled(
    readPipeline ? readPipeline() : Promise.resolve<PipelineConfiguration | undefined>(undefined),
  );
  const checks: Check[] = [
    ...machineChecks(options, configuration, temporal),
    identityCheck(identity, options.isNothingChosen),
    ...(readPipeline ? [fileCheck(readPipeline)] : []),
    ...(configuration ? pipelineChecks(clients, configuration, identity, temporal, signal) : []),
  ];
  try {
    return await runChecks(checks, { limitMs, signal });
  } finally {
    for (const client of Object.values(clients)) (client as { destroy(): void }).destroy();
    void settled(temporal()).then(({ value }) => value?.connection.close());
  }
}

function machineChecks(
  options: DoctorOptions,
  configuration: PipelineConfiguration | undefined,
  temporal: () => Promise<Client>,
): Check[] {
  const { projectFolder, engines, stateFolder, inspectBinaries, isNothingChosen } = options;
  const { searchAttributes, ownBuild, clients } = options;
  const usesEncoder =
    configuration !== undefined && embedderSettings(configuration.discover.embedder)?.engine === 'onnx';
  return [
    nodeCheck(engines),
    nativePackagesCheck(projectFolder, usesEncoder),
    resourcesCheck(stateFolder),
    buildCheck(projectFolder),
    loopbackCheck(),
    ...(inspectBinaries ? [binariesCheck(inspectBinaries)] : []),
    clockCheck(() => stsEndpoint(clients)),
    encryptionCheck(),
    temporalCheck({ client: temporal, searchAttributes, isNothingChosen, ownBuild }),
  ];
}

/** Where STS answers; null where no region is known. */
async function stsEndpoint({ sts }: DoctorClients): Promise<string | null> {
  const own = process.env['AWS_ENDPOINT_URL_STS'] ?? process.env['AWS_ENDPOINT_URL'];
  if (own) return own;
  const { value: region } = await settled(Promise.resolve().then(() => sts.config.region()));
  if (!region) return null;
  return `https://sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;
}

function pipelineChecks(
  clients: DoctorClients,
  configuration: PipelineConfiguration,
  identity: () => Promise<CallerIdentity>,
  temporal: () => Promise<Client>,
  signal: AbortSignal,
): Check[] {
  const { lexModels, s3, sns, batch, bedrock } = clients;
  const store = openObjectStore({ s3 });
  const bot = once(() => findBotReference(lexModels, configuration.target, awsCallWith(signal)));
  const draft = once(async () => exportDraft(lexModels, await bot(), signal));
  const asked = [
    permissionsCheck({
      clients,
      configuration,
      identity,
      bot,
      draft,
      kmsKeys: kmsKeysInUse,
      keyTries,
    }),
    botCheck(bot),
    after(bot, aliasCheck(lexModels, bot)),
    after(bot, draftCheck(draft, configuration.target.localeId)),
    logsCheck(store, configuration),
    goldenSetCheck(store, configuration, draft),
    topicCheck(sns, configuration),
    batchCheck(batch, configuration),
    embedderCheck(bedrock, store, configuration),
    namingCheck(bedrock, configuration),
    bucketCheck(s3, configuration),
  ];
  return [
    ...asked.map((check) => ({
      ...check,
      run: async (patience: AbortSignal) => ((await canAsk(identity)) ? check.run(patience) : []),
    })),
    {
      id: 'account-not-asked',
      group: 'pipeline',
      title: 'The account',
      run: async () =>
        (await canAsk(identity))
          ? []
          : [
              notChecked(
                'bot, logs, golden set, topic, jobs and bucket, because the account cannot be asked (see above).',
              ),
            ],
    },
    scheduleCheck(temporal, configuration),
  ];
}

/** Whether calls to AWS can be signed at all. */
async function canAsk(identity: () => Promise<CallerIdentity>): Promise<boolean> {
  const { error } = await settled(identity());
  if (error === undefined) return true;
  const kind = awsFailureKind(error);
  return !(error instanceof NoRegionError) && kind !== 'denied' && kind !== 'expired-credentials';
}

/** A check that says nothing where what it stands on is broken, which another one says. */
function after(foundation: () => Promise<unknown>, check: Check): Check {
  return {
    ...check,
    run: async (signal) => ((await settled(foundation())).error === undefined ? check.run(signal) : []),
  };
}
