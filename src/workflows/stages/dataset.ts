import type { BuiltDataset } from '../../activities/dataset';
import type { Artifact } from '../../domain/artifact';
import type { Cycle } from '../cycle';
import { quick } from '../stage-activities';
import type { Discovered } from './discover';

/** Builds training, validation and golden set from what was accepted. */
export async function buildDataset(
  { number, uri, configuration, state, progress }: Cycle,
  { known, discovery }: Discovered,
  utterances: Artifact,
  decisions: Artifact | null,
): Promise<BuiltDataset> {
  return progress.stage('dataset', async () => {
    const built = await quick.buildDataset({
      cycle: number,
      cycleUri: uri,
      storeUri: configuration.store.uri,
      known,
      discovery,
      utterances,
      decisions,
      categoryMapUri: state.categoryMapUri,
      goldenSetUri: state.goldenSetUri ?? configuration.dataset.goldenSetUri,
      parameters: configuration.dataset,
    });
    return {
      value: built,
      counts: built.counts,
      inputs: { discovery, known, utterances, decisions },
      parameters: { ...configuration.dataset },
      outputs: {
        categoryMap: built.categoryMap,
        dataset: built.dataset,
        items: built.items,
        golden: built.golden,
      },
    };
  });
}
