import assert from 'node:assert/strict';
import { renderNotification, type NotificationInput } from '../../../src/domain/report';
import { assertGolden } from './golden';
import { sampleReport } from './sample';

const about = { pipeline: 'cafe', cycle: 3, link: 's3://ciclo/cafe/cycles/0003/evaluate/report.html' };
const verdict = (itemsPerIntent: number, championRight: number, challengerRight: number) => {
  const { evaluation, decision } = sampleReport({ itemsPerIntent, championRight, challengerRight }, 'en');
  return { evaluation, decision };
};

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
