import { z } from 'zod';
import type { Discovery } from '../../domain/discovery';
import type { DiscoverResult, DiscoverSpec } from '../../domain/job';
import type { LabelledUtterance, Utterance } from '../../domain/utterance';
import { readAllJsonLines } from '../../platform/storage/json-lines';
import type { ObjectStore } from '../../platform/storage/object-store';
import { joinUri } from '../../platform/storage/uri';
import type { ReportProgress } from '../progress';
import { utteranceSchema } from '../prepare/utterance-schema';
import { discover } from './discover';

export { discoverFiles, type DiscoverFilesOptions } from './files';

const labelledUtterance: z.ZodType<LabelledUtterance> = z.object({ text: z.string(), intent: z.string() });
const phrase = z.object({ text: z.string() });
const schemaVersion = 1;

/**
 * The job "discover": reads utterances, known and rejected phrases from the store and writes `discovery.json`.
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
  const discovery = await discover(
    { utterances, known, rejected: rejected.map(({ text }) => text), parameters: spec.parameters },
    onProgress,
  );
  return {
    discovery: await store.putArtifact(
      joinUri(spec.outputUri, 'discovery.json'),
      formatDiscovery(discovery),
      {
        rows: 1,
        schemaVersion,
        contentType: 'application/json',
      },
    ),
    counts: discovery.counts,
    proposals: discovery.proposals.length,
  };
}

function formatDiscovery(discovery: Discovery): string {
  return `${JSON.stringify(discovery)}\n`;
}
