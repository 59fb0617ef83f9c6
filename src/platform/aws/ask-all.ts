import { AdaptiveLimit } from './adaptive-limit';
import { awsFailureKind } from './errors';

/** The time between two tries of the same: twice as long each time. */
export interface Pauses {
  firstDelayMs: number;
  longestDelayMs: number;
  wait(delayMs: number): Promise<void>;
}

/** Attempts for one question; throttling passes as the calls get fewer. */
const attempts = { throttled: 12, unavailable: 6, conflict: 6 };

/**
 * Asks all questions, up to `concurrency` at a time, more slowly while the service throttles.
 * @param ask is repeated a few times for what may heal by itself
 * @param onAnswer is called once for every question
 * @throws the first error that lasts, after the calls under way have ended
 */
export async function askAll<Question, Answer>(
  questions: readonly Question[],
  concurrency: number,
  ask: (question: Question) => Promise<Answer>,
  onAnswer: (question: Question, answer: Answer) => Promise<void>,
  pauses: Pauses,
): Promise<void> {
  const limit = new AdaptiveLimit(concurrency);
  const waiting = [...questions].reverse();
  const failures: unknown[] = [];
  let running = 0;
  await new Promise<void>((resolve) => {
    const startMore = () => {
      while (failures.length === 0 && running < limit.current && waiting.length > 0) {
        running++;
        void one(waiting.pop()!)
          .catch((error: unknown) => failures.push(error))
          .finally(() => {
            running--;
            startMore();
          });
      }
      if (running === 0) resolve();
    };
    startMore();
  });
  if (failures.length > 0) throw failures[0];

  async function one(question: Question): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await ask(question);
        limit.answered();
        await onAnswer(question, answer);
        return;
      } catch (error) {
        const kind = awsFailureKind(error);
        if (kind === 'throttled') limit.throttled();
        const most =
          kind === 'throttled' || kind === 'unavailable' || kind === 'conflict' ? attempts[kind] : 1;
        if (attempt >= most || failures.length > 0) throw error;
        await pauses.wait(Math.min(pauses.firstDelayMs * 2 ** (attempt - 1), pauses.longestDelayMs));
      }
    }
  }
}
