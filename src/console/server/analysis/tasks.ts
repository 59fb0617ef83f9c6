import type { DatasetInput } from '../../../domain/dataset';
import type { EvaluationItem } from '../../../domain/evaluation';
import type { DecisionEvent } from '../../../domain/review';
import { alike } from '../likeness';
import type { Materials } from '../materials';
import { estimate } from '../preview/estimate';

/** What of a review's materials is counted with: plain data, which goes to the thread once. */
export type CountedMaterials = Pick<Materials, 'discovery' | 'utterances' | 'known'>;

/** What the thread is asked, about materials that it was given under a number. */
export type Task =
  | {
      kind: 'estimate';
      events: readonly DecisionEvent[];
      golden: readonly EvaluationItem[];
      parameters: DatasetInput['parameters'];
    }
  | { kind: 'alike'; text: string };

/** Answers by kind of task. */
export interface Answers {
  estimate: ReturnType<typeof estimate>;
  alike: ReturnType<typeof alike>;
}

/** Messages to the thread, which takes them in their order. */
export type Message =
  | { kind: 'keep'; number: number; materials: CountedMaterials }
  | { kind: 'forget'; number: number }
  | { kind: 'do'; id: number; number: number; task: Task };

/** What comes back. */
export type Result = { id: number } & ({ answer: Answers[Task['kind']] } | { failure: string });

/** Does a task on the spot. */
export function perform(task: Task, materials: CountedMaterials): Answers[Task['kind']] {
  return task.kind === 'alike'
    ? alike(materials, task.text)
    : estimate(materials, task.events, task.golden, task.parameters);
}
