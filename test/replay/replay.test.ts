import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, Worker, bundleWorkflowCode } from '@temporalio/worker';
import { workflowBundle } from '../support/workflow-worker';

const folder = join(__dirname, 'histories');
const histories = readdirSync(folder).map((name) => ({
  name,
  history: JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown,
}));

describe("replay: today's workflows on saved histories", function () {
  this.timeout(60_000);

  for (const { name, history } of histories) {
    it(`goes through ${name} as it was`, async () => {
      await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history);
    });
  }

  it('fails on a workflow that was changed incompatibly', async () => {
    const changed = await bundleWorkflowCode({
      workflowsPath: join(__dirname, 'incompatible', 'index.ts'),
      logger: new DefaultLogger('WARN'),
    });
    const cycle = histories.find(({ name }) => name === 'retrain-promoted.json');
    await assert.rejects(
      Worker.runReplayHistory({ workflowBundle: changed }, cycle?.history),
      /[Nn]ondeterminism/,
    );
  });
});
