import { z } from 'zod';
import type { PreviousDiscovery } from '../../domain/discovery';
import type { DiscoveryMap } from '../../domain/discovery-map';
import { NotFoundError } from '../../domain/errors';
import type { DiscoverResult, DiscoverSpec } from '../../domain/job';
import type { LabelledUtterance, Utterance } from '../../domain/utterance';
import { readAllJsonLines } from '../../platform/storage/json-lines';
import type { ObjectStore } from '../../platform/storage/object-store';
import { joinUri } from '../../platform/storage/uri';
import type { ReportProgress } from '../progress';
import { utteranceSchema } from '../prepare/utterance-schema';
import { discover } from './discover';
import { parsePreviousDiscovery } from './previous';

export { discoverFiles, type DiscoverFilesOptions } from './files';

const labelledUtterance: z.ZodType<LabelledUtterance> = z.object({ text: z.string(), intent: z.string() });
const phrase = z.object({ text: z.string() });

/**
 * The job "discover": reads utterances, known and rejected phrases from the store and writes `discovery.json`
 * and `map.json`.
 * @throws InvalidInputError, NotFoundError for what cannot be read; InvalidConfigurationError for the embedder
 */
export async function runDiscover(
  spec: DiscoverSpec,
  store: ObjectStore,
  onProgress: ReportProgress = () => {},
): Promise<DiscoverResult> {
  const utterances: Utterance[] = await readAllJsonLines(store, spec.utterancesUri, utteranceSchema);
  const known = await readAllJsonLines(store, spec.knownUri, labelledUtterance);
  const rejected = spec.rejectedUri === null ? [] : await readAllJsonLines(store, spec.rejectedUri, phrase);
  let map: DiscoveryMap | null = null;
  const discovery = await discover(
    {
      utterances,
      known,
      rejected: rejected.map(({ text }) => text),
      previous: await readPrevious(store, spec.previousDiscoveryUri),
      surroundings: { store, kept: spec.embeddingsUri ? { store, uri: spec.embeddingsUri } : undefined },
      parameters: spec.parameters,
    },
    onProgress,
    (drawn) => (map = drawn),
  );
  const put = (name: string, value: object, version: number) =>
    store.putArtifact(joinUri(spec.outputUri, name), `${JSON.stringify(value)}\n`, {
      rows: 1,
      schemaVersion: version,
      contentType: 'application/json',
    });
  return {
    discovery: await put('discovery.json', discovery, discovery.schemaVersion),
    ...(map !== null && { map: await put('map.json', map, 1) }),
    counts: discovery.counts,
    proposals: discovery.proposals.length,
    intentsWithNewExamples: discovery.enrichments.length,
    ...(discovery.sample && { sample: discovery.sample }),
  };
}

/** One that somebody has cleaned away costs the ids, not the cycle. */
async function readPrevious(store: ObjectStore, uri: string | null): Promise<PreviousDiscovery | undefined> {
  if (uri === null) return undefined;
  try {
    return parsePreviousDiscovery(await store.readText(uri), uri);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
