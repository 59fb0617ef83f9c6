import type { Artifact } from '../domain/artifact';
import { membersByProposal, reviewProposals } from '../domain/category-map';
import type { Discovery } from '../domain/discovery';
import { InvalidInputError } from '../domain/errors';
import { outOfScope, type LabelledUtterance, type Utterance } from '../domain/utterance';
import { foldReview, type Decision, type DecisionEvent, type ReviewProposal } from '../domain/review';
import { readArtifactJson, readArtifactLines } from './artifacts';
import type { ActivityDependencies } from './dependencies';
import { readGoldenSet } from './golden-set';

/** More would be more than a person decides on, and more than a workflow's history should hold. */
const mostProposals = 500;

export type ReviewActivities = ReturnType<typeof createReviewActivities>;

export function createReviewActivities({ store }: Pick<ActivityDependencies, 'store'>) {
  return {
    /**
     * The proposals of a discovery without their phrases, and the intents that the bot has.
     * @throws InvalidInputError for a golden set that cannot be used: nobody shall review for nothing
     */
    async openReview(input: {
      discovery: Artifact;
      known: Artifact;
      goldenSetUri: string;
    }): Promise<{ proposals: ReviewProposal[]; existingIntents: string[] }> {
      const discovery = await readArtifactJson<Discovery>(store, input.discovery);
      const known = await readArtifactLines<LabelledUtterance>(store, input.known);
      await readGoldenSet(store, input.goldenSetUri, known);
      const intents = new Set(known.map((utterance) => utterance.intent));
      intents.delete(outOfScope);
      return {
        proposals: reviewProposals(discovery).slice(0, mostProposals),
        existingIntents: [...intents].sort(),
      };
    },

    /**
     * Checks that the members of a split belong to its proposal.
     * @returns the interactions that leave with them
     */
    async resolveSplit(input: {
      discovery: Artifact;
      utterances: Artifact;
      events: DecisionEvent[];
      decision: Decision & { action: 'split' };
    }): Promise<number> {
      const discovery = await readArtifactJson<Discovery>(store, input.discovery);
      const { proposals } = foldReview(
        reviewProposals(discovery),
        input.events,
        membersByProposal(discovery),
      );
      const members = new Set(proposals.find((one) => one.id === input.decision.proposal)?.memberIds);
      const strangers = input.decision.members.filter((id) => !members.has(id));
      if (strangers.length > 0) {
        throw new InvalidInputError(
          `${strangers.length} of the phrases do not belong to proposal ${input.decision.proposal}: ${strangers.slice(0, 5).join(', ')}. List its members with "npx ciclo review" and try again.`,
          { proposal: input.decision.proposal, strangers: strangers.length },
        );
      }
      const leaving = new Set(input.decision.members);
      const utterances = await readArtifactLines<Utterance>(store, input.utterances);
      return utterances.filter((one) => leaving.has(one.id)).reduce((sum, one) => sum + one.count, 0);
    },
  };
}
