import type { Phase } from './tasks';

/**
 * How threads agree on what is to be done, in shared numbers: which round it is, the next task, how many are done,
 * and for each round what it consists of. Tasks are numbered through all rounds, so that a thread that is late
 * cannot take one of a later round for one of an earlier; and what a round consists of never changes.
 */
const place = { round: 0, nextTask: 1, doneTasks: 2, hasFailed: 3, rounds: 4 } as const;
const roundNumbers = 4;
const mostRounds = 15;
export const controlNumbers = place.rounds + mostRounds * roundNumbers;
const closed = -1;

const kinds = ['exact', 'trees', 'descent'] as const satisfies readonly Phase['kind'][];

/** Lets all threads begin with the tasks of a phase; those of the round before must be done. */
export function openRound(control: Int32Array, phase: Phase, tasks: number): void {
  const round = Atomics.load(control, place.round);
  if (round >= mostRounds) throw new RangeError(`more than ${mostRounds} rounds`);
  const firstTask = Atomics.load(control, place.nextTask);
  control.set(
    [kinds.indexOf(phase.kind), phase.seed, firstTask, firstTask + tasks],
    place.rounds + round * roundNumbers,
  );
  Atomics.store(control, place.round, round + 1);
  Atomics.notify(control, place.round);
}

/** Tells helpers that there is nothing more to do. */
export function closeRounds(control: Int32Array): void {
  Atomics.store(control, place.round, closed);
  Atomics.notify(control, place.round);
}

/** Does tasks of the current round for as long as there are any that nobody has taken. */
export function takePart(control: Int32Array, run: (phase: Phase, task: number) => void): void {
  const round = Atomics.load(control, place.round);
  if (round <= 0) return;
  const [kind, seed, first, end] = control.subarray(place.rounds + (round - 1) * roundNumbers);
  for (;;) {
    const task = Atomics.load(control, place.nextTask);
    if (task >= end!) return;
    if (Atomics.compareExchange(control, place.nextTask, task, task + 1) !== task) continue;
    run({ kind: kinds[kind!]!, seed: seed! }, task - first!);
    Atomics.add(control, place.doneTasks, 1);
    Atomics.notify(control, place.doneTasks);
  }
}

/**
 * Blocks until all tasks that were taken are done.
 * @throws Error when a helper could not do its own
 */
export function waitForOthers(control: Int32Array): void {
  for (;;) {
    const done = Atomics.load(control, place.doneTasks);
    if (Atomics.load(control, place.hasFailed) !== 0)
      throw new Error('A thread that compares points failed.');
    if (done === Atomics.load(control, place.nextTask)) return;
    Atomics.wait(control, place.doneTasks, done);
  }
}

/** The life of a helper: takes part in every round until there are no more. */
export function help(control: Int32Array, run: (phase: Phase, task: number) => void): void {
  try {
    for (let seen = 0; seen !== closed; seen = Atomics.load(control, place.round)) {
      takePart(control, run);
      Atomics.wait(control, place.round, seen);
    }
  } catch (error) {
    Atomics.store(control, place.hasFailed, 1);
    // What is waited for has to change, or the wait would not end.
    Atomics.add(control, place.doneTasks, 1);
    Atomics.notify(control, place.doneTasks);
    throw error;
  }
}
