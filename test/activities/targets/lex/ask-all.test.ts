import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { AdaptiveLimit } from '../../../../src/platform/aws/adaptive-limit';
import { askAll } from '../../../../src/activities/targets/lex/ask-all';
import { activityEnvironment, awsError } from './lex-fixture';

const polling = { firstDelayMs: 1, factor: 1.5, longestDelayMs: 4 };

describe('asking many questions', () => {
  describe('the limit of calls at once', () => {
    it('is halved when throttled, once for calls that were under way together', () => {
      const limit = new AdaptiveLimit(16);
      limit.throttled();
      limit.throttled();
      assert.equal(limit.current, 8);
      limit.answered();
      limit.throttled();
      assert.equal(limit.current, 4);
    });

    it('is never below one, and grows back to the most', () => {
      const limit = new AdaptiveLimit(4);
      for (let round = 0; round < 5; round++) {
        limit.answered();
        limit.throttled();
      }
      assert.equal(limit.current, 1);
      for (let answer = 0; answer < 40; answer++) limit.answered();
      assert.equal(limit.current, 4);
    });
  });

  async function askThirty(ask: (question: number) => Promise<number>) {
    const answers = new Map<number, number>();
    let running = 0;
    let most = 0;
    const questions = Array.from({ length: 30 }, (_, index) => index);
    const all = () =>
      askAll(
        questions,
        5,
        async (question) => {
          most = Math.max(most, ++running);
          try {
            await wait(2);
            return await ask(question);
          } finally {
            running--;
          }
        },
        (question, answer) => Promise.resolve(void answers.set(question, answer)),
        polling,
      );
    await activityEnvironment().run(all);
    assert.equal(running, 0);
    return { answers, most };
  }

  it('answers every question once, so many at a time as are allowed', async () => {
    const { answers, most } = await askThirty((question) => Promise.resolve(question * 2));
    assert.deepEqual([answers.size, answers.get(7), most], [30, 14, 5]);
  });

  it('repeats what was throttled', async () => {
    const refused = new Set<number>();
    const { answers } = await askThirty((question) => {
      if (question % 3 !== 0 || refused.has(question)) return Promise.resolve(question);
      refused.add(question);
      return Promise.reject(awsError('ThrottlingException', 429));
    });
    assert.equal(refused.size, 10);
    assert.equal(answers.size, 30);
  });

  it('stops at an error that lasts, after the calls under way', async () => {
    let calls = 0;
    await assert.rejects(
      askThirty((question) => {
        calls++;
        return question === 3
          ? Promise.reject(awsError('ValidationException', 400))
          : Promise.resolve(question);
      }),
      { name: 'ValidationException' },
    );
    assert.ok(calls <= 9, `${calls} calls`);
  });
});
