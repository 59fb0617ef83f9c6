import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { InvalidConfigurationError, NotFoundError } from '../../domain/errors';
import { ServiceUnavailableError, translateAwsError } from '../aws/errors';
import { download, DownloadError, requireAnswer, type SilenceLimits } from '../download';
import type { ObjectStore } from '../storage/object-store';
import type { ModelSource } from './source';

/** The public model hub. */
export const publicHub = 'https://huggingface.co';

/** Gets one file of a model. */
export interface ModelTransfer {
  /** The source, as it is called in messages and in the record of what was fetched. */
  readonly name: string;
  /**
   * @param path of the file at the source
   * @returns false when the source has no such file
   * @throws ServiceUnavailableError when the source does not answer, AccessDeniedError or InvalidConfigurationError
   *   when it refuses
   */
  get(path: string, target: string): Promise<boolean>;
  /**
   * Whether the source has a file.
   * @throws the same as `get`
   */
  has(path: string, signal: AbortSignal): Promise<boolean>;
}

/** @param hub base URL of the hub or of a mirror */
export function transferFrom(
  source: Exclude<ModelSource, { kind: 'folder' }>,
  hub: string,
  store: ObjectStore,
  limits?: SilenceLimits,
): ModelTransfer {
  return source.kind === 's3' ? fromStore(source.uri, store) : fromHub(source, hub, limits);
}

function fromStore(uri: string, store: ObjectStore): ModelTransfer {
  return {
    name: uri,
    async get(path, target) {
      try {
        await pipeline(await store.read(`${uri}${path}`), createWriteStream(target));
        return true;
      } catch (error) {
        // A missing bucket is no missing object.
        if (error instanceof NotFoundError && error.facts['kind'] === undefined) return false;
        throw translateAwsError(error, { operation: 'GetObject', subject: `${uri}${path}` });
      }
    },
    has: (path) => store.exists(`${uri}${path}`),
  };
}

function fromHub(
  { repository, revision }: Extract<ModelSource, { kind: 'hub' }>,
  hub: string,
  limits?: SilenceLimits,
): ModelTransfer {
  const base = hub.replace(/\/+$/, '');
  const name = `${base}/${repository}@${revision}`;
  const urlOf = (path: string) => `${base}/${repository}/resolve/${encodeURIComponent(revision)}/${path}`;
  const orMissing = async (path: string, action: () => Promise<void>): Promise<boolean> => {
    try {
      await action();
      return true;
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      if (error.status === 404) return false;
      throw refusal(error, name, path);
    }
  };
  return {
    name,
    get: (path, target) => orMissing(path, () => download(urlOf(path), target, limits)),
    has: (path, signal) => orMissing(path, () => requireAnswer(urlOf(path), signal)),
  };
}

function refusal(error: DownloadError, name: string, path: string): Error {
  const { status, message } = error;
  const facts = { model: name, file: path, status };
  if (status === 401 || status === 403) {
    return new InvalidConfigurationError(
      `The hub does not give ${path} of ${name} (${message}): there is no such model, or it is not public. Correct its name and revision, or put the model's files into a folder or below an s3:// prefix.`,
      facts,
      true,
      { cause: error },
    );
  }
  return new ServiceUnavailableError(
    `${path} of ${name} could not be fetched: ${message}. It is worth another try; where this machine has no way to the hub, name a mirror (hub: in the embedder's section, or HF_ENDPOINT), or a folder or an s3:// prefix with the model's files.`,
    facts,
    false,
    { cause: error },
  );
}
