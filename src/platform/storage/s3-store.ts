import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ConflictError, NotFoundError } from '../../domain/errors';
import { awsFailureKind, translateAwsError } from '../aws/errors';
import type { ListedObject, ObjectPlace, WriteOptions } from './object-store';
import { parseS3Uri } from './uri';

/** How often a conditional write is repeated when S3 could not decide it (409 ConditionalRequestConflict). */
const undecidedAttempts = 5;

/** Objects in Amazon S3, or in a server that speaks its protocol. */
export class S3Store implements ObjectPlace {
  constructor(private readonly client: S3Client) {}

  async *list(prefixUri: string): AsyncIterable<ListedObject> {
    const { bucket, key } = parseS3Uri(prefixUri);
    try {
      for await (const page of paginateListObjectsV2(
        { client: this.client },
        { Bucket: bucket, Prefix: key },
      )) {
        for (const object of page.Contents ?? []) {
          // A key that ends in a slash is the console's way of showing an empty folder.
          if (object.Key === undefined || object.Key.endsWith('/')) continue;
          yield {
            uri: `s3://${bucket}/${object.Key}`,
            etag: withoutQuotes(object.ETag),
            bytes: object.Size ?? 0,
            lastModified: (object.LastModified ?? new Date(0)).toISOString(),
          };
        }
      }
    } catch (error) {
      throw translateAwsError(error, { operation: 'ListObjectsV2', subject: prefixUri });
    }
  }

  async read(uri: string): Promise<Readable> {
    const { Body } = await this.get(uri);
    return Body as Readable;
  }

  async readWhole(uri: string): Promise<{ content: Buffer; etag: string }> {
    const { Body, ETag } = await this.get(uri);
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of Body as Readable) chunks.push(chunk as Buffer);
    } catch (error) {
      throw explain(error, 'GetObject', uri);
    }
    return { content: Buffer.concat(chunks), etag: withoutQuotes(ETag) };
  }

  private async get(uri: string): Promise<GetObjectCommandOutput> {
    const { bucket, key } = parseS3Uri(uri);
    try {
      return await this.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    } catch (error) {
      throw explain(error, 'GetObject', uri);
    }
  }

  async exists(uri: string): Promise<boolean> {
    const { bucket, key } = parseS3Uri(uri);
    try {
      await this.client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return true;
    } catch (error) {
      if (awsFailureKind(error) === 'missing') return false;
      throw explain(error, 'HeadObject', uri);
    }
  }

  async write(uri: string, body: Buffer | string, options: WriteOptions = {}): Promise<{ etag: string }> {
    const { bucket, key } = parseS3Uri(uri);
    const conditional = options.ifMatch !== undefined || options.ifNoneMatch !== undefined;
    for (let attempt = 1; ; attempt++) {
      try {
        const { ETag } = await this.client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            // Of an empty string the SDK does not know the length.
            Body: typeof body === 'string' ? Buffer.from(body) : body,
            ContentType: options.contentType,
            IfNoneMatch: options.ifNoneMatch,
            IfMatch: options.ifMatch === undefined ? undefined : `"${options.ifMatch}"`,
          }),
        );
        return { etag: withoutQuotes(ETag) };
      } catch (error) {
        const outcome = conditional ? conditionOutcome(error, options) : 'other';
        if (outcome === 'undecided' && attempt < undecidedAttempts) {
          await sleep(50 * attempt);
          continue;
        }
        if (outcome === 'other') throw explain(error, 'PutObject', uri);
        throw new ConflictError(
          options.ifNoneMatch === undefined
            ? `${uri} was changed by somebody else. Read it again, then decide again.`
            : `${uri} exists already. Read it, then decide again.`,
          { uri },
          { cause: error },
        );
      }
    }
  }

  async upload(path: string, uri: string, contentType?: string): Promise<void> {
    const { bucket, key } = parseS3Uri(uri);
    const { size } = await stat(path);
    try {
      await this.client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: createReadStream(path),
          ContentLength: size,
          ContentType: contentType,
        }),
      );
    } catch (error) {
      throw explain(error, 'PutObject', uri);
    }
  }

  async delete(uri: string): Promise<void> {
    const { bucket, key } = parseS3Uri(uri);
    try {
      await this.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    } catch (error) {
      throw explain(error, 'DeleteObject', uri);
    }
  }
}

/** What S3 says of a write's condition: it does not hold, or two writes met and neither was decided. */
function conditionOutcome(error: unknown, options: WriteOptions): 'failed' | 'undecided' | 'other' {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'PreconditionFailed' || $metadata?.httpStatusCode === 412) return 'failed';
  if (name === 'ConditionalRequestConflict' || $metadata?.httpStatusCode === 409) return 'undecided';
  // With If-Match, S3 answers 404 where the object was deleted in between.
  if (options.ifMatch !== undefined && name === 'NoSuchKey') return 'failed';
  return 'other';
}

function explain(error: unknown, operation: string, uri: string): Error {
  if ((error as Error).name === 'NoSuchKey') {
    return new NotFoundError(`There is no ${uri}. Check the key and the bucket.`, { uri }, true, {
      cause: error,
    });
  }
  return translateAwsError(error, { operation, subject: uri });
}

function withoutQuotes(etag: string | undefined): string {
  return (etag ?? '').replace(/^"|"$/g, '');
}
