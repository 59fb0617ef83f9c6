import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { broken, fine, type Finding } from '../../domain/doctor';
import { parseS3Uri } from '../../platform/storage/uri';
import { tryCall, type Outcome } from './outcome';

/** What became of an object that was written, read and deleted for a trial. */
export interface StoreTrial {
  put: Outcome;
  get: Outcome;
  remove: Outcome;
  /** Whether a second write with `If-None-Match: *` was refused; null where that could not be tried. */
  refusesSecondWrite: boolean | null;
  /** Whether what was read is what was written; null where nothing was read. */
  readsBack: boolean | null;
}

const notTried = (outcome: Outcome): Outcome =>
  outcome.kind === 'denied'
    ? { kind: 'unknown', reason: 'nothing could be written that could be read or deleted' }
    : outcome;

/**
 * Writes an object below the pipeline's store under the condition that there is none, tries to write it again, reads
 * it and deletes it.
 */
export async function tryStore(
  s3: S3Client,
  storeUri: string,
  abortSignal: AbortSignal,
): Promise<StoreTrial> {
  const options = { abortSignal };
  const { bucket: Bucket, key: prefix } = parseS3Uri(storeUri);
  const Key = `${prefix}doctor/${randomUUID()}`;
  const content = 'Written by ciclo doctor; may be deleted.';
  const write = () =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(content), IfNoneMatch: '*' }), options);

  const put = await tryCall(write);
  if (put.kind !== 'allowed') {
    return { put, get: notTried(put), remove: notTried(put), refusesSecondWrite: null, readsBack: null };
  }
  const refusesSecondWrite = await write().then(
    () => false,
    (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode === 412 || null,
  );
  let readsBack: boolean | null = null;
  const get = await tryCall(async () => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }), options);
    readsBack = (await Body?.transformToString()) === content;
  });
  const remove = await tryCall(() => s3.send(new DeleteObjectCommand({ Bucket, Key }), options));
  return { put, get, remove, refusesSecondWrite, readsBack };
}

/** What the trial says of the store itself, beside the permissions. */
export function judgeStoreTrial(storeUri: string, { refusesSecondWrite, readsBack }: StoreTrial): Finding[] {
  const findings: Finding[] = [];
  if (readsBack === false) {
    findings.push(
      broken(`What is written below ${storeUri} does not come back as it was.`, {
        why: 'Every stage reads what the one before has written.',
        next: 'Use Amazon S3, or a server that keeps what it takes.',
      }),
    );
  }
  if (refusesSecondWrite === false) {
    findings.push(
      broken(
        `The store ${storeUri} takes conditional writes (If-None-Match) and does not keep the condition.`,
        {
          why: 'Two workers could write the same state or audit entry, and one would be lost.',
          next: 'Use Amazon S3, or a server with conditional writes.',
        },
      ),
    );
  }
  if (refusesSecondWrite === true && readsBack === true)
    findings.push(fine(`The store ${storeUri} was written, read and cleaned; conditional writes hold.`));
  return findings;
}
