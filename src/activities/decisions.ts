import type { Artifact } from '../domain/artifact';
import type { DecisionEvent, DecisionParts } from '../domain/review';
import { toJsonLines } from '../platform/storage/json-lines';
import type { ObjectStore } from '../platform/storage/object-store';
import { readArtifactLines } from './artifacts';

/** The decisions of a review, from the artifact that it left; none where it left none. */
export async function readDecisions(
  store: ObjectStore,
  decisions: Artifact | null,
): Promise<DecisionEvent[]> {
  return decisions === null ? [] : readArtifactLines<DecisionEvent>(store, decisions);
}

/**
 * Writes all decisions that the parts stand for into one artifact, below the cycle's `review/`. The name tells their
 * number: decisions are never changed, so the same name has the same content whenever it is written.
 * @returns null where there are none
 */
export async function writeDecisions(
  store: ObjectStore,
  cycleUri: string,
  parts: DecisionParts,
): Promise<Artifact | null> {
  const decisions = await joinDecisions(store, parts);
  if (decisions.length === 0) return null;
  return store.putArtifact(`${cycleUri}review/decisions-${decisions.length}.jsonl`, toJsonLines(decisions), {
    rows: decisions.length,
    schemaVersion: 1,
  });
}

/** All decisions that the parts stand for, in order. */
export async function joinDecisions(
  store: ObjectStore,
  { stored, since }: DecisionParts,
): Promise<DecisionEvent[]> {
  return [...(await readDecisions(store, stored)), ...since];
}
