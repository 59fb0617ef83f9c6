import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type {
  CreateKeyRequest,
  DecryptRequest,
  DescribeKeyRequest,
  DisableKeyRequest,
  EnableKeyRequest,
  GenerateDataKeyRequest,
} from '@aws-sdk/client-kms';
import { accountId, defaultRegion } from '../account';
import { ServiceError } from '../errors';
import { type HandlerTable } from '../protocol/handler';
import { Collection } from '../state/collection';
import { decryptBlob, encryptBlob, keyIdOfBlob } from './ciphertext';

/** A key as the state folder keeps it. */
interface KeyRecord {
  keyId: string;
  arn: string;
  description: string;
  enabled: boolean;
  /** Seconds since 1970, as on KMS's wire. */
  createdAt: number;
  /** The key's policy; only its denials count here. */
  policy: string | null;
  /** 32 bytes in base64. */
  material: string;
}

/** A request as it arrives: blobs are base64 on this wire. */
type Wire<T> = { [K in keyof T]: T[K] extends Uint8Array | undefined ? string : T[K] };

const error = (type: string, message: string) => new ServiceError(type, 400, message);

/** KMS: symmetric keys whose material stays in the state folder, and data keys made with them. */
export function createKms(directory: string): HandlerTable {
  const keys = new Collection<KeyRecord>(join(directory, 'keys'));

  const requireKey = (idOrArn: unknown, action: string): KeyRecord => {
    const key = keys.values().find(({ keyId, arn }) => keyId === idOrArn || arn === idOrArn);
    if (key === undefined) {
      throw error(
        'NotFoundException',
        `Key 'arn:aws:kms:${defaultRegion}:${accountId}:key/${String(idOrArn)}' does not exist`,
      );
    }
    if (key.policy !== null && isDenied(key.policy, action)) {
      throw error(
        'AccessDeniedException',
        `User is not authorized to perform: ${action} on resource: ${key.arn} with an explicit deny in a resource-based policy`,
      );
    }
    return key;
  };
  const requireEnabled = (key: KeyRecord): KeyRecord => {
    if (!key.enabled) throw error('DisabledException', `${key.arn} is disabled.`);
    return key;
  };

  return {
    CreateKey({ Description, Policy, KeyUsage, KeySpec }: CreateKeyRequest) {
      if (
        (KeyUsage ?? 'ENCRYPT_DECRYPT') !== 'ENCRYPT_DECRYPT' ||
        (KeySpec ?? 'SYMMETRIC_DEFAULT') !== 'SYMMETRIC_DEFAULT'
      ) {
        throw error(
          'UnsupportedOperationException',
          'The local KMS makes symmetric keys for encryption only.',
        );
      }
      if (Policy !== undefined) requirePolicy(Policy);
      const keyId = randomUUID();
      const key = keys.put(keyId, {
        keyId,
        arn: `arn:aws:kms:${defaultRegion}:${accountId}:key/${keyId}`,
        description: Description ?? '',
        enabled: true,
        createdAt: Date.now() / 1000,
        policy: Policy ?? null,
        material: randomBytes(32).toString('base64'),
      });
      return { KeyMetadata: metadataOf(key) };
    },

    DescribeKey({ KeyId }: DescribeKeyRequest) {
      return { KeyMetadata: metadataOf(requireKey(KeyId, 'kms:DescribeKey')) };
    },

    DisableKey({ KeyId }: DisableKeyRequest) {
      const key = requireKey(KeyId, 'kms:DisableKey');
      keys.put(key.keyId, { ...key, enabled: false });
      return {};
    },

    EnableKey({ KeyId }: EnableKeyRequest) {
      const key = requireKey(KeyId, 'kms:EnableKey');
      keys.put(key.keyId, { ...key, enabled: true });
      return {};
    },

    GenerateDataKey(input: Wire<GenerateDataKeyRequest>) {
      const key = requireEnabled(requireKey(input.KeyId, 'kms:GenerateDataKey'));
      const plaintext = randomBytes(sizeOf(input.KeySpec, input.NumberOfBytes));
      const blob = encryptBlob(
        key.keyId,
        Buffer.from(key.material, 'base64'),
        plaintext,
        input.EncryptionContext ?? {},
      );
      return {
        KeyId: key.arn,
        Plaintext: plaintext.toString('base64'),
        CiphertextBlob: blob.toString('base64'),
      };
    },

    Decrypt(input: Wire<DecryptRequest>) {
      const blob = Buffer.from(String(input.CiphertextBlob ?? ''), 'base64');
      const madeWith = keyIdOfBlob(blob);
      if (madeWith === null || keys.get(madeWith) === undefined)
        throw error('InvalidCiphertextException', '');
      const key = requireKey(input.KeyId ?? madeWith, 'kms:Decrypt');
      if (key.keyId !== madeWith) {
        throw error(
          'IncorrectKeyException',
          'The key ID in the request does not identify a CMK that can perform this operation.',
        );
      }
      requireEnabled(key);
      let plaintext: Buffer;
      try {
        plaintext = decryptBlob(Buffer.from(key.material, 'base64'), blob, input.EncryptionContext ?? {});
      } catch {
        throw error('InvalidCiphertextException', '');
      }
      return {
        KeyId: key.arn,
        Plaintext: plaintext.toString('base64'),
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      };
    },
  };
}

function sizeOf(spec: string | undefined, bytes: number | undefined): number {
  if ((spec === undefined) === (bytes === undefined)) {
    throw error('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  if (spec === 'AES_256') return 32;
  if (spec === 'AES_128') return 16;
  if (bytes !== undefined && Number.isInteger(bytes) && bytes >= 1 && bytes <= 1024) return bytes;
  throw error('ValidationException', 'Key spec AES_128 or AES_256, or 1 to 1024 bytes.');
}

function metadataOf(key: KeyRecord): object {
  return {
    AWSAccountId: accountId,
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: key.createdAt,
    Description: key.description,
    Enabled: key.enabled,
    KeyState: key.enabled ? 'Enabled' : 'Disabled',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyManager: 'CUSTOMER',
    Origin: 'AWS_KMS',
    MultiRegion: false,
  };
}

interface Statement {
  Effect: string;
  Action: string | string[];
}

function requirePolicy(text: string): Statement[] {
  try {
    const { Statement: statements } = JSON.parse(text) as { Statement: Statement | Statement[] };
    if (statements !== undefined) return [statements].flat();
  } catch {
    // Told below, with what is no JSON and what has no statement alike.
  }
  throw error('MalformedPolicyDocumentException', 'The policy is no JSON with a Statement.');
}

function isDenied(policy: string, action: string): boolean {
  return requirePolicy(policy).some(
    ({ Effect, Action }) =>
      Effect === 'Deny' &&
      [Action].flat().some((denied) => denied === '*' || denied === 'kms:*' || denied === action),
  );
}
