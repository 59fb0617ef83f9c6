import assert from 'node:assert/strict';
import { ServiceError } from '../../../src/local/aws/errors';
import { FaultWorld, namedFailure } from './fault-world';
import { losses, lostAnswers } from './lost-answers';
import { furnish, type Furniture } from './scenarios';

describe('a call whose answer is lost after its effect', function () {
  this.timeout(120_000);
  let world: FaultWorld;
  let furniture: Furniture;
  before(async () => {
    world = await FaultWorld.start();
    furniture = await furnish(world);
  });
  after(() => world.stop());

  for (const { operation, then, check } of lostAnswers) {
    for (const { name, effect } of losses) {
      it(`${operation} (${name}): ${then}`, () => check(world, furniture, effect));
    }
  }

  it('CreateExport: another export, which harms nothing', async () => {
    const input = { bot: furniture.bot, outputUri: world.uri('lost/export/') };
    world.faults.inject('CreateExport', { kind: 'reset', moment: 'after-effect' }, 1);
    assert.equal((await world.attempt('readBotDraft', input)).kind, 'failed');
    assert.equal((await world.attempt('readBotDraft', input, { resume: true })).kind, 'done');
  });

  it('an export that Lex has forgotten is begun anew', async () => {
    const input = { bot: furniture.bot, outputUri: world.uri('lost/forgotten/') };
    const before = world.changes('CreateExport').length;
    const gone = new ServiceError('ResourceNotFoundException', 404, 'Made by a test.');
    world.faults.inject('DescribeExport', { kind: 'error', error: gone }, 20);
    const first = await world.attempt('readBotDraft', input);
    assert.equal(namedFailure(first)?.type, 'NotFoundError');
    assert.equal(namedFailure(first)?.nonRetryable, false);
    world.faults.clear();
    world.faults.inject('DescribeExport', { kind: 'error', error: gone }, 1);
    const second = await world.attempt('readBotDraft', input, { resume: true });
    assert.equal(second.kind, 'done', JSON.stringify(second));
    assert.equal(world.changes('CreateExport').length - before, 2);
  });
});
