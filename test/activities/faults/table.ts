import { msToNumber } from '@temporalio/common/lib/time';
import { beatEveryMs } from '../../../src/activities/kept-alive';
import { clientTimeouts } from '../../../src/platform/aws/clients';
import { usualDataKeyLimits } from '../../../src/platform/encryption/data-keys';
import { activityOptions, type ActivityGroup } from '../../../src/workflows/activity-options';
import { brokenConnections, type Measured } from './measure';
import { lostAnswers } from './lost-answers';
import type { Caller, ServiceName } from './scenarios';

type Failed = Extract<Measured['end'], { kind: 'failed' }>;

const introduction = `# What happens when a call to AWS goes wrong

Every operation that the worker calls was made to fail in every way that the SDK documents for it, in the ways that
every service may fail in, and by a broken connection, a garbled answer and silence. Each time the real activity ran
with the real clients against the local stand-ins, and the call failed for as long as the activity tried. This page
is what came out; the test \`test/activities/faults/faults.test.ts\` measures it anew and fails when it is out of date.
What only a command calls, such as \`ciclo doctor\`, is not here: nothing tries it again, the command says what failed.

The clients of the AWS SDK try once (\`maxAttempts: 1\`). Temporal tries again, where a person can see it: an attempt
that failed, its message and the time of the next one stand in the Temporal UI.

Below, "any broken answer" stands for: a connection that is reset before or after the call has its effect, an answer
that is cut short, one in another format, and none at all.
`;

/** The retry classes, in the order in which a reader meets them. */
const classes: { title: string; types: string[]; why: string }[] = [
  {
    title: 'Throttling: again soon',
    types: ['ThrottledError'],
    why: 'AWS asks for slower calls. Questions to a model are asked more slowly before the activity gives up.',
  },
  {
    title: 'The service or the network: again soon',
    types: ['ServiceUnavailableError'],
    why: 'An error of the service, a broken connection, an answer that cannot be read, or none.',
  },
  {
    title: 'Conflict: slowly',
    types: ['ConflictError'],
    why: 'Something else works on the same resource. The next attempt looks at its state before it acts.',
  },
  {
    title: 'Quota: late',
    types: ['QuotaExceededError'],
    why: 'The account is at a limit, such as five builds at once. It takes minutes until others are done.',
  },
  {
    title: 'Refused: never',
    types: ['InvalidInputError', 'AccessDeniedError', 'ExpiredCredentialsError', 'NotFoundError'],
    why: 'The same call would be refused again. The cycle fails, says why, and people are told.',
  },
];

/** The page `docs/faults.md` (Markdown). */
export function faultPage(measured: readonly Measured[]): string {
  const services = [...new Set(measured.map(({ scenario }) => scenario.service))];
  return [
    introduction,
    '## How often a step is tried',
    policies(),
    timesChosen(),
    '## When an answer is lost',
    lostAnswersIntroduction,
    table(
      ['the call had its effect, its answer was lost', 'after the next attempt'],
      lostAnswers.map(({ operation, then }) => [operation, then]),
    ),
    '## Classes of failures',
    ...classes.map((one) => classSection(one, measured)),
    ...services.map((service) => serviceSection(service, measured)),
  ].join('\n\n');
}

const groupNames: Record<string, string> = {
  quick: 'steps on the artifact store, notifications',
  calculation: 'steps with much to calculate',
  jobs: 'data jobs',
  lex: 'steps of the Lex models API',
  modelQuestions: 'questions to a model',
  traffic: 'metrics of the live alias',
};

function policies(): string {
  const rows = (Object.keys(activityOptions) as ActivityGroup[]).map((group) => {
    const options = activityOptions[group];
    const { retry, startToCloseTimeout } = options;
    return [
      groupNames[group] ?? group,
      `after ${retry.initialInterval}, each time ${retry.backoffCoefficient} times as long, at most ${retry.maximumInterval}`,
      String(retry.maximumAttempts),
      outlasts(group),
      startToCloseTimeout,
      'heartbeatTimeout' in options ? options.heartbeatTimeout : startToCloseTimeout,
    ];
  });
  return table(
    ['steps', 'tried again', 'attempts', 'outlasts', 'longest attempt', 'a lost worker is noticed after'],
    rows,
  );
}

/** How long a service may be away before the last attempt: the pauses between the attempts. */
function outlasts(group: ActivityGroup): string {
  const { retry } = activityOptions[group];
  let pausesMs = 0;
  let pauseMs = msToNumber(retry.initialInterval);
  for (let attempt = 1; attempt < retry.maximumAttempts; attempt++) {
    pausesMs += Math.min(pauseMs, msToNumber(retry.maximumInterval));
    pauseMs *= retry.backoffCoefficient;
  }
  return duration(pausesMs);
}

function timesChosen(): string {
  const { quick, calculation, lex, traffic } = activityOptions;
  const { connectionMs, silenceMs, kmsSilenceMs } = clientTimeouts;
  return (
    '**How the times were chosen.** Most faults pass within seconds: the first pause is short, and each is ' +
    `${lex.retry.backoffCoefficient} times the one before, up to a limit that lets a step go on soon after a longer outage. ` +
    'When the attempts are used up, the cycle fails and people are told. Nothing hurries the metrics: they are asked ' +
    `for during ${outlasts('traffic')}, in the end every ${traffic.retry.maximumInterval}. A worker that is gone has to ` +
    `be noticed soon: short steps say every ${duration(beatEveryMs)} that they live, and another worker takes over after ` +
    `${quick.heartbeatTimeout} of silence; what waits for Lex, for Batch or for answers says so at every look and has ` +
    `${lex.heartbeatTimeout}; a calculation, beside which nothing can be said, has ${calculation.heartbeatTimeout}. A ` +
    `call to AWS has ${duration(connectionMs)} to connect and fails after ${duration(silenceMs)} of silence: before the ` +
    `${lex.heartbeatTimeout}, so that it fails under its own name and its worker is not taken for dead. KMS has ` +
    `${duration(kmsSilenceMs)}: a workflow task waits for it, which Temporal gives out again after 10 seconds.`
  );
}

const lostAnswersIntroduction = `The worst moment for a connection to break is after AWS did what it was asked for. Each of these calls was made to
have its effect and lose its answer, by a reset and by an answer cut short; then the next attempt ran, and the
records of the stand-ins were counted (\`test/activities/faults/lost-answers.test.ts\`).`;

/** What a reader has to know before the rows of a service. */
const serviceNotes: Partial<Record<ServiceName, string>> = {
  KMS: `KMS is asked by the codec that encrypts what Temporal keeps, not by an activity, and only where payloads are
encrypted. A worker asks for its first data key when it starts, and refuses to start without one. What cannot be
decrypted is no failure of a workflow: its task fails, Temporal gives it out again, more and more slowly, and the
workflow goes on where it was as soon as KMS answers.`,
  Bedrock: `Bedrock is asked by the data job "discover", and only where the pipeline file says so. The job itself repeats a
call that is throttled or fails for the moment, more slowly and fewer at once, before its attempt ends; points that came
until then are kept, so that the next attempt does not pay for them again. Names that a model suggests are worth no
failure: discovery goes on without them and says why.`,
};

function classSection(
  { title, types, why }: (typeof classes)[number],
  measured: readonly Measured[],
): string {
  const failures = measured.flatMap(({ end }) =>
    end.kind === 'failed' && types.includes(end.type) ? [end] : [],
  );
  const rows = types.flatMap((type) => {
    const own = failures.filter((failure) => failure.type === type);
    const advices = [...new Set(own.flatMap((failure) => adviceOf(failure.message)))];
    return advices.map((advice) => [`\`${type}\``, `“${advice}”`]);
  });
  return `### ${title}\n\n${why}\n\n${table(['error', 'its message ends with'], rows)}`;
}

/** What a message says after what happened; nothing for those that an activity words itself. */
function adviceOf(message: string): string[] {
  return / failed: .*?: Made by a test\. (.+)$/s.exec(message)?.slice(1) ?? [];
}

function serviceSection(service: ServiceName, measured: readonly Measured[]): string {
  const own = measured.filter(({ scenario }) => scenario.service === service);
  const operations = [...new Set(own.map(({ scenario }) => scenario.operation))];
  const alike = new Map<string, { names: string[]; outcomes: string[][] }>();
  for (const operation of operations) {
    const ofOperation = own.filter(({ scenario }) => scenario.operation === operation);
    const outcomes = outcomesOf(ofOperation);
    const entry = alike.get(JSON.stringify(outcomes)) ?? { names: [], outcomes };
    entry.names.push(`${operation} (${nameOf(ofOperation[0]!.scenario.caller)})`);
    alike.set(JSON.stringify(outcomes), entry);
  }
  const parts = [...alike.values()].map(
    ({ names, outcomes }) => `**${names.join(', ')}**\n\n${table(['fault', 'becomes', 'then'], outcomes)}`,
  );
  return [`## ${service}`, serviceNotes[service] ?? [], parts].flat(2).join('\n\n');
}

function nameOf(caller: Caller): string {
  if ('activity' in caller) return `\`${caller.activity}\``;
  return caller.codec === 'encrypts' ? 'for the next data key' : 'for what another process encrypted';
}

/** Rows of faults that come to the same. */
function outcomesOf(measured: readonly Measured[]): string[][] {
  const faultsByOutcome = new Map<string, string[]>();
  for (const one of measured) {
    const key = outcomeOf(one).join('|');
    faultsByOutcome.set(key, [...(faultsByOutcome.get(key) ?? []), one.fault]);
  }
  return [...faultsByOutcome].map(([key, faults]) => [together(faults).join(', '), ...key.split('|')]);
}

/** The broken connections have one name where all of them come to the same. */
function together(faults: string[]): string[] {
  const broken = brokenConnections.map(({ name }) => name);
  if (!broken.every((name) => faults.includes(name))) return faults;
  return [...faults.filter((name) => !broken.includes(name)), 'any broken answer'];
}

function outcomeOf({ end, scenario: { caller } }: Measured): [becomes: string, then: string] {
  switch (end.kind) {
    case 'failed':
      return [`\`${end.type}\``, whatFollows(end, caller)];
    case 'goes-on':
      return ['nothing', 'activity' in caller ? 'the step goes on' : formerKeyGoesOn];
    case 'cancelled':
      return ['nothing', 'the step ends as cancelled'];
  }
}

const formerKeyGoesOn = `the former data key goes on, for ${duration(usualDataKeyLimits.longestLifetimeMs)} at most`;

function whatFollows(failure: Failed, caller: Caller): string {
  if (!('activity' in caller)) {
    return caller.codec === 'encrypts'
      ? 'the worker ends and says so; it starts again once that is mended'
      : 'the workflow task is given out again; the workflow waits';
  }
  if (failure.permanent) return 'fails; not tried again';
  const { retry } = activityOptions[caller.group];
  const firstMs = failure.delayMs ?? msToNumber(retry.initialInterval);
  return `again after ${duration(firstMs)}; ${retry.maximumAttempts} attempts`;
}

function duration(ms: number): string {
  const units = [
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1_000, 'second'],
  ] as const;
  const [unitMs, unit] = units.find(([length]) => ms >= 2 * length) ?? [1_000, 'second'];
  const count = Math.round(ms / unitMs);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
