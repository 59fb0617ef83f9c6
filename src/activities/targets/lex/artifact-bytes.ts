import { createHash } from 'node:crypto';
import type { Artifact } from '../../../domain/artifact';
import { InvalidInputError } from '../../../domain/errors';
import type { ObjectStore } from '../../../platform/storage/object-store';

/** @throws InvalidInputError when the stored bytes are not those that the artifact describes */
export async function readArtifactBytes(store: ObjectStore, artifact: Artifact): Promise<Buffer> {
  const bytes = await store.readBuffer(artifact.uri);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === artifact.sha256) return bytes;
  throw new InvalidInputError(
    `${artifact.uri} is not the artifact that was stored: its content has changed since. Run the stage that makes it again.`,
    { uri: artifact.uri, expectedSha256: artifact.sha256, sha256 },
  );
}
