import type { Assignment, Proposal } from '../../../domain/discovery';
import type { Context } from './context';

/** Where each utterance belongs, in the order of the utterances. What takes part in nothing is noise. */
export function assign(context: Context, proposals: readonly Proposal[]): Assignment[] {
  const { utterances, units, grouping, intentCentres } = context;
  const proposalOf = new Map(
    proposals.flatMap((proposal) => proposal.memberIds.map((id) => [id, proposal.id])),
  );
  const assignments: Assignment[] = utterances.map(({ id }) => ({ id, noise: true }));
  units.forEach((unit, index) => {
    const fate = grouping.fates[index]!;
    for (const member of unit.members) {
      const { id } = utterances[member]!;
      if (fate.kind === 'topic') assignments[member] = { id, proposal: proposalOf.get(id)! };
      if (fate.kind === 'intent') {
        const centre = intentCentres.get(fate.intent)!;
        assignments[member] = { id, intent: fate.intent, similarity: context.similarity(index, centre) };
      }
    }
  });
  return assignments;
}
