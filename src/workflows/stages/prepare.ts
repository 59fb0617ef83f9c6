import type { Artifact } from '../../domain/artifact';
import type { PrepareResult } from '../../domain/job';
import type { Cycle } from '../cycle';
import { reuseOr } from '../reuse';
import { jobs } from '../stage-activities';

/** Makes clean, redacted, distinct utterances of the new logs. */
export async function prepare(cycle: Cycle, objects: Artifact): Promise<PrepareResult> {
  const { number, uri, configuration, state } = cycle;
  return cycle.progress.stage('prepare', async () => {
    const parameters = {
      localeId: configuration.target.localeId,
      lowConfidence: configuration.prepare.lowConfidence,
    };
    const inputs = { objects, carriedOver: state.carriedOverUri };
    const result = await reuseOr(cycle, 'prepare', { inputs, parameters, dependsOnCode: true }, () =>
      jobs.prepareUtterances({
        pipeline: configuration.name,
        cycle: number,
        cycleUri: uri,
        engine: configuration.prepare.engine,
        batch: configuration.engines.batch,
        objectsUri: objects.uri,
        carriedOverUri: state.carriedOverUri,
        parameters,
      }),
    );
    return {
      value: result,
      counts: prepareCounts(result),
      inputs,
      parameters: { ...parameters, engine: configuration.prepare.engine },
      outputs: { utterances: result.utterances, quarantine: result.quarantine },
    };
  });
}

/** The counts that people are shown of it. */
export function prepareCounts(result: PrepareResult): Record<string, number> {
  const sum = (counts: Record<string, number>) =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  return {
    records: result.records.in,
    accepted: result.records.accepted,
    quarantined: result.records.quarantined,
    understood: result.interactions.understood,
    uncertain: result.interactions.uncertain,
    missed: result.interactions.missed,
    leftOut: sum(result.interactions.leftOutByReason),
    redacted: sum(result.redacted),
    utterances: result.utterances.rows,
  };
}
