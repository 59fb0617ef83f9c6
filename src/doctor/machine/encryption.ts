import { defaultPayloadConverter } from '@temporalio/common';
import { broken, fine, type Finding } from '../../domain/doctor';
import { createPayloadCodec, encryptionSettings } from '../../platform/encryption/settings';
import { temporalSettings } from '../../platform/temporal';
import type { Check } from '../check';

/** Whether what Temporal keeps can be encrypted, and read again. */
export function encryptionCheck(): Check {
  return {
    id: 'encryption',
    group: 'machine',
    title: 'Encryption',
    run: async () => [await judgeEncryption()],
  };
}

async function judgeEncryption(): Promise<Finding> {
  const { key, oldKeys } = encryptionSettings();
  if (key === null) {
    const old = oldKeys.length > 0 ? `; ${oldKeys.length} old keys read what was encrypted before` : '';
    return fine(`Payloads are not encrypted (CICLO_ENCRYPTION_KEY is not set)${old}.`);
  }
  const { namespace } = temporalSettings();
  const payload = defaultPayloadConverter.toPayload('doctor');
  // Two codecs, so that reading asks for the key anew and does not remember it.
  const encrypted = await createPayloadCodec(namespace).encode([payload]);
  const [decrypted] = await createPayloadCodec(namespace).decode(encrypted);
  if (defaultPayloadConverter.fromPayload(decrypted!) !== 'doctor') {
    return broken(`What key ${key} encrypts does not come back as it was.`, {
      why: 'Nothing that Temporal keeps could be read again.',
      next: 'Do not start workers with this key.',
    });
  }
  return fine(`Encrypted with ${key} and read again.`, { key });
}
