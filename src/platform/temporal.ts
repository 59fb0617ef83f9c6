import { Client, Connection, isGrpcServiceError, ServiceError } from '@temporalio/client';
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { CicloError, InvalidConfigurationError } from '../domain/errors';
import { createDataConverter } from './encryption/settings';

/** The task queue of Ciclo's workers. */
export const taskQueue = 'ciclo';

const defaultAddress = '127.0.0.1:7233';
const defaultNamespace = 'default';
const connectTimeoutMs = 5_000;
/** gRPC's codes for an identity that is unknown, or known and not allowed. */
const refusedCodes = new Set([7, 16]);
/** Deadline exceeded, resource exhausted, unavailable. */
const unavailableCodes = new Set([4, 8, 14]);

/** No Temporal server answers, or it does not let us in. */
export class TemporalConnectionError extends CicloError {}

/** Address, namespace and credentials of Temporal. */
export type TemporalSettings = ClientConnectConfig & {
  namespace: string;
  connectionOptions: { address: string };
};

/**
 * The connection that the environment describes: the profile named by `TEMPORAL_PROFILE` in Temporal's configuration
 * file, and above it `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY` and `TEMPORAL_TLS_…`.
 *
 * @throws InvalidConfigurationError when the profile does not exist or cannot be read
 */
export function temporalSettings(): TemporalSettings {
  let loaded: ClientConnectConfig;
  try {
    loaded = loadClientConnectConfig();
  } catch (cause) {
    throw new InvalidConfigurationError(
      `Temporal's configuration cannot be used: ${(cause as Error).message}. ` +
        'Check TEMPORAL_PROFILE, TEMPORAL_CONFIG_FILE and the TEMPORAL_TLS_ files; see temporal config list.',
      {},
      true,
      { cause },
    );
  }
  return {
    ...loaded,
    namespace: loaded.namespace ?? defaultNamespace,
    connectionOptions: {
      ...loaded.connectionOptions,
      address: loaded.connectionOptions.address ?? defaultAddress,
    },
  };
}

/**
 * Connects as a client that reads and writes payloads as the worker does. Whoever connects closes:
 * `client.connection.close()`.
 *
 * @throws TemporalConnectionError when nothing answers there, or access is refused
 * @throws InvalidConfigurationError for settings of the connection or of the encryption that are wrong
 */
export async function connectClient(): Promise<Client> {
  const { connectionOptions, namespace } = temporalSettings();
  const { address, apiKey, tls, metadata } = connectionOptions;
  const dataConverter = createDataConverter(namespace);
  try {
    const connection = await Connection.connect({
      address,
      apiKey,
      tls,
      metadata: metadata as Record<string, string> | undefined,
      connectTimeout: connectTimeoutMs,
    });
    return new Client({ connection, namespace, dataConverter });
  } catch (error) {
    throw connectionError(error, address, namespace);
  }
}

/** Puts a failed connection into words that say what to do. */
export function connectionError(cause: unknown, address: string, namespace: string): TemporalConnectionError {
  const profile = process.env.TEMPORAL_PROFILE ?? 'default';
  const facts = { address, namespace, profile };
  if (isRefusal(cause)) {
    return new TemporalConnectionError(
      `Temporal at ${address} refuses access to namespace "${namespace}". ` +
        `Check the API key or the client certificate of profile "${profile}" (TEMPORAL_API_KEY, TEMPORAL_TLS_…).`,
      facts,
      true,
      { cause },
    );
  }
  return new TemporalConnectionError(
    `No Temporal server answers at ${address}. Start everything with npm start, or a server of your own with ` +
      'temporal server start-dev; or say where it is with TEMPORAL_ADDRESS, or with a profile in TEMPORAL_PROFILE.',
    facts,
    false,
    { cause },
  );
}

/** Whether Temporal did not answer just now: the same may well succeed later. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof ServiceError && error.cause !== undefined) return isUnavailable(error.cause);
  return isGrpcServiceError(error) && unavailableCodes.has(error.code);
}

function isRefusal(error: unknown): boolean {
  if (error instanceof ServiceError && error.cause !== undefined) return isRefusal(error.cause);
  if (isGrpcServiceError(error)) return refusedCodes.has(error.code);
  return error instanceof Error && /PermissionDenied|Unauthenticated|unauthorized/i.test(error.message);
}
