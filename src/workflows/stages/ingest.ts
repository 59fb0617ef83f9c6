import type { Artifact } from '../../domain/artifact';
import type { Cycle } from '../cycle';
import { quick } from '../stage-activities';

/** Lists the log objects that no completed cycle has read; `readBefore` counts the others. */
export async function ingest({
  uri,
  configuration,
  state,
  progress,
}: Cycle): Promise<{ objects: Artifact; readBefore: number }> {
  return progress.stage('ingest', async () => {
    const found = await quick.listNewLogs({
      logsUri: configuration.logs.uri,
      ledgerUri: state.ledgerUri,
      cycleUri: uri,
    });
    return {
      value: found,
      counts: { newObjects: found.objects.rows, newBytes: found.newBytes, readBefore: found.readBefore },
      inputs: { logs: configuration.logs.uri, ledger: state.ledgerUri },
      outputs: { objects: found.objects },
    };
  });
}
