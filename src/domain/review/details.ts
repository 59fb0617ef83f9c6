import { reviewPage } from '../console-address';
import { formatDuration } from '../cycle-details';
import type { ReviewConfiguration } from '../pipeline';
import type { Approval } from './approval';
import type { ReviewedProposal } from './proposal';

/** More rows would weigh more than anybody reads; the command lists them all. */
const mostRows = 100;

/** What the details of a review show. */
interface ReviewFacts {
  pipeline: string;
  cycle: number;
  proposals: ReviewedProposal[];
  waitingSince: string;
  deadline: string;
  finished: boolean;
  approvals: readonly Approval[];
  approvalsMissing: number;
  approversRemaining: readonly string[];
  reviewers: readonly string[];
  refusedSignals: string[];
  /** What browsers call the console; absent where none is known. */
  consoleUrl?: string | undefined;
}

/** A review as Markdown for the Temporal UI: what is waited for, since when, and the commands that answer. */
export function describeReview(review: ReviewFacts, configuration: ReviewConfiguration): string {
  const open = review.proposals.filter((proposal) => proposal.status === 'open');
  const workflowId = `review/${review.pipeline}/${String(review.cycle).padStart(4, '0')}`;
  const head = review.finished
    ? 'The review is finished; the cycle goes on.'
    : `**Waiting for a person to validate ${open.length} of ${review.proposals.length} proposals** since ${review.waitingSince}.\n\n` +
      `Deadline: ${review.deadline} (then: ${configuration.onDeadline}); a reminder every ${formatDuration(configuration.remindEveryHours * 3_600_000)}.`;
  const who = describeApprovals(review)
    .map((line) => `\n\n${line}`)
    .join('');
  const rows = mostPressing(review.proposals).map(
    (one) =>
      `| ${one.id} | ${one.name} | ${one.kind === 'new-intent' ? 'new intent' : 'new examples'} | ${one.size} | ${one.interactions} | ${nearestOf(one)} | ${one.status}${one.category && one.category !== one.name ? ` → ${one.category}` : ''} |`,
  );
  const hidden = review.proposals.length - rows.length;
  const more =
    hidden > 0 ? `\n\n${hidden} more proposals: \`npx ciclo review ${review.pipeline}\` lists them all.` : '';
  const answer = review.finished
    ? ''
    : `\n\nAnswer${review.consoleUrl === undefined ? '' : ` in the [review console](${review.consoleUrl}/${reviewPage(review.pipeline, review.cycle)}), or`}:\n\n\`\`\`\nnpx ciclo console\nnpx ciclo review ${review.pipeline}\n` +
      `temporal workflow signal --workflow-id ${workflowId} --name decide --input '{"action":"accept-all","author":"YOUR NAME"}'\n` +
      `temporal workflow signal --workflow-id ${workflowId} --name finish --input '{"author":"YOUR NAME"}'\n\`\`\``;
  const refused = review.refusedSignals.length
    ? `\n\nSignals that could not be followed:\n${review.refusedSignals.map((reason) => `- ${reason}`).join('\n')}`
    : '';
  return `${head}${who}\n\n| proposal | name | kind | phrases | interactions | nearest intent | decision |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}${more}${answer}${refused}`;
}

/** `ConsultarPedido 0.40`, with a warning where the two would clash. */
function nearestOf({ nearestIntent }: ReviewedProposal): string {
  if (nearestIntent === null) return '';
  const { name, similarity, clashes } = nearestIntent;
  return `${name} ${similarity.toFixed(2)}${clashes ? ' **clashes**' : ''}`;
}

/** As many proposals as are shown: of many, the open ones first. */
function mostPressing(proposals: readonly ReviewedProposal[]): readonly ReviewedProposal[] {
  if (proposals.length <= mostRows) return proposals;
  const isOpen = ({ status }: ReviewedProposal) => status === 'open';
  return [...proposals.filter(isOpen), ...proposals.filter((one) => !isOpen(one))].slice(0, mostRows);
}

/** Who may decide, who has approved and who is missing, a line each; none where anyone decides and one is enough. */
export function describeApprovals(
  review: Pick<
    ReviewFacts,
    'finished' | 'approvals' | 'approvalsMissing' | 'approversRemaining' | 'reviewers'
  >,
): string[] {
  const { approvals, approvalsMissing, approversRemaining, reviewers } = review;
  const lines: string[] = [];
  if (reviewers.length > 0) lines.push(`May decide: ${reviewers.join(', ')}.`);
  if (approvals.length > 0) {
    lines.push(`Approved by ${approvals.map(({ author, at }) => `${author} (${at})`).join(', ')}.`);
  }
  if (!review.finished && (approvals.length > 0 || approvalsMissing > 1 || approversRemaining.length > 0)) {
    const who = approversRemaining.length > 0 ? `, by ${approversRemaining.join(', ')}` : '';
    lines.push(
      `Missing: ${approvalsMissing} ${approvalsMissing === 1 ? 'approval' : 'approvals'}${who}${approvalsMissing > 1 ? ', from different people' : ''}. A new decision withdraws the approvals before it.`,
    );
  }
  return lines;
}
