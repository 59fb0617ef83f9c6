import type { PolicyStatement } from './permissions';

/**
 * How things stand: `fine`; `warning`, for what works and should be looked at; `broken`, for what stops a cycle;
 * `not-checked`, for what could not be found out.
 */
export type FindingLevel = 'fine' | 'warning' | 'broken' | 'not-checked';

/** One thing that was looked at. Never with anything that a person said. */
export interface Finding {
  level: FindingLevel;
  /** What was found, in a sentence or two. */
  what: string;
  /** Why it matters; left out where all is well. */
  why?: string;
  /** What to do next, in words. */
  next?: string;
  /** Commands to copy, one a line. */
  commands?: string[];
  /** What to add to the policy of whoever was refused. */
  statements?: PolicyStatement[];
  /** The numbers and names behind it, for programs. */
  facts?: Record<string, unknown>;
}

/** What belongs together in the output. */
export type CheckGroup = 'machine' | 'account' | 'pipeline';

/** The end of a check. */
export interface CheckReport {
  id: string;
  group: CheckGroup;
  findings: Finding[];
}

/** Whether something is broken, which ends the command with exit code 1. */
export function isBroken(reports: readonly CheckReport[]): boolean {
  return reports.some(({ findings }) => findings.some(({ level }) => level === 'broken'));
}

export const fine = (what: string, facts?: Finding['facts']): Finding => ({ level: 'fine', what, facts });

type Rest = Omit<Finding, 'level' | 'what'>;

export const warning = (what: string, rest: Rest = {}): Finding => ({ level: 'warning', what, ...rest });
export const broken = (what: string, rest: Rest = {}): Finding => ({ level: 'broken', what, ...rest });
export const notChecked = (what: string, rest: Rest = {}): Finding => ({
  level: 'not-checked',
  what,
  ...rest,
});
