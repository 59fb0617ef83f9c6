import assert from 'node:assert/strict';
import { pendingStages, type CycleStatus } from '../../src/domain/cycle';
import { describeCycle } from '../../src/domain/cycle-details';

const waiting: CycleStatus = {
  pipeline: 'cafe',
  cycle: 3,
  trigger: 'schedule',
  stages: pendingStages(),
  waitingForReview: 'review/cafe/0003',
  waitingForDraftEdits: null,
  result: null,
};

describe('a cycle in the Temporal UI', () => {
  it('leads to the console that a review waits in, where its address is known', () => {
    assert.match(
      describeCycle(waiting, 'https://ciclo.example'),
      /Waiting for a person in `review\/cafe\/0003`\. Answer in the \[review console\]\(https:\/\/ciclo\.example\/#\/cafe\/review\/3\), or with `npx ciclo console`/,
    );
    assert.match(describeCycle(waiting), /Answer with `npx ciclo console` or `npx ciclo review cafe`\./);
  });

  it('says in English what a stage did, and why one failed', () => {
    const stages = pendingStages().map((stage) =>
      stage.name === 'ingest'
        ? {
            ...stage,
            state: 'failed' as const,
            failure: 'No such bucket.',
            note: { en: 'Note.', es: 'Nota.' },
          }
        : stage,
    );
    assert.match(
      describeCycle({ ...waiting, stages }),
      /\| ingest \| failed \| {2}\| No such bucket\. Note\. \|/,
    );
  });
});
