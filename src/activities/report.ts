import type { Artifact } from '../domain/artifact';
import type { CycleStatus } from '../domain/cycle';
import type { Discovery } from '../domain/discovery';
import { upgradeDiscovery, type StoredDiscovery } from '../domain/discovery-versions';
import type { Evaluation } from '../domain/evaluation';
import type { GateDecision } from '../domain/gate';
import { renderModelCard, renderReport, type FoundIntent } from '../domain/report';
import { ModelRegistry } from '../platform/registry/model-registry';
import { readArtifactJson } from './artifacts';
import type { ActivityDependencies } from './dependencies';
import type { ChallengerDiff } from './targets/lex';

/** Of a new intent. */
const shownPhrases = 8;

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
      const discovery = upgradeDiscovery(await readArtifactJson<StoredDiscovery>(store, input.discovery));
      const card = renderModelCard({ modelVersion: input.modelVersion, evaluation, decision, diff });
      await new ModelRegistry(store, input.storeUri).writeModelCard(input.modelVersion, card);
      const html = renderReport({
        language: input.language,
        evaluation,
        decision,
        liveVersion: input.liveVersion,
        newIntents: diff.newIntents.map((intent) => describeNewIntent(intent, discovery)),
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

/**
 * The proposals that a new intent was made of are those whose phrases it has: a person may have renamed or merged them,
 * so that their names say nothing.
 */
function describeNewIntent(
  { name, utterances }: ChallengerDiff['newIntents'][number],
  discovery: Discovery,
): FoundIntent {
  const phrases = new Set(utterances);
  const sources = discovery.proposals.filter(
    (proposal) => proposal.name === name || proposal.representatives.some((phrase) => phrases.has(phrase)),
  );
  const [first] = sources;
  const sum = (value: 'size' | 'interactions') => sources.reduce((total, source) => total + source[value], 0);
  return {
    name,
    representatives:
      sources.length > 0
        ? sources.flatMap(({ representatives }) => representatives).slice(0, shownPhrases)
        : utterances.slice(0, shownPhrases),
    size: sources.length > 0 ? sum('size') : utterances.length,
    interactions: sum('interactions'),
    found: first && sources.length === 1 ? { proposal: first, discovery } : null,
  };
}
