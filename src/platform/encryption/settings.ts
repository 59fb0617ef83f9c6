import { resolve } from 'node:path';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { DataConverter } from '@temporalio/common';
import { InvalidConfigurationError } from '../../domain/errors';
import { createKmsClient } from '../aws/clients';
import { DataKeys } from './data-keys';
import { KeyFileSource } from './key-file';
import type { KeySource } from './key-source';
import { KmsSource } from './kms-source';
import { EncryptionCodec } from './payload-codec';

const kmsKeyArn = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

/** Which keys protect what Temporal stores. */
export interface EncryptionSettings {
  /** A KMS key's ARN or a key file's path; null where nothing is encrypted. */
  key: string | null;
  /** Keys of former times, for reading. */
  oldKeys: string[];
}

/**
 * The settings of the environment: `CICLO_ENCRYPTION_KEY`, and in `CICLO_ENCRYPTION_OLD_KEYS` those before it, with
 * commas between them.
 * @throws InvalidConfigurationError for what looks like a KMS key and is not its ARN
 */
export function encryptionSettings(): EncryptionSettings {
  const key = process.env['CICLO_ENCRYPTION_KEY']?.trim() ?? '';
  const oldKeys = (process.env['CICLO_ENCRYPTION_OLD_KEYS'] ?? '').split(',').map((one) => one.trim());
  const settings = { key: key === '' ? null : key, oldKeys: oldKeys.filter((one) => one !== '') };
  for (const one of [key, ...settings.oldKeys]) {
    if (/^(arn:|alias\/)/.test(one) && !kmsKeyArn.test(one)) {
      throw new InvalidConfigurationError(
        `"${one}" is no KMS key's ARN. Write arn:aws:kms:REGION:ACCOUNT:key/ID: an alias can point to another key tomorrow, and payloads name the key that they need.`,
        { key: one },
      );
    }
  }
  return settings;
}

/** Whether new payloads are encrypted. */
export function encryptionIsOn(): boolean {
  return encryptionSettings().key !== null;
}

/** What payloads of a namespace are encrypted for; KMS policies can ask for it, and its audit log shows it. */
export function encryptionContext(namespace: string): Record<string, string> {
  return { application: 'ciclo', purpose: 'temporal-payloads', namespace };
}

/** The codec of a namespace, with the keys of the environment. Without any it still says what a payload needs. */
export function createPayloadCodec(namespace: string): EncryptionCodec {
  const { key, oldKeys } = encryptionSettings();
  const clients = new Map<string, KMSClient>();
  const source = (name: string): KeySource => {
    if (!name.startsWith('arn:')) return new KeyFileSource(resolve(name));
    const region = name.split(':')[3]!;
    const client = clients.get(region) ?? createKmsClient(region);
    clients.set(region, client);
    return new KmsSource(client, name);
  };
  return new EncryptionCodec(
    new DataKeys({
      writing: key === null ? null : source(key),
      reading: oldKeys.map(source),
      context: encryptionContext(namespace),
    }),
  );
}

/** How clients and workers of a namespace turn values into what Temporal stores; the same for all of them. */
export function createDataConverter(namespace: string): DataConverter & { payloadCodecs: [EncryptionCodec] } {
  return {
    payloadCodecs: [createPayloadCodec(namespace)],
    ...(encryptionIsOn() && { failureConverterPath: require.resolve('./failure-converter') }),
  };
}
