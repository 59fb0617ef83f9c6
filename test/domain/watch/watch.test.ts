import assert from 'node:assert/strict';
import { incompleteBeta, proportionUpperBound } from '../../../src/domain/metrics/beta';
import { seededRandom } from '../../../src/domain/metrics';
import {
  assessTraffic,
  describeWatch,
  dispersionOf,
  nextLook,
  watchWindow,
  type Baseline,
  type Traffic,
  type WatchStatus,
} from '../../../src/domain/watch';
import { logEvidenceAbove } from '../../../src/domain/watch/evidence';

const policy = { significance: 0.05, missedTolerance: 0.03, errorTolerance: 0.01, minimumRequests: 100 };
const baselineOf = (traffic: Traffic, dispersion = { missed: 1, errors: 1 }): Baseline => ({
  ...traffic,
  from: '2026-11-01T00:00:00.000Z',
  until: '2026-11-15T00:00:00.000Z',
  dispersion,
});
const near = (actual: number, expected: number, tolerance = 1e-9) =>
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual}, not ${expected}`,
  );

describe('the statistics of the watch, against SciPy 1.17', () => {
  it('incomplete beta function: scipy.special.betainc', () => {
    const cases: [x: number, a: number, b: number, expected: number][] = [
      [0.4, 2, 3, 0.5248],
      [0.1, 0.5, 0.5, 0.20483276469913345],
      [0.15, 120.5, 880.5, 0.9967973713885074],
      [0.09, 5000, 50000, 0.22970864900856472],
      [0.001, 3.5, 997.5, 0.04007656075351821],
    ];
    for (const [x, a, b, expected] of cases) near(incompleteBeta(x, a, b), expected);
    assert.deepEqual([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)], [0, 1]);
  });

  it('upper bound of a share: scipy.stats.beta.ppf(1 − level, x + 1, n − x)', () => {
    const cases: [x: number, n: number, level: number, expected: number][] = [
      [0, 100, 0.0025, 0.05815507911697247],
      [15, 100, 0.05, 0.22153690831851133],
      [750, 5000, 0.0025, 0.16466608459229437],
      [62.5, 416.6667, 0.0025, 0.20496581623016671],
    ];
    for (const [x, n, level, expected] of cases) near(proportionUpperBound(x, n, level), expected);
    assert.equal(proportionUpperBound(0, 0, 0.05), 1);
    assert.equal(proportionUpperBound(7, 7, 0.05), 1);
    // By hand: no success in n has the bound 1 − level^(1/n).
    near(proportionUpperBound(0, 10, 0.05), 1 - 0.05 ** 0.1);
  });

  it('evidence above a bound: the integral by scipy.integrate.quad', () => {
    const cases: [x: number, n: number, bound: number, expected: number][] = [
      [30, 100, 0.18, 2.043271535174544],
      [18, 100, 0.18, -2.8760794520884856],
      [300, 1000, 0.18, 39.13795781379625],
      [5, 100, 0.01, 1.6556542522277815],
      [0, 50, 0.01, -3.1180155860278287],
      [62.5, 208.3, 0.2, 3.3255661541336594],
    ];
    for (const [x, n, bound, expected] of cases) near(logEvidenceAbove(x, n, bound), expected, 1e-8);
    near(logEvidenceAbove(0, 0, 0.2), 0);
    assert.equal(logEvidenceAbove(50, 100, 1), -Infinity);
    assert.equal(logEvidenceAbove(0, 1e6, 0.5), -Infinity);
  });

  it('is a fair bet at the bound: the mean evidence over all outcomes of n requests is 1', () => {
    const [n, share] = [12, 0.3];
    let mean = 0;
    let ways = 1;
    for (let x = 0; x <= n; x++) {
      mean += ways * share ** x * (1 - share) ** (n - x) * Math.exp(logEvidenceAbove(x, n, share));
      ways = (ways * (n - x)) / (x + 1);
    }
    near(mean, 1, 1e-9);
  });
});

describe('dispersion of a share', () => {
  const hour = (at: number, requests: number, missed: number) => ({ hour: at, requests, missed, errors: 0 });

  it('is 1 where the share does not move more than chance, and without anything to go by', () => {
    assert.equal(dispersionOf([], 'missed'), 1);
    assert.equal(dispersionOf([hour(0, 100, 20)], 'missed'), 1);
    assert.equal(dispersionOf([hour(0, 100, 20), hour(1, 100, 20)], 'missed'), 1);
    assert.equal(dispersionOf([hour(0, 100, 0), hour(1, 100, 0)], 'missed'), 1);
    assert.equal(dispersionOf([hour(0, 100, 100), hour(1, 50, 50)], 'missed'), 1);
  });

  it('is Pearson’s χ² over its degrees of freedom, by hours', () => {
    // Shares 0.1 and 0.3 around 0.2: twice (10 − 20)² ÷ (100 · 0.2 · 0.8) = 12.5, one degree of freedom.
    near(dispersionOf([hour(0, 100, 10), hour(1, 100, 30)], 'missed'), 12.5);
  });

  it('sees days that differ although their hours hardly do', () => {
    const days = Array.from({ length: 48 }, (_, at) => hour(at, 100, at < 24 ? 18 : 22));
    // Hours: 48 · 2² ÷ 16 ÷ 47 = 0.255; days: 2 · 48² ÷ (2400 · 0.16) = 12.
    near(dispersionOf(days, 'missed'), 12);
  });
});

describe('the judgement on the traffic since a switch', () => {
  const before = baselineOf({ requests: 5000, missed: 750, errors: 10 });

  it('is worse when the fallback share doubles, and says by which figures', () => {
    const assessment = assessTraffic(before, { requests: 400, missed: 120, errors: 1 }, policy);
    assert.equal(assessment.worse, true);
    const [missed, errors] = assessment.findings;
    assert.deepEqual(
      [missed?.measure, missed?.before, missed?.after, missed?.worse],
      ['missed', 0.15, 0.3, true],
    );
    // scipy.stats.beta.ppf(1 − 0.0125, 751, 4250) + 0.03.
    near(missed!.bound, 0.191677514350905);
    assert.equal(missed?.needed, 0.0125);
    assert.deepEqual([errors?.measure, errors?.worse], ['errors', false]);
  });

  it('is worse when errors appear, and not for as many as were there before', () => {
    const many = assessTraffic(before, { requests: 400, missed: 40, errors: 20 }, policy);
    assert.deepEqual(
      many.findings.map(({ worse }) => worse),
      [false, true],
    );
    assert.equal(assessTraffic(before, { requests: 400, missed: 40, errors: 2 }, policy).worse, false);
  });

  it('is never worse for a better share, for one within the tolerance, or with too few requests', () => {
    const traffic = { requests: 4000, missed: 200, errors: 0 };
    assert.equal(assessTraffic(before, traffic, policy).worse, false);
    assert.equal(assessTraffic(before, { ...traffic, missed: 700 }, policy).worse, false);
    const few = assessTraffic(before, { requests: 99, missed: 99, errors: 99 }, policy);
    assert.deepEqual([few.enough, few.worse], [false, false]);
  });

  it('concludes nothing without the champion’s traffic', () => {
    const none = baselineOf({ requests: 0, missed: 0, errors: 0 });
    const assessment = assessTraffic(none, { requests: 1000, missed: 1000, errors: 0 }, policy);
    assert.deepEqual(
      [assessment.enough, assessment.worse, assessment.findings[0]?.before],
      [false, false, null],
    );
  });

  it('asks for more where the share always moved a lot', () => {
    const moving = baselineOf(before, { missed: 12, errors: 1 });
    const traffic = { requests: 400, missed: 120, errors: 1 };
    assert.equal(assessTraffic(before, traffic, policy).worse, true);
    assert.equal(assessTraffic(moving, traffic, policy).worse, false);
  });

  it('takes a request that failed in two ways for one', () => {
    const assessment = assessTraffic(before, { requests: 400, missed: 40, errors: 700 }, policy);
    assert.equal(assessment.findings[1]?.after, 1);
  });

  it('raises hardly any false alarm over a window of 48 looks, and finds what matters', () => {
    const random = seededRandom(7);
    const draw = (requests: number, share: number) => {
      let hits = 0;
      for (let i = 0; i < requests; i++) if (random(1_000_000) < share * 1_000_000) hits++;
      return hits;
    };
    const alarms = (share: number, windows: number) => {
      let raised = 0;
      for (let window = 0; window < windows; window++) {
        const baseline = baselineOf({ requests: 3000, missed: draw(3000, 0.15), errors: 0 });
        const traffic = { requests: 0, missed: 0, errors: 0 };
        for (let look = 0; look < 48; look++) {
          traffic.requests += 40;
          traffic.missed += draw(40, share);
          if (assessTraffic(baseline, traffic, { ...policy, missedTolerance: 0 }).worse) {
            raised++;
            break;
          }
        }
      }
      return raised;
    };
    // No worsening at all, nothing tolerated: by design in 5 % of the windows at most, 4 of 80.
    assert.ok(alarms(0.15, 80) <= 4);
    assert.equal(alarms(0.3, 10), 10);
  });
});

describe('the looks of a watch', () => {
  const minute = 60_000;
  const liveAt = Date.parse('2026-11-20T12:01:30Z');
  const window = watchWindow(liveAt, { hours: 1, everyMinutes: 25 });
  const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16);

  it('leave out the minutes after the switch, on full periods of the metrics', () => {
    assert.deepEqual([clock(window.sinceMs), clock(window.untilMs)], ['12:10', '13:10']);
    const exact = watchWindow(Date.parse('2026-11-20T12:00:00Z'), { hours: 2, everyMinutes: 5 });
    assert.deepEqual([clock(exact.sinceMs), clock(exact.untilMs)], ['12:05', '14:05']);
  });

  it('follow each other to the end of the window, each five minutes after the traffic that it reads', () => {
    const looks: string[] = [];
    let seen: number | null = null;
    for (let more = true; more;) {
      const look = nextLook(window, seen, liveAt);
      looks.push(`${clock(look.dueMs)} to ${clock(look.untilMs)}${look.last ? ', last' : ''}`);
      seen = look.untilMs;
      more = !look.last;
    }
    assert.deepEqual(looks, ['12:40 to 12:35', '13:05 to 13:00', '13:15 to 13:10, last']);
  });

  it('go on with the latest when some were missed', () => {
    const look = nextLook(window, null, Date.parse('2026-11-20T13:06:00Z'));
    assert.deepEqual([clock(look.untilMs), look.last], ['13:00', false]);
    const late = nextLook(window, window.sinceMs + 25 * minute, Date.parse('2026-11-22T00:00:00Z'));
    assert.deepEqual([clock(late.untilMs), late.last], ['13:10', true]);
  });
});

describe('what is said of a watch', () => {
  const status: WatchStatus = {
    schemaVersion: 1,
    pipeline: 'cafe',
    modelVersion: 2,
    aliasName: 'live',
    botVersion: '5',
    previousVersion: '4',
    since: '2026-11-20T12:05:00.000Z',
    until: '2026-11-21T12:05:00.000Z',
    looks: 0,
    seenUntil: null,
    baseline: null,
    assessment: null,
    verdict: null,
    note: null,
    endedAt: null,
  };

  it('before the first look, after one, and at the end', () => {
    assert.deepEqual(describeWatch(status), [
      'Bot version 5 on alias live is watched from 2026-11-20T12:05:00.000Z until 2026-11-21T12:05:00.000Z.',
      'No look was taken yet.',
    ]);
    const baseline = baselineOf({ requests: 12345, missed: 1852, errors: 0 });
    const assessment = assessTraffic(baseline, { requests: 400, missed: 120, errors: 0 }, policy);
    const seen = { ...status, baseline, assessment, looks: 3, seenUntil: '2026-11-20T12:50:00.000Z' };
    const [, missed, errors, looks] = describeWatch(seen);
    assert.match(
      missed!,
      /^fallback: 30\.0 % of 400 requests, before 15\.0 % of 12,345; worse: above 18\.\d % with p ≤ 0\.0001 \(needed 0\.0125\)\.$/,
    );
    assert.match(
      errors!,
      /^errors: 0\.0 % of 400 requests, before 0\.0 % of 12,345; not shown to be above 1\.0 %/,
    );
    assert.equal(looks, 'Looks: 3, the last until 2026-11-20T12:50:00.000Z.');
    assert.equal(
      describeWatch({ ...seen, verdict: 'superseded', note: 'Ana rolled it back.' })[0],
      'Superseded: another version is live by now. Ana rolled it back.',
    );
  });
});
