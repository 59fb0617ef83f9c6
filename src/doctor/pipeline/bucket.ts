import {
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { fine, notChecked, warning, type Finding } from '../../domain/doctor';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { parseS3Uri } from '../../platform/storage/uri';
import { settled, type Check } from '../check';

/** Whether what was kept can be got back after an accident, and the audit trail cannot be edited. Warns only. */
export function bucketCheck(s3: S3Client, { store }: PipelineConfiguration): Check {
  return {
    id: 'bucket',
    group: 'pipeline',
    title: 'The bucket',
    async run(abortSignal) {
      const { bucket: Bucket } = parseS3Uri(store.uri);
      const [versioning, lock] = await Promise.all([
        settled(s3.send(new GetBucketVersioningCommand({ Bucket }), { abortSignal })),
        settled(s3.send(new GetObjectLockConfigurationCommand({ Bucket }), { abortSignal })),
      ]);
      if (versioning.value === undefined) return [cannotTell(Bucket, versioning.error)];
      const isLocked = lock.value?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
      const isRetained = lock.value?.ObjectLockConfiguration?.Rule?.DefaultRetention !== undefined;
      return [judgeBucket(Bucket, versioning.value.Status === 'Enabled', isLocked && isRetained)];
    },
  };
}

/** @param isRetained Object Lock keeps every object for a time */
export function judgeBucket(bucket: string, isVersioned: boolean, isRetained: boolean): Finding {
  const facts = { isVersioned, isRetained };
  if (isRetained)
    return fine(`The bucket ${bucket} is versioned and keeps objects under a retention.`, facts);
  const next =
    'What Object Lock and a bucket policy do for the audit trail is in docs/security.md. Versions:';
  const commands = [
    `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled`,
  ];
  if (isVersioned) {
    return fine(
      `The bucket ${bucket} is versioned; without Object Lock and a default retention whoever may write it can replace audit entries (npx ciclo audit --verify would tell).`,
      facts,
    );
  }
  return warning(`The bucket ${bucket} keeps no versions.`, {
    why: 'What is overwritten or deleted by accident is gone: state, models, the audit trail.',
    next,
    commands,
    facts,
  });
}

function cannotTell(bucket: string, error: unknown): Finding {
  const { name } = error as Error;
  return notChecked(`the versions of bucket ${bucket} (${name}).`, {
    next: 'The worker needs neither s3:GetBucketVersioning nor s3:GetBucketObjectLockConfiguration; look with another identity:',
    commands: [`aws s3api get-bucket-versioning --bucket ${bucket}`],
  });
}
