/** What notifications say in one language. */
export interface NotificationMessages {
  subjects: {
    promoted: (version: string) => string;
    kept: (version: string) => string;
    'not-enough-evidence': (version: string) => string;
    skipped: string;
    'nothing-to-learn': string;
    abandoned: string;
    'draft-edited': string;
    'waiting-for-review': (proposals: string, reminder: boolean) => string;
    'waiting-for-approval': (missing: string) => string;
    failed: (stage: string) => string;
    'rolled-back': (version: string) => string;
  };
  cycle: (cycle: string) => string;
  newIntents: (names: string) => string;
  skipped: (facts: { found: string; needed: string } | null) => string;
  nothingToLearn: string;
  abandoned: string;
  waiting: (facts: { proposals: string; interactions: string; deadline: string }) => string;
  allDecided: (deadline: string) => string;
  reminder: string;
  /** `given` and `remaining` are names with commas between them, or empty: nobody yet, and anyone. */
  approvals: (facts: { given: string; missing: string; remaining: string }) => string;
  draftEdited: (facts: { summary: string; diffUri: string }) => string;
  failed: (stage: string) => string;
  failedSince: string;
  rolledBack: (facts: { from: string; to: string; author: string }) => string;
  reason: (reason: string) => string;
  report: string;
  review: string;
  next: string;
  steps: Record<
    | 'skipped'
    | 'nothing-to-learn'
    | 'abandoned'
    | 'draft-edited'
    | 'waiting-for-review'
    | 'failed'
    | 'rolled-back',
    (pipeline: string) => { text: string; command: string | null }[]
  >;
}
