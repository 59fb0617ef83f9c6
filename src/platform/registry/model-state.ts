import { z } from 'zod';
import { CicloError } from '../../domain/errors';

export const modelStates = ['candidate', 'approved', 'live', 'retired'] as const;

/**
 * `candidate`: trained. `approved`: the gate, or a person, let it pass. `live`: people talk to it.
 * `retired`: it was replaced, or never got that far.
 */
export type ModelState = (typeof modelStates)[number];

export const modelStateSchema = z.object({
  schemaVersion: z.literal(1),
  state: z.enum(modelStates),
  /** Every state it was in, oldest first; the last one is `state`. */
  history: z.array(
    z.object({
      state: z.enum(modelStates),
      /** ISO 8601, UTC. */
      at: z.string(),
    }),
  ),
});

/** `state.json` of a model. */
export type ModelStateRecord = z.infer<typeof modelStateSchema>;

/** A model cannot go from the state it is in to the one that is asked for. */
export class ModelTransitionError extends CicloError {}

const transitions: Record<ModelState, ModelState[]> = {
  candidate: ['approved', 'retired'],
  // Back to candidate when the promotion failed and was undone.
  approved: ['candidate', 'live', 'retired'],
  live: ['retired'],
  // A rollback.
  retired: ['live'],
};

/**
 * A model's record in a new state; the same record when it is in that state already.
 *
 * @param version stands in the message
 * @param at ISO 8601, UTC
 * @throws ModelTransitionError for a step that is not allowed
 */
export function inState(
  record: ModelStateRecord,
  state: ModelState,
  version: number,
  at: string,
): ModelStateRecord {
  if (record.state === state) return record;
  const allowed = transitions[record.state];
  if (!allowed.includes(state)) {
    throw new ModelTransitionError(
      `Model v${version} is ${record.state} and cannot become ${state}: from there it can become ` +
        `${allowed.join(' or ')}. See the states with ciclo status.`,
      { version, state: record.state, wanted: state },
    );
  }
  return { ...record, state, history: [...record.history, { state, at }] };
}

/** The record of a model that was just registered. */
export function firstState(state: 'candidate' | 'live', at: string): ModelStateRecord {
  return { schemaVersion: 1, state, history: [{ state, at }] };
}
