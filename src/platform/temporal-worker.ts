import { NativeConnection } from '@temporalio/worker';
import { connectionError, temporalSettings } from './temporal';

/**
 * Connects as a worker, with the same settings as `connectClient`. Whoever connects closes.
 *
 * @throws TemporalConnectionError when nothing answers there, or access is refused
 */
export async function connectWorker(): Promise<{ connection: NativeConnection; namespace: string }> {
  const { connectionOptions, namespace } = temporalSettings();
  try {
    return { connection: await NativeConnection.connect(connectionOptions), namespace };
  } catch (error) {
    throw connectionError(error, connectionOptions.address, namespace);
  }
}
