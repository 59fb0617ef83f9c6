import { NativeConnection, type WorkerOptions } from '@temporalio/worker';
import { createDataConverter } from './encryption/settings';
import { connectionError, temporalSettings } from './temporal';

/**
 * Connects as a worker, with the same settings as `connectClient`. Whoever connects closes.
 *
 * @throws EncryptionKeyError when payloads are to be encrypted and the key cannot be used
 * @throws TemporalConnectionError when nothing answers there, or access is refused
 */
export async function connectWorker(): Promise<
  { connection: NativeConnection; namespace: string } & Pick<WorkerOptions, 'dataConverter'>
> {
  const { connectionOptions, namespace } = temporalSettings();
  const dataConverter = createDataConverter(namespace);
  for (const codec of dataConverter.payloadCodecs) await codec.check();
  try {
    return { connection: await NativeConnection.connect(connectionOptions), namespace, dataConverter };
  } catch (error) {
    throw connectionError(error, connectionOptions.address, namespace);
  }
}
