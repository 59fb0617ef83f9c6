import { Context } from '@temporalio/activity';

/** Well below the heartbeat timeout of the short steps. */
export const beatEveryMs = 2_000;

/**
 * Lets steps that report nothing by themselves tell Temporal that a worker still does them: when the worker is killed,
 * the next one takes over after the heartbeat timeout instead of the time that the step may take at most.
 */
export function keptAlive<Activities extends object>(activities: Activities): Activities {
  const wrapped = Object.entries(activities as Record<string, (input: unknown) => Promise<unknown>>).map(
    ([name, activity]) => [
      name,
      async (input: unknown) => {
        const context = Context.current();
        context.heartbeat();
        const timer = setInterval(() => context.heartbeat(), beatEveryMs);
        try {
          return await activity(input);
        } finally {
          clearInterval(timer);
        }
      },
    ],
  );
  return Object.fromEntries(wrapped) as Activities;
}
