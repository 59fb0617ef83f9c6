import type { NotificationMessages } from './notification-messages';

export const englishNotifications: NotificationMessages = {
  subjects: {
    promoted: (version) => `version ${version} is live`,
    kept: (version) => `version ${version} stays live`,
    'not-enough-evidence': (version) => `not enough evidence, version ${version} stays live`,
    skipped: 'too little that is new, skipped',
    'nothing-to-learn': 'nothing to learn this time',
    abandoned: 'abandoned, nobody finished the review',
    'draft-edited': 'the bot was edited meanwhile, the cycle waits',
    'waiting-for-review': (proposals, reminder) =>
      `${reminder ? 'reminder: ' : ''}${proposals} ${proposals === '1' ? 'proposal waits' : 'proposals wait'} for you`,
    'waiting-for-approval': (missing) =>
      `${missing} more ${missing === '1' ? 'approval is' : 'approvals are'} missing`,
    failed: (stage) => `failed at "${stage}"`,
    'rolled-back': (version) => `taken back to version ${version}`,
  },
  cycle: (cycle) => `cycle ${cycle}`,
  newIntents: (names) => `New intents: ${names}`,
  skipped: (facts) =>
    facts
      ? `Only ${facts.found} new interactions have arrived; a cycle starts with ${facts.needed}. They count again next time.`
      : 'No new logs have arrived since the last cycle. If there should be some, check logs.uri in the pipeline file.',
  nothingToLearn: 'No accepted proposal gave the bot a phrase that it did not have. It stays as it is.',
  abandoned:
    'Nobody finished the review before its deadline. The bot stays as it is, and the logs count again next time.',
  waiting: ({ proposals, interactions, deadline }) =>
    `${proposals} ${proposals === '1' ? 'proposal waits' : 'proposals wait'} for a person, said ${interactions} times without a sure answer. Deadline: ${deadline}.`,
  allDecided: (deadline) =>
    `Every proposal is decided, and the decisions wait to be approved. Deadline: ${deadline}.`,
  reminder: 'This is a reminder.',
  approvals: ({ given, missing, remaining }) =>
    `${given === '' ? 'Nobody has approved the decisions yet' : `Approved by ${given}`}; ${missing} ${missing === '1' ? 'approval is' : 'approvals are'} missing, by ${remaining === '' ? (given === '' ? 'different people' : 'somebody else') : remaining}.`,
  draftEdited: ({ summary, diffUri }) =>
    `DRAFT was changed outside Ciclo while the cycle ran: ${summary}. All of it: ${diffUri}.`,
  failed: (stage) =>
    `The cycle stopped at the stage "${stage}". The live version is untouched unless the text below says otherwise.`,
  failedSince: 'What happened:',
  rolledBack: ({ from, to, author }) =>
    `${author} took the bot back from version ${from} to version ${to}, which is live now.`,
  reason: (reason) => `Reason: ${reason}`,
  report: 'Report:',
  review: 'Where to look:',
  next: 'Next:',
  steps: {
    skipped: (pipeline) => [
      { text: 'Start another cycle once there is more:', command: `npx ciclo run ${pipeline}` },
    ],
    'nothing-to-learn': (pipeline) => [
      { text: 'See how things stand:', command: `npx ciclo status ${pipeline}` },
    ],
    abandoned: (pipeline) => [{ text: 'Start the cycle again:', command: `npx ciclo run ${pipeline}` }],
    'waiting-for-review': (pipeline) => [
      { text: 'Look and decide:', command: `npx ciclo review ${pipeline}` },
    ],
    'draft-edited': (pipeline) => [
      {
        text: 'Take the changes into the new version:',
        command: `npx ciclo run ${pipeline} --keep-console-edits`,
      },
      { text: 'Or undo them in the Lex console and end the cycle.', command: null },
    ],
    failed: (pipeline) => [
      { text: 'See where it stopped:', command: `npx ciclo status ${pipeline}` },
      { text: 'Once the cause is gone, start again:', command: `npx ciclo run ${pipeline}` },
    ],
    'rolled-back': (pipeline) => [{ text: 'See what is live:', command: `npx ciclo status ${pipeline}` }],
  },
};
