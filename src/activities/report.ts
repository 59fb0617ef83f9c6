import type { Artifact } from '../domain/artifact';
import type { CycleStatus } from '../domain/cycle';
import type { Discovery } from '../domain/discovery';
import type { Evaluation } from '../domain/evaluation';
import type { GateDecision } from '../domain/gate';
import { renderModelCard, renderReport } from '../domain/report';
import { ModelRegistry } from '../platform/registry/model-registry';
import { readArtifactJson } from './artifacts';
import type { ActivityDependencies } from './dependencies';
import type { ChallengerDiff } from './targets/lex';

export type ReportActivities = ReturnType<typeof createReportActivities>;

export function createReportActivities({ store }: Pick<ActivityDependencies, 'store'>) {
  return {
    /** Writes `report.html`, one file to look at, and the challenger's model card. */
    async writeReport(input: {
      cycleUri: string;
      storeUri: string;
      language: 'es' | 'en';
      status: CycleStatus;
      liveVersion: string;
      modelVersion: number;
      evaluation: Artifact;
      decision: Artifact;
      diff: Artifact;
      discovery: Artifact;
      records: Record<string, number>;
      dataset: Record<string, number>;
      leftOut: Record<string, number>;
    }): Promise<Artifact> {
      const evaluation = await readArtifactJson<Evaluation>(store, input.evaluation);
      const decision = await readArtifactJson<GateDecision>(store, input.decision);
      const diff = await readArtifactJson<ChallengerDiff>(store, input.diff);
      const discovery = await readArtifactJson<Discovery>(store, input.discovery);
      const card = renderModelCard({ modelVersion: input.modelVersion, evaluation, decision, diff });
      await new ModelRegistry(store, input.storeUri).writeModelCard(input.modelVersion, card);
      const html = renderReport({
        language: input.language,
        evaluation,
        decision,
        liveVersion: input.liveVersion,
        newIntents: diff.newIntents.map(({ name, utterances }) => {
          const found = discovery.proposals.find((proposal) => proposal.name === name);
          return {
            name,
            representatives: found?.representatives ?? utterances.slice(0, 8),
            size: found?.size ?? utterances.length,
            interactions: found?.interactions ?? 0,
          };
        }),
        diff,
        records: input.records,
        dataset: input.dataset,
        leftOut: input.leftOut,
        stages: input.status.stages,
      });
      return store.putArtifact(`${input.cycleUri}report.html`, html, {
        rows: 1,
        schemaVersion: 1,
        contentType: 'text/html; charset=utf-8',
      });
    },
  };
}
