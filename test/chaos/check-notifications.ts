import { cycleKey } from '../../src/domain/cycle';
import { resultOf } from './outcome';
import type { Records, Truth, Violation } from './records';

/** People heard once that a cycle ended and once that its review waits, and nothing else. */
export function checkNotifications({ messages, ...records }: Records, truth: Truth): Violation[] {
  const violations: Violation[] = [];
  const seen = new Map<string, number>();
  for (const { attributes, subject } of messages) {
    const id = attributes['notificationId'] ?? `without an id: ${subject}`;
    seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  const expected = new Set<string>();
  for (const { number, runId } of truth.cycles) {
    const result = resultOf({ messages, ...records }, runId);
    if (result === undefined) continue;
    const reviewed = records.workflows.some(
      ({ workflowId }) => workflowId === `review/${result.pipeline}/${cycleKey(number)}`,
    );
    for (const kind of ['cycle-finished', ...(reviewed ? ['waiting-0'] : [])]) {
      const id = `${result.pipeline}/${cycleKey(number)}/${kind}`;
      expected.add(id);
      const count = seen.get(id) ?? 0;
      if (count !== 1)
        violations.push({ cycle: number, check: `one ${kind} message`, evidence: `${count} were published` });
    }
  }
  for (const [id, count] of seen) {
    if (!expected.has(id))
      violations.push({ cycle: null, check: 'no other message', evidence: `${count} × ${id}` });
  }
  return violations;
}
