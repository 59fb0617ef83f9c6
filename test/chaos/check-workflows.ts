import { cycleKey } from '../../src/domain/cycle';
import { watchWorkflowId } from '../../src/domain/watch';
import { resultOf } from './outcome';
import type { Records, Truth, Violation } from './records';

/**
 * Every cycle completed with a result; reviews and promotions ran once each, the last promotion is being watched and no
 * other, and nothing else ran.
 */
export function checkWorkflows(records: Records, truth: Truth): Violation[] {
  const violations: Violation[] = [];
  const { workflows } = records;
  const lastPromoted = truth.cycles.findLast(({ runId }) => resultOf(records, runId)?.outcome === 'promoted');
  const known = new Set<string>();
  for (const { number, runId, ended } of truth.cycles) {
    const add = (check: string, evidence: string) => violations.push({ cycle: number, check, evidence });
    const own = workflows.find((workflow) => workflow.runId === runId);
    known.add(runId);
    if (!ended || own?.status !== 'COMPLETED')
      add('the cycle completed', `retrain run ${runId} is ${own?.status ?? 'not in the history'}`);
    const result = resultOf(records, runId);
    if (result === undefined) continue;
    if (result.cycle !== number) add('the cycle has its number', `its result says ${result.cycle}`);
    if (result.outcome === 'skipped' || result.outcome === 'abandoned')
      add('the outcome is right', `${result.outcome}: ${result.reason.en}`);
    const expectOnce = (workflowId: string, type: string, wanted: boolean, status = 'COMPLETED') => {
      const runs = workflows.filter((workflow) => workflow.workflowId === workflowId);
      for (const run of runs) known.add(run.runId);
      const right = runs.filter((run) => run.status === status);
      if (runs.length !== (wanted ? 1 : 0) || right.length !== runs.length)
        add(
          `${type} ran ${wanted ? 'once' : 'never'}${status === 'RUNNING' ? ' and goes on' : ''}`,
          `${workflowId}: ${runs.map((run) => run.status).join(', ') || 'none'}`,
        );
    };
    const reviewed = records.store.manifests.find(
      ({ cycle, stage }) => cycle === number && stage === 'review',
    );
    const hasProposals = (reviewed?.manifest.counts['proposals'] ?? 0) > 0;
    expectOnce(`review/${result.pipeline}/${cycleKey(number)}`, 'review', hasProposals);
    const model = records.store.models.find((one) => one.cycle === number);
    const promoted = result.outcome === 'promoted';
    if (promoted || model) {
      expectOnce(`promote/${result.pipeline}/v${model?.version}`, 'promote', promoted);
      const watchStatus = number === lastPromoted?.number ? 'RUNNING' : 'COMPLETED';
      expectOnce(watchWorkflowId(result.pipeline, Number(model?.version)), 'watch', promoted, watchStatus);
    }
  }
  for (const workflow of workflows.filter(({ runId }) => !known.has(runId)))
    violations.push({
      cycle: null,
      check: 'nothing else ran',
      evidence: `${workflow.type} ${workflow.workflowId} ${workflow.runId} is ${workflow.status}`,
    });
  return violations;
}
