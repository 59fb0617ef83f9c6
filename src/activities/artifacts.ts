import type { Artifact } from '../domain/artifact';
import type { ObjectStore } from '../platform/storage/object-store';

/** Content of an artifact of ours; its hash is checked, so its shape is trusted. */
export async function readArtifactJson<T>(store: ObjectStore, artifact: Artifact): Promise<T> {
  return JSON.parse(await store.readArtifactText(artifact)) as T;
}

/** Lines of a JSON-lines artifact of ours. */
export async function readArtifactLines<T>(store: ObjectStore, artifact: Artifact): Promise<T[]> {
  const text = await store.readArtifactText(artifact);
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
}

/** Stores a value as indented JSON. */
export function putJson(store: ObjectStore, uri: string, value: unknown): Promise<Artifact> {
  return store.putArtifact(uri, `${JSON.stringify(value, null, 2)}\n`, {
    rows: 1,
    schemaVersion: 1,
    contentType: 'application/json',
  });
}
