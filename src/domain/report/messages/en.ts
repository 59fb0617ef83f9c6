import type { GateReason } from '../../gate';
import { outOfScope } from '../../utterance';
import { englishDiscovery } from './discovery-en';
import { nameOf, numberOf } from './facts';
import type { Messages } from './messages';
import { englishNotifications } from './notification-en';

export const english: Messages = {
  discovery: englishDiscovery,
  notification: englishNotifications,
  verdicts: {
    promote: ({ challenger }) => `Version ${challenger} is better and goes live`,
    keep: ({ champion }) => `Version ${champion} stays live`,
    'not-enough-evidence': ({ champion }) => `Not enough evidence: version ${champion} stays live`,
  },
  itemsNeeded: (items) => `About ${items} labelled phrases of this kind would settle it.`,
  outcomes: {
    passed: 'holds',
    failed: 'broken',
    undecided: 'undecided',
    'not-applicable': 'does not apply',
  },
  sets: { golden: 'golden set', validation: 'validation set', together: 'both together' },
  groups: { existing: 'existing intents', new: 'new intents', 'out-of-scope': 'out of scope' },
  leftOutReasons: {
    'already-known': 'the bot has them already',
    duplicate: 'the same phrase twice',
    'conflicting-labels': 'accepted for two different intents',
    'near-golden': 'too close to a golden phrase',
    placeholder: 'they held personal data',
    'character-not-allowed': 'characters that Lex refuses',
    'too-long': 'longer than Lex allows',
    'nothing-left': 'no words in them',
    'utterance-too-long': 'longer than Lex allows',
    'too-many-intents': 'no room for another intent',
    'intent-full': 'no room left in the intent',
    'locale-full': 'no room left in the locale',
  },
  stages: {
    ingest: 'Find new logs',
    prepare: 'Prepare',
    discover: 'Discover',
    review: 'Review by a person',
    dataset: 'Build the data set',
    train: 'Train',
    evaluate: 'Evaluate',
    gate: 'Decide',
    promote: 'Promote',
    notify: 'Notify',
  },
  reasons: {
    'no-items': () => 'There is nothing to compare: no labelled phrase was answered by both versions.',
    'answers-complete': (r, n) =>
      r.facts['missing'] === 0
        ? `Both versions answered all ${n.count(numberOf(r, 'items'))} phrases.`
        : `Both versions answered ${n.percent(r.value ?? 0)} of the phrases.`,
    'answers-missing': (r, n) =>
      `${n.count(numberOf(r, 'missing'))} of ${n.count(numberOf(r, 'items'))} phrases were not answered by both versions; at least ${n.percent(r.threshold ?? 0)} must be.`,
    'macro-f1-better': (r, n) =>
      `Macro F1 rises from ${n.score(numberOf(r, 'champion'))} to ${n.score(numberOf(r, 'challenger'))}: the gain lies between ${n.points(numberOf(r, 'lower'))} and ${n.points(numberOf(r, 'upper'))} points, so it is not chance.`,
    'macro-f1-held-with-coverage': (r, n) =>
      `The bot answers ${n.size(numberOf(r, 'coverageGain'))} points more of what it should answer, and macro F1 loses at worst ${n.size(numberOf(r, 'lower'))} points, which is tolerated.`,
    'macro-f1-worse': (r, n) =>
      `Macro F1 falls from ${n.score(numberOf(r, 'champion'))} to ${n.score(numberOf(r, 'challenger'))}: the change lies between ${n.points(numberOf(r, 'lower'))} and ${n.points(numberOf(r, 'upper'))} points.`,
    'macro-f1-no-worthwhile-gain': (r, n) =>
      `Macro F1 gains less than ${n.size(numberOf(r, 'worthwhileGain'))} point even at best (between ${n.points(numberOf(r, 'lower'))} and ${n.points(numberOf(r, 'upper'))}): not worth a new version.`,
    'macro-f1-unclear': (r, n) =>
      `Macro F1 goes from ${n.score(numberOf(r, 'champion'))} to ${n.score(numberOf(r, 'challenger'))}, but the change lies anywhere between ${n.points(numberOf(r, 'lower'))} and ${n.points(numberOf(r, 'upper'))} points: it may be chance.`,
    'macro-f1-too-few-changes': (r, n) =>
      `Macro F1 rises by ${n.size(r.value ?? 0)} points, but only ${n.count(numberOf(r, 'changed'))} answers changed; with fewer than ${n.count(numberOf(r, 'fewestChanges'))} nothing can be proved.`,
    'mcnemar-not-worse': (r, n) =>
      `${nameOf(r, 'items') === 'all' ? 'On all phrases' : 'Without the new intents'}, ${n.count(numberOf(r, 'fixed'))} answers got better and ${n.count(numberOf(r, 'broken'))} worse: nothing speaks against the new version (McNemar p ${n.pValue(r.value ?? 1)}).`,
    'mcnemar-worse': (r, n) =>
      `${nameOf(r, 'items') === 'all' ? 'On all phrases' : 'Without the new intents'}, ${n.count(numberOf(r, 'broken'))} answers got worse and only ${n.count(numberOf(r, 'fixed'))} better: that is not chance (McNemar p ${n.pValue(r.value ?? 1)}).`,
    'existing-intents-kept': (r, n) =>
      `The intents that the bot had lose nothing that matters: ${n.points(numberOf(r, 'difference'))} points of accuracy, at worst ${n.points(r.value ?? 0)} (${n.points(r.threshold ?? 0)} tolerated).`,
    'existing-intents-worse': (r, n) =>
      `The intents that the bot had lose ${n.size(numberOf(r, 'difference'))} points of accuracy; ${n.size(r.threshold ?? 0)} are tolerated.`,
    'existing-intents-unclear': (r, n) =>
      `On the intents that the bot had, accuracy changes by ${n.points(numberOf(r, 'difference'))} points, but ${n.count(numberOf(r, 'items'))} phrases cannot rule out a loss of ${n.size(r.value ?? 0)} (${n.size(r.threshold ?? 0)} tolerated).`,
    'existing-intents-none': () =>
      'No phrase belongs to an intent that the bot had: a loss there would go unseen.',
    'protected-intent-kept': (r, n) =>
      `${nameOf(r, 'intent')} is kept: F1 ${n.points(numberOf(r, 'difference'))} points, at worst ${n.points(r.value ?? 0)}.`,
    'protected-intent-worse': (r, n) =>
      `${nameOf(r, 'intent')}, which is protected, loses ${n.size(numberOf(r, 'difference'))} points of F1; ${n.size(r.threshold ?? 0)} are tolerated.`,
    'protected-intent-unclear': (r, n) =>
      `${nameOf(r, 'intent')}, which is protected, has too few phrases (${n.count(numberOf(r, 'items'))}): a loss of ${n.size(r.value ?? 0)} points of F1 cannot be ruled out (${n.size(r.threshold ?? 0)} tolerated).`,
    'protected-intent-without-items': (r) =>
      `${nameOf(r, 'intent')}, which is protected, has no phrase to compare.`,
    'protected-intents-none': () => 'The pipeline file protects no intent in particular.',
    'out-of-scope-kept': (r, n) =>
      `What the bot should not understand still falls back: ${n.percent(numberOf(r, 'champion'))} before, ${n.percent(numberOf(r, 'challenger'))} now.`,
    'out-of-scope-worse': (r, n) =>
      `The bot answers more of what it should not understand: ${n.percent(numberOf(r, 'champion'))} of it fell back before, ${n.percent(numberOf(r, 'challenger'))} now; a loss of ${n.size(r.threshold ?? 0)} points is tolerated.`,
    'out-of-scope-unclear': (r, n) =>
      `The bot seems to answer more of what it should not understand (${n.percent(numberOf(r, 'champion'))} of it fell back before, ${n.percent(numberOf(r, 'challenger'))} now), but with ${n.count(numberOf(r, 'items'))} phrases that may be chance.`,
    'out-of-scope-too-few': (r, n) =>
      `Only ${n.count(numberOf(r, 'items'))} phrases are out of scope; it takes ${n.count(r.itemsNeeded ?? 0)} to see whether the bot still knows what it does not know.`,
    'confusion-steady': (r, n) =>
      `No mistake became common: the one that grew most has ${n.count(r.value ?? 0)} more ${r.value === 1 ? 'case' : 'cases'}.`,
    'confusion-grew': (r, n) =>
      `${confusionName(r)} ${n.count(numberOf(r, 'challenger'))} times of ${n.count(numberOf(r, 'support'))}, before ${n.count(numberOf(r, 'champion'))}; a growth of ${n.decimal(r.threshold ?? 0)} is tolerated.`,
    'latency-kept': (r, n) =>
      `Answers take as long as before: 95 % come within ${n.count(numberOf(r, 'challenger'))} ms (before ${n.count(numberOf(r, 'champion'))} ms).`,
    'latency-worse': (r, n) =>
      `Answers take longer: 95 % come within ${n.count(numberOf(r, 'challenger'))} ms, before ${n.count(numberOf(r, 'champion'))} ms; ${n.decimal(r.threshold ?? 0)} times as long is tolerated.`,
    'calibration-kept': (r, n) =>
      `Confidence means what it meant: it is off by ${n.score(numberOf(r, 'challenger'))} points on average (before ${n.score(numberOf(r, 'champion'))}).`,
    'calibration-worse': (r, n) =>
      `Confidence means less than before: it is off by ${n.score(numberOf(r, 'challenger'))} points on average, before ${n.score(numberOf(r, 'champion'))}; ${n.size(r.threshold ?? 0)} more are tolerated.`,
    'calibration-unknown': () => 'The answers state no confidence, so there is nothing to check about it.',
    'accuracy-above': (r, n) =>
      `Accuracy rises from ${n.percent(r.threshold ?? 0)} to ${n.percent(r.value ?? 0)}. This rule does not ask whether that is chance.`,
    'accuracy-not-above': (r, n) =>
      `Accuracy does not rise: ${n.percent(r.threshold ?? 0)} before, ${n.percent(r.value ?? 0)} now.`,
  },
  report: {
    languageName: 'English',
    switchLabel: 'Language',
    title: (pipeline, cycle) => `${pipeline}, cycle ${cycle}`,
    subtitle: (champion, challenger, time) =>
      `Version ${champion} (live when this was measured) against version ${challenger} (just trained) · ${time}`,
    verdictHeading: 'Verdict',
    leadChanges: ({ items, set, fixed, broken }) =>
      `Of ${items} phrases of the ${set}, the new version gets ${fixed} right that the old one got wrong, and ${broken} wrong that the old one got right.`,
    leadEvidence: ({ items, difference }) =>
      `With ${items} phrases, a difference of about ${difference} points can be proved; anything smaller needs more.`,
    rulesAgainst: 'What speaks against it',
    rulesUndecided: 'What cannot be told',
    rulesFor: 'What holds',
    protectedKept: (count, weakest, bound) =>
      `All ${count} protected intents that could be judged are kept; the least certain is ${weakest}, at worst ${bound} points of F1.`,
    protectedUnclear: ({ count, tolerance, intents }) =>
      `For ${count} protected intents a loss of more than ${tolerance} points of F1 cannot be ruled out (in brackets their phrases and the loss at worst): ${intents}.`,
    liveNow: (version) => `Live now: version ${version}`,
    numbersHeading: 'The numbers',
    numbersNote: (set) =>
      `On the ${set}. Small print: the difference and where it lies with 95 % confidence.`,
    measures: {
      accuracy: { name: 'Accuracy', explanation: 'right answers' },
      macroF1: { name: 'Macro F1', explanation: 'every intent weighs the same' },
      weightedF1: { name: 'Weighted F1', explanation: 'intents weigh by their phrases' },
      coverage: { name: 'Coverage', explanation: 'answered, of what it should answer' },
      fallbackRate: { name: 'Fallback rate', explanation: 'of all phrases' },
      outOfScopeRecall: { name: 'Out of scope', explanation: 'rightly not understood' },
      latency: { name: 'Latency (p95)', explanation: '95 % of answers come within' },
      calibration: { name: 'Calibration error', explanation: 'confidence is off by' },
    },
    before: 'before',
    after: 'now',
    difference: 'difference',
    interval95: (lower, upper) => `${lower} to ${upper}`,
    points: (value) => `${value} points`,
    setsHeading: 'By set, and existing and new intents apart',
    set: 'set',
    group: 'phrases',
    items: 'count',
    fixed: 'better',
    broken: 'worse',
    pValue: 'p (McNemar)',
    changesHeading: 'What got better and what got worse',
    changesNote: 'All phrases that both versions answered, golden and validation set together.',
    fixedHeading: (count) => `Better: ${count}`,
    brokenHeading: (count) => `Worse: ${count}`,
    differentlyWrongHeading: (count) => `Wrong before and now, in another way: ${count}`,
    noneFixed: 'No answer got better.',
    noneBroken: 'No answer got worse.',
    phrase: 'phrase',
    rightIntent: 'right intent',
    answeredBefore: 'answered before',
    answeredNow: 'answered now',
    fallback: 'not understood',
    showMore: (count) => `Show ${count} more`,
    intentsHeading: 'Intent by intent',
    intentsNote:
      'F1 of each intent on all compared phrases: hollow before, filled now; the lines are 95 % intervals. A perfect score has no line; its recall interval in the table tells how sure it is.',
    intent: 'intent',
    newTag: 'new',
    intentChartLabel: ({ intent, before, after }) => `${intent}: F1 ${before} before, ${after} now`,
    intentTable: 'Precision, recall and support in numbers',
    precision: 'precision',
    recall: 'recall',
    support: 'phrases',
    confusionHeading: 'What is taken for what',
    confusionNote:
      'Rows are the right intent, columns the answer of the new version; the stronger the colour, the larger the share of the row. Off the diagonal are mistakes.',
    confusionMapLabel: (version) => `Confusion matrix of version ${version}`,
    confusionCell: ({ intent, predicted, count }) => `${intent} answered as ${predicted}: ${count}`,
    confusionTable: 'The most frequent mistakes',
    noConfusion: 'Neither version makes mistakes on these phrases.',
    taken: 'taken for',
    newIntentsHeading: 'New intents',
    newIntentFacts: (phrases, interactions) =>
      `${phrases} ${phrases === '1' ? 'phrase' : 'phrases'}, said ${interactions === '1' ? 'once' : `${interactions} times`}`,
    diffHeading: 'What changed in the bot',
    diffNote: ({ intents, phrases, unchanged }) =>
      `${intents} new ${intents === '1' ? 'intent' : 'intents'} and ${phrases} added ${phrases === '1' ? 'phrase' : 'phrases'}; ${unchanged} ${unchanged === '1' ? 'intent is exactly as it was' : 'intents are exactly as they were'}.`,
    diffNew: 'New intents',
    diffAdded: 'Phrases added to existing intents',
    diffRemoved: 'Phrases taken out',
    diffRemovedIntents: 'Intents taken out',
    diffOther: 'Other changes',
    diffToEdit: 'To be written by a person',
    diffClosingMessage: (intent, message) =>
      `${intent} answers only “${message}”: give it an answer of its own.`,
    phrases: (count) => `${count} ${count === '1' ? 'phrase' : 'phrases'}`,
    dataHeading: 'From logs to training',
    funnel: {
      records: 'records in the logs',
      accepted: 'accepted records',
      counted: 'interactions that open a request',
      utterances: 'distinct phrases',
      learnable: 'examples accepted in the review',
      training: 'examples trained on',
    },
    countsHeading: 'The data set',
    leftOutHeading: 'Left out',
    noneLeftOut: 'Nothing was left out.',
    dataset: {
      accepted: 'accepted examples',
      training: 'for training',
      validation: 'for validation',
      goldenAdded: 'for the golden set',
      golden: 'golden set from now on',
      leftOut: 'left out',
    },
    redacted: (count) => `${count} pieces of personal data were replaced by placeholders.`,
    quarantined: (count) => `${count} records could not be read; quarantine.jsonl says why.`,
    timingHeading: 'How long it took',
    stage: 'stage',
    took: 'time',
    waitingForPerson: 'waited for a person',
    unansweredHeading: (count) => `Not answered: ${count}`,
    unanswered: ({ count, reason, model }) => `${count} by the ${model}: ${reason}`,
    champion: 'old version',
    challenger: 'new version',
    nextHeading: 'What next',
    next: {
      promote: (pipeline) => [
        { text: 'See what is live.', command: `npx ciclo status ${pipeline}` },
        { text: 'Take it back at any time.', command: `npx ciclo rollback ${pipeline}` },
      ],
      keep: (pipeline) => [
        { text: 'Look at the phrases that got worse: often two intents are too alike.', command: null },
        { text: 'Start another cycle when the data is better.', command: `npx ciclo run ${pipeline}` },
      ],
      'not-enough-evidence': (pipeline) => [
        {
          text: 'Add labelled phrases to the golden set, most of all where there are too few.',
          command: null,
        },
        { text: 'Then compare again.', command: `npx ciclo run ${pipeline}` },
        { text: 'Or take the risk knowingly.', command: `npx ciclo promote ${pipeline}` },
      ],
    },
    methodHeading: 'How this was measured',
    method: ({ resamples, seed }) =>
      `Both versions answered the same phrases in the same run; none of the golden set was trained on. Proportions have Wilson intervals; F1 and differences have paired bootstrap intervals (${resamples} resamples, stratified by intent, seed ${seed}); better against worse is judged by McNemar’s exact test; losses are bounded by Tango’s score interval. The same numbers are in evaluation.json.`,
  },
};

function confusionName(reason: GateReason): string {
  const [intent, predicted] = [nameOf(reason, 'intent'), nameOf(reason, 'predicted')];
  if (intent === outOfScope) return `What is out of scope is taken for ${predicted}`;
  return predicted === outOfScope ? `${intent} is not understood` : `${intent} is taken for ${predicted}`;
}
