import type { Artifact } from '../../domain/artifact';
import type { Verdict } from '../../domain/gate';
import type { Sentence } from '../../domain/language';
import type { Cycle } from '../cycle';
import { quick } from '../stage-activities';
import type { Challenger } from './train';

/** What the gate decided, with its reason. */
export interface Decided {
  verdict: Verdict;
  reason: Sentence;
  /** `decision.json` */
  decision: Artifact;
}

/** Decides whether the challenger goes live. */
export async function gate(
  { uri, configuration, progress }: Cycle,
  evaluation: Artifact,
  challenger: Challenger,
): Promise<Decided> {
  return progress.stage('gate', async () => {
    const decision = await quick.decideGate({
      cycleUri: uri,
      evaluation,
      gate: configuration.gate,
      storeUri: configuration.store.uri,
      modelVersion: challenger.modelVersion,
    });
    return {
      value: decision,
      note: decision.reason,
      inputs: { evaluation },
      parameters: { ...configuration.gate },
      outputs: { decision: decision.decision },
    };
  });
}
