import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { Proposal } from '../../../domain/discovery';
import type { NamingUsage } from '../../../domain/embedding';
import type { DiscoverParameters } from '../../../domain/job';
import type { ReportProgress } from '../../progress';
import { suggestWithModel } from './index';

/**
 * Puts a model's suggestions beside the proposals' own names, where the parameters want that.
 * @returns null where they do not
 */
export async function nameProposals(
  proposals: readonly Proposal[],
  intents: readonly string[],
  { naming, language }: DiscoverParameters,
  onProgress: ReportProgress,
  client?: BedrockRuntimeClient,
): Promise<{ proposals: Proposal[]; usage: NamingUsage } | null> {
  if (!naming) return null;
  const { suggestions, usage } = await suggestWithModel(proposals, { language, intents }, naming, {
    client,
    onProgress: (done, total) => onProgress({ done, total, unit: 'proposals named' }),
  });
  const named = proposals.map((proposal) => {
    const suggestedByModel = suggestions.get(proposal.id);
    return suggestedByModel ? { ...proposal, suggestedByModel } : proposal;
  });
  return { proposals: named, usage };
}
