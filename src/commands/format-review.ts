import pc from 'picocolors';
import { cycleKey } from '../domain/cycle';
import type { Explanation } from '../domain/report';
import { describeApprovals } from '../domain/review';
import type { ListedPhrase, ListedProposal, ReviewListing } from '../operations/reviews';
import type { ReviewView } from '../workflows/review';
import { explanationLines, phraseLines, termLines, textWidth } from './discovery-summary';
import { formatTable } from './format';

/**
 * The listing for a person.
 * @param columns of the terminal
 */
export function formatReview(listing: ReviewListing, columns: number): string {
  const { view } = listing;
  const width = textWidth(columns);
  const pipeline = view.pipeline;
  const blocks = listing.proposals.map((proposal) => {
    const kind = proposal.kind === 'new-intent' ? 'new intent' : 'new examples for';
    const state =
      proposal.status === 'open'
        ? pc.yellow('open')
        : `${proposal.status}${proposal.category ? ` → ${proposal.category}` : ''}`;
    const head = `${pc.bold(proposal.id)}  ${kind} ${pc.bold(proposal.name)}  [${state}]`;
    return [head, ...evidenceLines(proposal, width)].join('\n');
  });
  const refused = view.refusedSignals.map((reason) => `\nA signal could not be followed: ${reason}`).join('');
  return [
    `Review of ${pipeline}, cycle ${view.cycle}: waiting since ${view.waitingSince}, deadline ${view.deadline}`,
    ...describeApprovals(view),
    '',
    blocks.join('\n\n'),
    refused,
    `Phrases: npx ciclo review ${pipeline} show PROPOSAL`,
    `Decide:  npx ciclo review ${pipeline} accept PROPOSAL [--name NewIntent] | accept-all | rename | merge | split | assign | reject | undo`,
    `Finish:  npx ciclo review ${pipeline} finish${severalApprove(view) ? ` --decisions ${listing.events.length}` : ''}`,
  ].join('\n');
}

/** What a proposal explains about itself, its size in any case, and phrases. */
function evidenceLines(proposal: ListedProposal, width: number): string[] {
  const { kind, explanations, size, interactions, terms, representatives } = proposal;
  const ofSize: Explanation = { kind: 'fact', text: `${size} phrases, ${interactions} interactions` };
  const tellsSize = kind === 'new-intent' && explanations.length > 0;
  return [
    ...explanationLines(tellsSize ? explanations : [ofSize, ...explanations], width),
    ...termLines(terms, width),
    ...phraseLines(representatives, width),
  ];
}

/** The phrases of a proposal; those that have to be looked at say why. */
export function formatPhrases(phrases: readonly ListedPhrase[]): string {
  return formatTable(
    phrases.map(({ id, count, text, byLikenessAlone }) => [
      id,
      `${count} ×`,
      byLikenessAlone ? `${text}  ${pc.yellow('(by likeness alone)')}` : text,
    ]),
  );
}

/** Whether somebody approves what somebody else decided, who should have seen all of it. */
function severalApprove(view: ReviewView): boolean {
  return view.approvals.length + view.approvalsMissing > 1 || view.approversRemaining.length > 0;
}

/**
 * How to answer a review, for whoever watches a cycle.
 * @param link of the console, where one is served beside
 */
export function howToAnswer(
  pipeline: string,
  cycle: number,
  proposals: number | null,
  link: string | null = null,
): string[] {
  return [
    `  ${proposals === null ? 'Some' : proposals} proposals wait for a person:`,
    ...(link === null ? [] : [`    ${pc.cyan(link)}   look and decide in a browser`]),
    `    npx ciclo review ${pipeline}                     look at them`,
    `    npx ciclo review ${pipeline} accept PROPOSAL     (or accept-all, rename, merge, split, move, assign, reject, undo)`,
    `    npx ciclo review ${pipeline} finish              the cycle goes on`,
    ...(link === null ? [`  or in a browser: npx ciclo console`] : []),
    `  or by signal: temporal workflow signal --workflow-id review/${pipeline}/${cycleKey(cycle)} --name decide \\`,
    `    --input '{"action":"accept-all","author":"you"}'   and then --name finish --input '{"author":"you"}'`,
  ];
}
