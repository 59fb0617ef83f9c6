import assert from 'node:assert/strict';
import { renderNotification, type NotificationInput } from '../../../src/domain/report';
import { assessTraffic, type Traffic, type WatchStatus } from '../../../src/domain/watch';
import { assertGolden } from './golden';
import { sampleReport } from './sample';

const about = { pipeline: 'cafe', cycle: 3, link: 's3://ciclo/cafe/cycles/0003/evaluate/report.html' };
const verdict = (itemsPerIntent: number, championRight: number, challengerRight: number) => {
  const { evaluation, decision } = sampleReport({ itemsPerIntent, championRight, challengerRight }, 'en');
  return { evaluation, decision };
};

/** A watch of a day over version 5; the version before had 15 % of 5,000 requests end in the fallback intent. */
function watched(traffic: Traffic): WatchStatus {
  const baseline = {
    requests: 5000,
    missed: 750,
    errors: 10,
    from: '2026-11-06T12:00:00.000Z',
    until: '2026-11-20T12:00:00.000Z',
    dispersion: { missed: 1, errors: 1 },
  };
  const assessment = assessTraffic(baseline, traffic, {
    significance: 0.05,
    missedTolerance: 0.03,
    errorTolerance: 0.01,
    minimumRequests: 100,
  });
  return {
    schemaVersion: 1,
    pipeline: 'cafe',
    modelVersion: 2,
    aliasName: 'live',
    botVersion: '5',
    previousVersion: '4',
    since: '2026-11-20T12:05:00.000Z',
    until: '2026-11-21T12:05:00.000Z',
    looks: 96,
    seenUntil: '2026-11-21T12:05:00.000Z',
    baseline,
    assessment,
    verdict: 'rolled-back',
    note: null,
    endedAt: '2026-11-21T12:10:00.000Z',
  };
}

const notifications: Record<string, NotificationInput> = {
  promoted: { ...about, kind: 'promoted', ...verdict(60, 90, 96) },
  kept: { ...about, kind: 'kept', ...verdict(40, 95, 75) },
  'not-enough-evidence': { ...about, kind: 'not-enough-evidence', ...verdict(8, 88, 92) },
  skipped: { ...about, link: null, kind: 'skipped', interactions: { found: 412, needed: 1000 } },
  'skipped without logs': { ...about, link: null, cycle: null, kind: 'skipped', interactions: null },
  'nothing to learn': { ...about, link: null, kind: 'nothing-to-learn' },
  abandoned: { ...about, link: null, kind: 'abandoned' },
  'waiting for review': {
    ...about,
    link: 'http://127.0.0.1:8080/review/cafe',
    kind: 'waiting-for-review',
    open: 6,
    interactions: 1523,
    deadline: '2026-12-05T12:00:00.000Z',
    reminder: 1,
  },
  'waiting for two approvals': {
    ...about,
    link: null,
    kind: 'waiting-for-review',
    open: 6,
    interactions: 1523,
    deadline: '2026-12-05T12:00:00.000Z',
    reminder: 0,
    approvals: { given: [], missing: 2, remaining: [] },
  },
  'waiting for the second approval': {
    ...about,
    link: null,
    kind: 'waiting-for-review',
    open: 0,
    interactions: 0,
    deadline: '2026-12-05T12:00:00.000Z',
    reminder: 1,
    approvals: { given: ['Ana'], missing: 1, remaining: ['Luis', 'Marta'] },
  },
  failed: {
    ...about,
    link: null,
    kind: 'failed',
    stage: 'train',
    message: 'The build of es_ES failed: too many slot types. Remove one and start the cycle again.',
  },
  'rolled back': {
    ...about,
    link: null,
    kind: 'rolled-back',
    fromVersion: '5',
    toVersion: '4',
    author: 'Lucía',
    reason: 'complaints about bookings',
  },
  'rolled back by the watch': {
    ...about,
    link: null,
    kind: 'rolled-back-by-watch',
    fromVersion: '5',
    toVersion: '4',
    watch: watched({ requests: 400, missed: 124, errors: 1 }),
  },
  'watch: held': {
    ...about,
    link: null,
    kind: 'watch-ended',
    watch: { ...watched({ requests: 1980, missed: 210, errors: 2 }), verdict: 'held' },
  },
  'watch: not enough requests': {
    ...about,
    link: null,
    kind: 'watch-ended',
    watch: { ...watched({ requests: 0, missed: 0, errors: 0 }), verdict: 'not-enough-requests' },
  },
  'watch: not watched': {
    ...about,
    link: null,
    kind: 'watch-ended',
    watch: {
      ...watched({ requests: 0, missed: 0, errors: 0 }),
      assessment: null,
      verdict: 'not-watched',
      note: 'GetMetricData (alias live) failed: AccessDenied.',
    },
  },
  'watch: rollback failed': {
    ...about,
    link: null,
    kind: 'watch-ended',
    watch: {
      ...watched({ requests: 400, missed: 124, errors: 1 }),
      verdict: 'rollback-failed',
      note: 'UpdateBotAlias (alias live) failed: AccessDenied.',
    },
  },
};

describe('renderNotification', () => {
  for (const language of ['es', 'en'] as const) {
    it(`writes the golden messages in ${language === 'es' ? 'Spanish' : 'English'}`, () => {
      const text = Object.entries(notifications).map(([name, input]) => {
        const { subject, message } = renderNotification(input, language);
        return `=== ${name}\n${subject}\n\n${message}`;
      });
      assertGolden(`notifications-${language}.txt`, text.join('\n'));
    });
  }

  it('keeps subjects within what SNS allows', () => {
    const long = {
      ...notifications['promoted']!,
      pipeline:
        'a-very-long-name-of-a-pipeline-that-somebody-thought-would-help-everyone-to-find-it-again-later',
    };
    for (const input of [...Object.values(notifications), long]) {
      for (const language of ['es', 'en'] as const) {
        const { subject } = renderNotification(input, language);
        assert.match(subject, /^[!-~][ -~]{0,98}[!-~]$/);
      }
    }
    assert.match(renderNotification(long, 'en').subject, /\(cycle 3\)$/);
  });

  it('holds no phrase that somebody said', () => {
    for (const input of Object.values(notifications)) {
      const { message } = renderNotification(input, 'es');
      if (!('evaluation' in input)) continue;
      const { changes } = sampleReport(
        { itemsPerIntent: 60, championRight: 90, challengerRight: 96 },
        'es',
      ).evaluation;
      for (const { text } of [...changes.fixed, ...changes.broken]) {
        if (text.length > 8) assert.ok(!message.includes(text), text);
      }
    }
  });
});
