import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Artifact } from '../../domain/artifact';
import { InvalidInputError } from '../../domain/errors';
import { createS3Client } from '../aws/clients';
import { FileStore } from './file-store';
import { S3Store } from './s3-store';

export interface ListedObject {
  uri: string;
  /** Changes when the content does; opaque, without quotes. */
  etag: string;
  bytes: number;
  /** ISO 8601, UTC. */
  lastModified: string;
}

export interface WriteOptions {
  /** Write only when there is no such object yet. */
  ifNoneMatch?: '*';
  /** Write only when the object still has this etag. */
  ifMatch?: string;
  contentType?: string;
}

/** One place where objects live: the part of `ObjectStore` that depends on the scheme. */
export interface ObjectPlace {
  list(prefixUri: string): AsyncIterable<ListedObject>;
  read(uri: string): Promise<Readable>;
  /** The content together with the etag that belongs to it. */
  readWhole(uri: string): Promise<{ content: Buffer; etag: string }>;
  exists(uri: string): Promise<boolean>;
  write(uri: string, body: Buffer | string, options?: WriteOptions): Promise<{ etag: string }>;
  upload(path: string, uri: string, contentType?: string): Promise<void>;
  delete(uri: string): Promise<void>;
}

/**
 * Objects by URI, `s3://bucket/key` and `file:///path` alike.
 *
 * Every method rejects with `NotFoundError` for a missing object or bucket, and with the errors of `../aws/errors`
 * for what S3 refuses.
 */
export interface ObjectStore {
  /** Objects whose URI starts with the prefix, in the order of their keys' bytes; none for an empty prefix. */
  list(prefixUri: string): AsyncIterable<ListedObject>;
  read(uri: string): Promise<Readable>;
  readBuffer(uri: string): Promise<Buffer>;
  /** @throws InvalidInputError for content that is no UTF-8 */
  readText(uri: string): Promise<string>;
  readWithEtag(uri: string): Promise<{ text: string; etag: string }>;
  exists(uri: string): Promise<boolean>;
  /** @throws ConflictError when the condition of the options does not hold */
  write(uri: string, body: Buffer | string, options?: WriteOptions): Promise<{ etag: string }>;
  /** Stores a local file (up to 5 GB), streamed. */
  upload(path: string, uri: string): Promise<void>;
  /** Deletes an object; one that does not exist is no error. */
  delete(uri: string): Promise<void>;
  /**
   * Stores an artifact and describes it. A retry of a stage may store its artifact again, with other bytes too:
   * what an earlier attempt left was referred to by nobody, and a reference that was handed out carries the hash,
   * so that reading it would tell.
   */
  putArtifact(
    uri: string,
    body: Buffer | string | { path: string },
    about: { rows: number; schemaVersion: number; contentType?: string },
  ): Promise<Artifact>;
  /** @throws InvalidInputError when the stored bytes are not those that the artifact describes */
  readArtifactText(artifact: Artifact): Promise<string>;
}

/**
 * Opens the store. The S3 client is made when the first `s3://` URI is used.
 *
 * @param options.s3 a client to use instead of one from the SDK's own chain
 */
export function openObjectStore(options: { s3?: S3Client } = {}): ObjectStore {
  const files = new FileStore();
  let s3: S3Store | undefined;
  return new SchemeStore((uri) => {
    if (uri.startsWith('s3://')) return (s3 ??= new S3Store(options.s3 ?? createS3Client()));
    if (uri.startsWith('file://')) return files;
    throw new InvalidInputError(`"${uri}" is no object's URI: write s3://BUCKET/KEY or file:///PATH.`, {
      uri,
    });
  });
}

class SchemeStore implements ObjectStore {
  constructor(private readonly placeOf: (uri: string) => ObjectPlace) {}

  list(prefixUri: string): AsyncIterable<ListedObject> {
    return this.placeOf(prefixUri).list(prefixUri);
  }

  async read(uri: string): Promise<Readable> {
    return this.placeOf(uri).read(uri);
  }

  async readBuffer(uri: string): Promise<Buffer> {
    return (await this.placeOf(uri).readWhole(uri)).content;
  }

  async readText(uri: string): Promise<string> {
    return decode(uri, await this.readBuffer(uri));
  }

  async readWithEtag(uri: string): Promise<{ text: string; etag: string }> {
    const { content, etag } = await this.placeOf(uri).readWhole(uri);
    return { text: decode(uri, content), etag };
  }

  async exists(uri: string): Promise<boolean> {
    return this.placeOf(uri).exists(uri);
  }

  async write(uri: string, body: Buffer | string, options?: WriteOptions): Promise<{ etag: string }> {
    return this.placeOf(uri).write(uri, body, options);
  }

  async upload(path: string, uri: string): Promise<void> {
    await this.placeOf(uri).upload(path, uri);
  }

  async delete(uri: string): Promise<void> {
    await this.placeOf(uri).delete(uri);
  }

  async putArtifact(
    uri: string,
    body: Buffer | string | { path: string },
    about: { rows: number; schemaVersion: number; contentType?: string },
  ): Promise<Artifact> {
    const { rows, schemaVersion, contentType } = about;
    if (typeof body === 'object' && 'path' in body) {
      const sha256 = await hashFile(body.path);
      await this.placeOf(uri).upload(body.path, uri, contentType);
      return { uri, sha256, bytes: (await stat(body.path)).size, rows, schemaVersion };
    }
    await this.placeOf(uri).write(uri, body, { contentType });
    return { uri, sha256: sha256Of(body), bytes: Buffer.byteLength(body), rows, schemaVersion };
  }

  async readArtifactText(artifact: Artifact): Promise<string> {
    const content = await this.readBuffer(artifact.uri);
    const sha256 = sha256Of(content);
    if (sha256 !== artifact.sha256) {
      throw new InvalidInputError(
        `${artifact.uri} is not the artifact that was stored: its content has changed since. ` +
          'Run the stage that makes it again.',
        { uri: artifact.uri, expectedSha256: artifact.sha256, sha256 },
      );
    }
    return decode(artifact.uri, content);
  }
}

function sha256Of(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(uri: string, content: Buffer): string {
  try {
    return utf8.decode(content);
  } catch (cause) {
    throw new InvalidInputError(`${uri} is no UTF-8 text. Store it as UTF-8.`, { uri }, true, { cause });
  }
}
