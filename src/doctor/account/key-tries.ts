import { createKmsClient } from '../../platform/aws/clients';
import { KmsSource } from '../../platform/encryption/kms-source';
import { encryptionContext, encryptionSettings } from '../../platform/encryption/settings';
import { temporalSettings } from '../../platform/temporal';
import { once } from '../check';
import { tryCall } from './outcome';
import type { Tries } from './tries';

/** KMS keys that encrypt what Temporal keeps; none where key files do, or nothing. */
export function kmsKeysInUse(): string[] {
  const { key, oldKeys } = encryptionSettings();
  return [key, ...oldKeys].filter((one): one is string => one !== null && one.startsWith('arn:'));
}

/** Makes a data key with the key for writing, and unwraps it. */
export function keyTries(): Tries {
  const { key } = encryptionSettings();
  if (key === null || !key.startsWith('arn:')) return {};
  const kms = createKmsClient(key.split(':')[3]!);
  const source = new KmsSource(kms, key);
  const context = encryptionContext(temporalSettings().namespace);
  const dataKey = once(() => source.generateDataKey(context));
  return {
    'EncryptWhatTemporalKeeps kms:GenerateDataKey': () => tryCall(dataKey),
    'EncryptWhatTemporalKeeps kms:Decrypt': () =>
      tryCall(async () => source.unwrap(key, (await dataKey()).wrapped, context)),
  };
}
