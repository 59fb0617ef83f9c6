import type { Sentence } from '../language';
import type { ReviewConfiguration } from '../pipeline';
import { longestAuthor } from './limits';
import { formObjections, reviewObjections } from './objections';

/** Somebody's word that the decisions of a review may be used. */
export interface Approval {
  author: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** What an approver sends. */
export interface ApprovalRequest {
  author: string;
  /** How many decisions the approver has seen; where given, an approval of others is refused. */
  decisions?: number;
}

/** Who may do what in a review. An empty list means anyone. */
export interface ReviewRoles {
  /** How many different people have to approve. */
  approvals: number;
  /** May decide about proposals. */
  reviewers: readonly string[];
  /** May approve, which finishes the review. */
  approvers: readonly string[];
}

/** The roles of a review; one approval by anyone where the configuration of an older cycle says nothing. */
export function rolesOf({ approvals, reviewers, approvers }: ReviewConfiguration): ReviewRoles {
  return { approvals: approvals ?? 1, reviewers: reviewers ?? [], approvers: approvers ?? [] };
}

/** Whether decisions count only once they are approved; else they count as they stand when time is up. */
export function approvalIsRequired({ approvals, approvers }: ReviewRoles): boolean {
  return approvals > 1 || approvers.length > 0;
}

/** Whether two names mean one person: spaces around them, capitals and the spelling of accents do not matter. */
export function isSamePerson(one: string, other: string): boolean {
  return canonicalName(one) === canonicalName(other);
}

/** How many approvals are still missing. */
export function missingApprovals(roles: ReviewRoles, approvals: readonly Approval[]): number {
  return Math.max(0, roles.approvals - approvals.length);
}

/** Who may still approve, where only some may. */
export function remainingApprovers(roles: ReviewRoles, approvals: readonly Approval[]): string[] {
  return roles.approvers.filter((name) => !approvals.some(({ author }) => isSamePerson(author, name)));
}

/** Why somebody may not decide, or null. */
export function objectionToReviewer(author: string, { reviewers }: ReviewRoles): Sentence | null {
  return isAmong(author, reviewers) ? null : reviewObjections.notReviewer(author, reviewers);
}

/**
 * Checks an approval before it is stored.
 * @param decided how many decisions there are, undone ones included
 * @returns why it cannot be taken, or null. Never throws, changes nothing.
 */
export function objectionToApproval(
  by: Partial<Record<keyof ApprovalRequest, unknown>> | null | undefined,
  roles: ReviewRoles,
  approvals: readonly Approval[],
  decided: number,
): Sentence | null {
  const author = by?.author;
  if (typeof author !== 'string' || author.trim() === '') return formObjections.finishNeedsAuthor;
  if (author.length > longestAuthor) return formObjections.authorTooLong(author.length, longestAuthor);
  if (!isAmong(author, roles.approvers)) return reviewObjections.notApprover(author, roles.approvers);
  if (by?.decisions !== undefined && by.decisions !== decided)
    return reviewObjections.otherDecisions(decided, by.decisions);
  return approvals.some((approval) => isSamePerson(approval.author, author))
    ? reviewObjections.approvedAlready(
        author,
        missingApprovals(roles, approvals),
        remainingApprovers(roles, approvals),
      )
    : null;
}

function isAmong(author: string, allowed: readonly string[]): boolean {
  return allowed.length === 0 || allowed.some((name) => isSamePerson(name, author));
}

function canonicalName(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
