import type { Artifact } from '../domain/artifact';
import { evaluate, type Evaluation, type EvaluationItem, type Prediction } from '../domain/evaluation';
import { decide, type Verdict } from '../domain/gate';
import { stageNotes } from '../domain/cycle-sentences';
import type { Sentence } from '../domain/language';
import type { GateConfiguration } from '../domain/pipeline';
import { decisionSentence } from '../domain/report';
import { ModelRegistry } from '../platform/registry/model-registry';
import { putJson, readArtifactJson, readArtifactLines } from './artifacts';
import type { ActivityDependencies } from './dependencies';

/** What the challenger was asked and answered; the smoke test of a promotion asks some of it again. */
export interface AskedItems {
  items: Artifact;
  predictions: Artifact;
}

/** Where a cycle keeps it. */
export function askedItemsUri(cycleUri: string): string {
  return `${cycleUri}evaluate/asked.json`;
}

export type EvaluationActivities = ReturnType<typeof createEvaluationActivities>;

export function createEvaluationActivities({ store }: Pick<ActivityDependencies, 'store'>) {
  return {
    /** Compares what the two versions answered to the same items: `evaluation.json`. */
    async compareModels(input: {
      pipeline: string;
      cycle: number;
      cycleUri: string;
      items: Artifact;
      champion: { version: string; predictions: Artifact };
      challenger: { version: string; predictions: Artifact };
      newIntents: string[];
      resamples: number;
      seed: number;
    }): Promise<{ evaluation: Artifact; note: Sentence }> {
      const evaluation = evaluate({
        subject: {
          pipeline: input.pipeline,
          cycle: input.cycle,
          evaluatedAt: new Date().toISOString(),
          champion: input.champion.version,
          challenger: input.challenger.version,
        },
        items: await readArtifactLines<EvaluationItem>(store, input.items),
        champion: await readArtifactLines<Prediction>(store, input.champion.predictions),
        challenger: await readArtifactLines<Prediction>(store, input.challenger.predictions),
        newIntents: input.newIntents,
        resamples: input.resamples,
        seed: input.seed,
      });
      const asked: AskedItems = { items: input.items, predictions: input.challenger.predictions };
      await putJson(store, askedItemsUri(input.cycleUri), asked);
      return {
        evaluation: await putJson(store, `${input.cycleUri}evaluate/evaluation.json`, evaluation),
        note: summarise(evaluation),
      };
    },

    /**
     * Decides whether the challenger goes live. The rules are pure and could run in the workflow; they run here because
     * an evaluation may be larger than what a workflow's history should hold.
     */
    async decideGate(input: {
      cycleUri: string;
      storeUri: string;
      modelVersion: number;
      evaluation: Artifact;
      gate: GateConfiguration;
    }): Promise<{ verdict: Verdict; reason: Sentence; decision: Artifact }> {
      const evaluation = await readArtifactJson<Evaluation>(store, input.evaluation);
      const decision = decide(evaluation, input.gate);
      const reason = {
        en: decisionSentence(decision, evaluation, 'en'),
        es: decisionSentence(decision, evaluation, 'es'),
      };
      const registry = new ModelRegistry(store, input.storeUri);
      const { subject, counts, sets } = evaluation;
      await registry.writeMetrics(
        input.modelVersion,
        JSON.stringify({ subject, counts, sets, decision }, null, 2),
      );
      return {
        verdict: decision.verdict,
        reason,
        decision: await putJson(store, `${input.cycleUri}gate/decision.json`, decision),
      };
    },
  };
}

function summarise({ sets, counts }: Evaluation): Sentence {
  const all = sets.together;
  if (!all) return stageNotes.nothingAnsweredByBoth;
  const both = (measure: 'accuracy' | 'macroF1') => ({
    champion: all.champion[measure].value,
    challenger: all.challenger[measure].value,
  });
  return stageNotes.compared({
    items: counts.answeredByBoth,
    accuracy: both('accuracy'),
    macroF1: both('macroF1'),
  });
}
