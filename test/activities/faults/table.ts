import { msToNumber } from '@temporalio/common/lib/time';
import { activityOptions, type ActivityGroup } from '../../../src/workflows/activity-options';
import { brokenConnections, type Measured } from './measure';
import type { ServiceName } from './scenarios';

type Failed = Extract<Measured['end'], { kind: 'failed' }>;

const introduction = `# What happens when a call to AWS goes wrong

Every operation that the worker calls was made to fail in every way that the SDK documents for it, in the ways that
every service may fail in, and by a broken connection, a garbled answer and silence. Each time the real activity ran
with the real clients against the local stand-ins, and the call failed for as long as the activity tried. This page
is what came out; the test \`test/activities/faults/faults.test.ts\` measures it anew and fails when it is out of date.

The clients of the AWS SDK try once (\`maxAttempts: 1\`), connect within 5 seconds and give up after 20 seconds of
silence. Temporal tries again, where a person can see it: an attempt that failed, its message and the time of the
next one stand in the Temporal UI. Where an answer was lost after the call had its effect, the next attempt finds
what the first one began (the import, the build, the version, the alias, the job) and goes on with it.

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
    const { retry, startToCloseTimeout } = activityOptions[group];
    return [
      groupNames[group] ?? group,
      `after ${retry.initialInterval}, each time ${retry.backoffCoefficient} times as long, at most ${retry.maximumInterval}`,
      String(retry.maximumAttempts),
      startToCloseTimeout,
    ];
  });
  return table(['steps', 'tried again', 'attempts', 'longest attempt'], rows);
}

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
    entry.names.push(`${operation} (\`${ofOperation[0]!.scenario.activity}\`)`);
    alike.set(JSON.stringify(outcomes), entry);
  }
  const parts = [...alike.values()].map(
    ({ names, outcomes }) => `**${names.join(', ')}**\n\n${table(['fault', 'becomes', 'then'], outcomes)}`,
  );
  return `## ${service}\n\n${parts.join('\n\n')}`;
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

function outcomeOf({ end, scenario }: Measured): [becomes: string, then: string] {
  switch (end.kind) {
    case 'failed':
      return [`\`${end.type}\``, whatFollows(end, scenario.group)];
    case 'goes-on':
      return ['nothing', 'the step goes on'];
    case 'waits':
      return ['nothing yet', `looked at again, up to ${activityOptions[scenario.group].startToCloseTimeout}`];
    case 'cancelled':
      return ['nothing', 'the step ends as cancelled'];
  }
}

function whatFollows(failure: Failed, group: ActivityGroup): string {
  if (failure.permanent) return 'fails; not tried again';
  const { retry } = activityOptions[group];
  const firstMs = failure.delayMs ?? msToNumber(retry.initialInterval);
  return `again after ${duration(firstMs)}; ${retry.maximumAttempts} attempts`;
}

function duration(ms: number): string {
  const units = [
    [60_000, 'minute'],
    [1_000, 'second'],
  ] as const;
  const [unitMs, unit] = units.find(([length]) => ms >= length) ?? [1, 'millisecond'];
  const count = ms / unitMs;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
