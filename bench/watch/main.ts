import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/domain/random';
import { assessTraffic, type Baseline, type Traffic } from '../../src/domain/watch';
import { parsePipelineText } from '../../src/platform/configuration';
import { median } from '../support/statistics';
import { markdownTable } from '../support/table';

const usage = `Usage: npm run bench -- watch [--windows 1000] [--requests 20] [--before 5000] [--significance 0.05]
                             [--seed 1]

Lets that many watches look at invented traffic, with the default settings of a pipeline file: so many requests a look
after a baseline of so many, each request by itself. Prints how many windows find the version worse, and after how many
requests.`;

interface Shares {
  missed: number;
  errors: number;
}

interface Scenario {
  name: string;
  before: Shares;
  after: Shares;
}

const usual: Shares = { missed: 0.15, errors: 0.002 };

const scenarios: Scenario[] = [
  { name: 'nothing changes', before: usual, after: usual },
  { name: 'fallback 15 % → 18 %, tolerated', before: usual, after: { ...usual, missed: 0.18 } },
  { name: 'fallback 15 % → 20 %', before: usual, after: { ...usual, missed: 0.2 } },
  { name: 'fallback 15 % → 25 %', before: usual, after: { ...usual, missed: 0.25 } },
  { name: 'fallback 15 % → 30 %', before: usual, after: { ...usual, missed: 0.3 } },
  { name: 'errors 0.2 % → 1.2 %, tolerated', before: usual, after: { ...usual, errors: 0.012 } },
  { name: 'errors 0.2 % → 5 %', before: usual, after: { ...usual, errors: 0.05 } },
];

const { watch: defaults } = parsePipelineText(
  [
    'name: bench',
    'target: { kind: lex, bot: Bench, alias: live, localeId: es_ES }',
    'logs: { uri: s3://bench/logs/ }',
    'store: { uri: s3://bench/store/ }',
    'dataset: { goldenSetUri: s3://bench/golden.csv }',
    'notify: { topicArn: "arn:aws:sns:eu-west-1:000000000000:bench" }',
  ].join('\n'),
  'bench.yaml',
);

function main(): void {
  const { values } = parseArgs({
    options: {
      windows: { type: 'string', default: '1000' },
      requests: { type: 'string', default: '20' },
      before: { type: 'string', default: '5000' },
      significance: { type: 'string', default: String(defaults.significance) },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const windows = Number(values.windows);
  const requestsPerLook = Number(values.requests);
  const policy = { ...defaults, significance: Number(values.significance) };
  const looks = (policy.hours * 60) / policy.everyMinutes;
  const rows = scenarios.map(({ name, before, after }) => {
    const random = seededRandom(Number(values.seed));
    const foundAfter: number[] = [];
    for (let window = 0; window < windows; window++) {
      const baseline: Baseline = {
        ...draw(Number(values.before), before, random),
        from: '2026-11-01T00:00:00.000Z',
        until: '2026-11-15T00:00:00.000Z',
        dispersion: { missed: 1, errors: 1 },
      };
      const traffic: Traffic = { requests: 0, missed: 0, errors: 0 };
      for (let look = 0; look < looks; look++) {
        const seen = draw(requestsPerLook, after, random);
        for (const count of ['requests', 'missed', 'errors'] as const) traffic[count] += seen[count];
        if (!assessTraffic(baseline, traffic, policy).worse) continue;
        foundAfter.push(traffic.requests);
        break;
      }
    }
    const share = `${((100 * foundAfter.length) / windows).toFixed(2)} %`;
    return [name, share, foundAfter.length === 0 ? '–' : String(median(foundAfter))];
  });
  console.log(
    `\n${windows} windows of ${looks} looks with ${requestsPerLook} requests each after ${values.before}, significance ` +
      `${policy.significance}, tolerances ${policy.missedTolerance} and ${policy.errorTolerance}, at least ` +
      `${policy.minimumRequests} requests\n\n` +
      markdownTable(['what happens', 'found worse', 'requests until found, median'], rows),
  );
}

/** Requests of which each is missed or fails by itself. */
function draw(requests: number, shares: Shares, random: () => number): Traffic {
  const countOf = (share: number) => {
    let count = 0;
    for (let request = 0; request < requests; request++) if (random() < share) count++;
    return count;
  };
  return { requests, missed: countOf(shares.missed), errors: countOf(shares.errors) };
}

main();
