import type { StageName } from '../cycle';
import type { Evaluation } from '../evaluation';
import type { GateDecision } from '../gate';
import type { WatchStatus } from '../watch';
import type { Language } from '../language';
import { messagesIn, type Messages } from './messages';
import { watchParagraphs, watchReason, watchStep, watchSubject, type EndedWatch } from './notification-watch';
import { numbersIn, type Numbers } from './numbers';
import { reasonText, tellingReasons } from './reasons';

/** Who has approved a review's decisions, and who is missing. */
export interface ApprovalsState {
  /** Authors. */
  given: string[];
  missing: number;
  /** Who may still approve; empty for anyone. */
  remaining: string[];
}

/** What a notification is about. None of it may hold an utterance. */
export type NotificationInput = {
  pipeline: string;
  cycle: number | null;
  /** Where `report.html` or the review lies; null where there is nothing to look at. */
  link: string | null;
} & (
  | {
      kind: 'promoted' | 'kept' | 'not-enough-evidence';
      evaluation: Pick<Evaluation, 'subject' | 'sets' | 'newIntents'>;
      decision: GateDecision;
    }
  /** `found` and `needed` are new interactions; null where no new log object had arrived at all. */
  | { kind: 'skipped'; interactions: { found: number; needed: number } | null }
  | { kind: 'nothing-to-learn' | 'abandoned' }
  /** `reminder`: how many messages went before this one. */
  | {
      kind: 'waiting-for-review';
      open: number;
      interactions: number;
      deadline: string;
      reminder: number;
      /** Absent in cycles begun before there were several. */
      approvals?: ApprovalsState;
    }
  | { kind: 'failed'; stage: StageName; message: string }
  /** `summary`: intents and counts; `diffUri`: all of it. */
  | { kind: 'draft-edited'; summary: string; diffUri: string }
  | { kind: 'rolled-back'; fromVersion: string; toVersion: string; author: string; reason?: string | null }
  /** The watch over the switched alias took it back. */
  | { kind: 'rolled-back-by-watch'; fromVersion: string; toVersion: string; watch: WatchStatus }
  | { kind: 'watch-ended'; watch: EndedWatch }
);

export interface Notification {
  /** At most 100 printable ASCII characters, as SNS wants it. */
  subject: string;
  /** Plain text. */
  message: string;
}

const longestSubject = 100;
const mostReasons = 4;

/** Writes the one message that a person gets: what happened, the numbers that matter, where to look, what to do. */
export function renderNotification(input: NotificationInput, language: Language): Notification {
  const messages = messagesIn(language);
  const numbers = numbersIn(language);
  const { report, review, next } = messages.notification;
  const steps = stepsAfter(input, messages, language).map(({ text, command }) =>
    command === null ? `- ${text}` : `- ${text}\n  ${command}`,
  );
  const paragraphs = [
    ...paragraphsOf(input, messages, numbers, language),
    ...(input.link === null
      ? []
      : [`${input.kind === 'waiting-for-review' ? review : report} ${input.link}`]),
    [next, ...steps].join('\n'),
  ];
  return { subject: subjectOf(input, messages, numbers, language), message: `${paragraphs.join('\n\n')}\n` };
}

function subjectOf(
  input: NotificationInput,
  { notification }: Messages,
  numbers: Numbers,
  language: Language,
): string {
  const cycle = input.cycle === null ? '' : ` (${notification.cycle(String(input.cycle))})`;
  return asciiSubject(
    `Ciclo ${input.pipeline}: `,
    subjectText(input, notification, numbers, language),
    cycle,
  );
}

function subjectText(
  input: NotificationInput,
  { subjects }: Messages['notification'],
  numbers: Numbers,
  language: Language,
): string {
  switch (input.kind) {
    case 'promoted':
      return subjects.promoted(input.evaluation.subject.challenger);
    case 'kept':
    case 'not-enough-evidence':
      return subjects[input.kind](input.evaluation.subject.champion);
    case 'skipped':
    case 'nothing-to-learn':
    case 'abandoned':
    case 'draft-edited':
      return subjects[input.kind];
    case 'waiting-for-review':
      if (input.approvals && input.approvals.given.length > 0)
        return subjects['waiting-for-approval'](numbers.count(input.approvals.missing));
      return subjects['waiting-for-review'](numbers.count(input.open), input.reminder > 0);
    case 'failed':
      return subjects.failed(input.stage);
    case 'rolled-back':
    case 'rolled-back-by-watch':
      return subjects['rolled-back'](input.toVersion);
    case 'watch-ended':
      return watchSubject(input.watch, language);
  }
}

/** Subjects are ASCII: accents go, anything else outside becomes a question mark; the middle is cut when too long. */
function asciiSubject(head: string, text: string, tail: string): string {
  const ascii = (part: string) =>
    part
      .normalize('NFD')
      .replace(/\p{Mark}/gu, '')
      .replace(/[^ -~]/gu, '?');
  const [start, middle, end] = [ascii(head), ascii(text), ascii(tail)];
  const room = longestSubject - end.length;
  return `${(start + middle).slice(0, room)}${end}`;
}

function paragraphsOf(
  input: NotificationInput,
  messages: Messages,
  numbers: Numbers,
  language: Language,
): string[] {
  const words = messages.notification;
  switch (input.kind) {
    case 'promoted':
    case 'kept':
    case 'not-enough-evidence':
      return verdictParagraphs(input, messages, numbers, language);
    case 'skipped': {
      const { interactions } = input;
      return [
        words.skipped(
          interactions && {
            found: numbers.count(interactions.found),
            needed: numbers.count(interactions.needed),
          },
        ),
      ];
    }
    case 'nothing-to-learn':
      return [words.nothingToLearn];
    case 'abandoned':
      return [words.abandoned];
    case 'waiting-for-review':
      return [
        ...(input.reminder > 0 && !input.approvals?.given.length ? [words.reminder] : []),
        input.open === 0
          ? words.allDecided(numbers.time(input.deadline))
          : words.waiting({
              proposals: numbers.count(input.open),
              interactions: numbers.count(input.interactions),
              deadline: numbers.time(input.deadline),
            }),
        ...approvalParagraph(input.approvals, words, numbers),
      ];
    case 'draft-edited':
      return [words.draftEdited({ summary: input.summary, diffUri: input.diffUri })];
    case 'failed':
      return [words.failed(messages.stages[input.stage]), `${words.failedSince} ${input.message}`];
    case 'rolled-back':
      return [
        words.rolledBack({ from: input.fromVersion, to: input.toVersion, author: input.author }),
        ...(input.reason ? [words.reason(input.reason)] : []),
      ];
    case 'rolled-back-by-watch':
      return [
        words.rolledBack({ from: input.fromVersion, to: input.toVersion, author: 'Ciclo' }),
        ...watchReason(input.watch, language),
      ];
    case 'watch-ended':
      return watchParagraphs(input.watch, language);
  }
}

/** One approval by anyone needs no words. */
function approvalParagraph(
  approvals: ApprovalsState | undefined,
  words: Messages['notification'],
  numbers: Numbers,
): string[] {
  if (!approvals) return [];
  const { given, missing, remaining } = approvals;
  if (given.length === 0 && missing <= 1 && remaining.length === 0) return [];
  return [
    words.approvals({
      given: given.join(', '),
      missing: numbers.count(missing),
      remaining: remaining.join(', '),
    }),
  ];
}

function verdictParagraphs(
  { evaluation, decision }: Extract<NotificationInput, { decision: GateDecision }>,
  messages: Messages,
  numbers: Numbers,
  language: Language,
): string[] {
  const set = evaluation.sets[decision.basis];
  const reasons = tellingReasons(decision).slice(0, mostReasons);
  const { measures, points } = messages.report;
  const line = (name: 'accuracy' | 'macroF1', format: (share: number) => string) =>
    set &&
    `${measures[name].name}: ${format(set.champion[name].value)} → ${format(set.challenger[name].value)} ` +
      `(${points(numbers.points(set.comparison[name].value))})`;
  const figures = [
    set &&
      messages.report.leadChanges({
        items: numbers.count(set.items),
        set: messages.sets[decision.basis],
        fixed: numbers.count(set.comparison.pairs.fixed),
        broken: numbers.count(set.comparison.pairs.broken),
      }),
    line('accuracy', numbers.percent),
    line('macroF1', numbers.score),
    evaluation.newIntents.length > 0 && messages.notification.newIntents(evaluation.newIntents.join(', ')),
  ].filter((text) => typeof text === 'string');
  return [
    `${messages.verdicts[decision.verdict](evaluation.subject)}.`,
    ...(reasons.length > 0 ? [reasons.map((reason) => `- ${reasonText(reason, language)}`).join('\n')] : []),
    ...(figures.length > 0 ? [figures.join('\n')] : []),
  ];
}

function stepsAfter(input: NotificationInput, { report, notification }: Messages, language: Language) {
  if ('decision' in input) return report.next[input.decision.verdict](input.pipeline);
  if (input.kind === 'watch-ended') return [watchStep(input.watch, language)];
  const kind = input.kind === 'rolled-back-by-watch' ? 'rolled-back' : input.kind;
  return notification.steps[kind](input.pipeline);
}
