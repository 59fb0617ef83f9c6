import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Preview } from '../../../../src/console/api';
import type { OpenReview } from '../../../../src/console/server/desk';
import { PreviewQueue } from '../../../../src/console/server/preview/preview-queue';

describe('console: the queue of previews', () => {
  const after = (decisions: number) =>
    ({ events: Array.from({ length: decisions }) }) as unknown as OpenReview;

  /** Previews that are made when the test says so, in the order in which they were begun. */
  function queueByHand() {
    const begun: { decisions: number; end: (error?: Error) => Promise<void> }[] = [];
    const queue = new PreviewQueue(
      ({ events: { length } }) =>
        new Promise<Preview>((resolve, reject) => {
          const end = (error?: Error) => {
            if (error) reject(error);
            else resolve({ decisions: length } as Preview);
            return setImmediate();
          };
          begun.push({ decisions: length, end });
        }),
    );
    return { queue, begun };
  }

  it('makes of many that queue up only the newest, which all of them get', async () => {
    const { queue, begun } = queueByHand();
    const asked = [0, 1, 2, 3].map((decisions) => queue.of(after(decisions)));
    await begun[0]!.end();
    await begun[1]!.end();
    assert.deepEqual(
      (await Promise.all(asked)).map(({ decisions }) => decisions),
      [0, 3, 3, 3],
    );
    assert.deepEqual(
      begun.map(({ decisions }) => decisions),
      [0, 3],
    );
    assert.equal((await queue.of(after(2))).decisions, 3, 'what is known of more decisions is told at once');
  });

  it('goes on after one that failed, and makes it anew when it is asked for again', async () => {
    const { queue, begun } = queueByHand();
    const [first, second] = [queue.of(after(0)), queue.of(after(1))];
    await Promise.all([assert.rejects(first, /no memory/), begun[0]!.end(new Error('no memory'))]);
    await Promise.all([assert.rejects(second, /no memory/), begun[1]!.end(new Error('no memory'))]);
    const again = queue.of(after(1));
    await begun[2]!.end();
    assert.equal((await again).decisions, 1);
  });
});
