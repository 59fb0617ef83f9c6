import { sleep } from '@temporalio/activity';
import { askAll as ask } from '../../../platform/aws/ask-all';
import type { Polling } from './polling';

/** The same as on the platform, with pauses that end when the activity is cancelled. */
export async function askAll<Question, Answer>(
  questions: readonly Question[],
  concurrency: number,
  askOne: (question: Question) => Promise<Answer>,
  onAnswer: (question: Question, answer: Answer) => Promise<void>,
  polling: Polling,
): Promise<void> {
  const wait = (delayMs: number) => sleep(delayMs);
  await ask(questions, concurrency, askOne, onAnswer, { ...polling, wait });
}
