import type { Artifact } from '../domain/artifact';
import { membersByProposal, reviewProposals } from '../domain/category-map';
import type { Discovery } from '../domain/discovery';
import { upgradeDiscovery, type StoredDiscovery } from '../domain/discovery-versions';
import { InvalidInputError } from '../domain/errors';
import { outOfScope, type LabelledUtterance, type Utterance } from '../domain/utterance';
import {
  foldReview,
  movedIntoIntentId,
  proposalObjections,
  proposalsWithinLimits,
  type Decision,
  type DecisionParts,
  type MovedPart,
  type ReviewProposal,
} from '../domain/review';
import { asideGroup, phraseGroups } from '../domain/phrase-groups';
import { readArtifactJson, readArtifactLines } from './artifacts';
import { joinDecisions, writeDecisions } from './decisions';
import type { ActivityDependencies } from './dependencies';
import { readGoldenSet } from './golden-set';

/** What a review is about. */
export interface OpenedReview {
  proposals: ReviewProposal[];
  /** The intents that the bot has. */
  existingIntents: string[];
  /** Proposals that one review cannot hold; they come back in the next cycle. */
  leftOut: number;
  /** What browsers call the console, without a slash at the end; absent where none is known. */
  consoleUrl?: string;
}

export type ReviewActivities = ReturnType<typeof createReviewActivities>;

export function createReviewActivities({
  store,
  consoleUrl,
}: Pick<ActivityDependencies, 'store' | 'consoleUrl'>) {
  return {
    /**
     * The proposals of a discovery without their phrases, as many as a review can hold, and the intents that the bot
     * has.
     * @throws InvalidInputError for a golden set that cannot be used: nobody shall review for nothing
     */
    async openReview(input: {
      discovery: Artifact;
      known: Artifact;
      goldenSetUri: string;
    }): Promise<OpenedReview> {
      const discovery = await readArtifactJson<Discovery>(store, input.discovery);
      const known = await readArtifactLines<LabelledUtterance>(store, input.known);
      await readGoldenSet(store, input.goldenSetUri, known);
      const intents = new Set(known.map((utterance) => utterance.intent));
      intents.delete(outOfScope);
      const existingIntents = [...intents].sort();
      const found = reviewProposals(discovery);
      const proposals = proposalsWithinLimits(found, existingIntents);
      return {
        proposals,
        existingIntents,
        leftOut: found.length - proposals.length,
        ...(consoleUrl !== undefined && { consoleUrl }),
      };
    },

    /**
     * Checks that the members of a split belong to its proposal, and stores the decisions before it.
     * @returns the interactions that leave with them, and the decisions before the split
     */
    async resolveSplit(input: {
      cycleUri: string;
      discovery: Artifact;
      utterances: Artifact;
      decisions: DecisionParts;
      decision: Decision & { action: 'split' };
    }): Promise<{ interactions: number; decisions: Artifact | null }> {
      const discovery = await readArtifactJson<Discovery>(store, input.discovery);
      const { proposals } = foldReview(
        reviewProposals(discovery),
        await joinDecisions(store, input.decisions),
        membersByProposal(discovery),
      );
      const proposal = proposals.find((one) => one.id === input.decision.proposal);
      if (!proposal)
        throw new InvalidInputError(proposalObjections.unknown(input.decision.proposal, proposals));
      const members = new Set(proposal.memberIds);
      const strangers = input.decision.members.filter((id) => !members.has(id));
      if (strangers.length > 0) {
        throw new InvalidInputError(proposalObjections.notItsPhrases(strangers, proposal, proposals), {
          proposal: proposal.id,
          strangers: strangers.length,
        });
      }
      const leaving = new Set(input.decision.members);
      const utterances = await readArtifactLines<Utterance>(store, input.utterances);
      return {
        interactions: utterances
          .filter((one) => leaving.has(one.id))
          .reduce((sum, one) => sum + one.count, 0),
        decisions: await writeDecisions(store, input.cycleUri, input.decisions),
      };
    },

    /**
     * Looks up where the members of a move are, and stores the decisions before it.
     * @returns what leaves each place, and the decisions before the move
     * @throws InvalidInputError for phrases that discovery did not look at, or that are at the target already
     */
    async resolveMove(input: {
      cycleUri: string;
      discovery: Artifact;
      utterances: Artifact;
      decisions: DecisionParts;
      decision: Decision & { action: 'move' };
    }): Promise<{ moved: MovedPart[]; decisions: Artifact | null }> {
      const { decision } = input;
      const { proposal, intent } = decision;
      const discovery = upgradeDiscovery(await readArtifactJson<StoredDiscovery>(store, input.discovery));
      const { groupOf } = phraseGroups(
        discovery,
        foldReview(
          reviewProposals(discovery),
          await joinDecisions(store, input.decisions),
          membersByProposal(discovery),
        ),
      );
      const target = decision.aside ? asideGroup : (proposal ?? movedIntoIntentId(intent ?? ''));
      const strangers = decision.members.filter((id) => !groupOf.has(id));
      if (strangers.length > 0) {
        throw new InvalidInputError(proposalObjections.notInReview(strangers), {
          strangers: strangers.length,
        });
      }
      const there = decision.members.filter((id) => groupOf.get(id) === target);
      if (there.length > 0) {
        throw new InvalidInputError(proposalObjections.thereAlready(there), { there: there.length });
      }
      const utterances = await readArtifactLines<Utterance>(store, input.utterances);
      const counts = new Map(utterances.map(({ id, count }) => [id, count]));
      const moved = new Map<string, MovedPart>();
      for (const id of decision.members) {
        const from = groupOf.get(id)!;
        const part = moved.get(from) ?? { from, phrases: 0, interactions: 0 };
        part.phrases++;
        part.interactions += counts.get(id) ?? 0;
        moved.set(from, part);
      }
      return {
        moved: [...moved.values()],
        decisions: await writeDecisions(store, input.cycleUri, input.decisions),
      };
    },

    /** Stores the decisions of a review so far, those that were stored before included. */
    async storeDecisions(input: { cycleUri: string; decisions: DecisionParts }): Promise<Artifact | null> {
      return writeDecisions(store, input.cycleUri, input.decisions);
    },
  };
}
