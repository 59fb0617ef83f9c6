import assert from 'node:assert/strict';
import { auditAuthor, describeAuditEvent, reviewRecords } from '../../src/domain/audit';
import type { Decision, DecisionEvent } from '../../src/domain/review';

const decided = (...decisions: Decision[]): DecisionEvent[] =>
  decisions.map((decision, index) => ({
    ...decision,
    number: index + 1,
    at: `2026-11-01T00:00:0${index}.000Z`,
  }));

describe('what a review leaves in the audit trail', () => {
  const records = reviewRecords({
    id: 'review/cafe/0003/run',
    cycle: 3,
    events: decided(
      { action: 'accept', proposal: 'p-1', name: 'Wifi', author: 'ana' },
      { action: 'merge', proposals: ['p-2', 'p-3'], author: 'ana' },
      { action: 'split', proposal: 'p-2', members: ['u-1', 'u-2'], name: 'Clave', author: 'luis' },
      { action: 'assign', proposal: 'p-4', intent: 'Saludar', author: 'luis' },
      { action: 'reject', proposal: 'p-5', reason: 'says who called: Filomena', author: 'ana' },
      { action: 'undo', author: 'ana' },
    ),
    approvals: [{ author: 'marta', at: '2026-11-02T00:00:00.000Z' }],
    outcome: 'finished',
    decisionsUsed: 6,
    endedAt: '2026-11-02T00:00:01.000Z',
  });

  it('is every decision, every approval and the end, in order', () => {
    assert.deepEqual(
      records.map(({ at, event }) => [at, auditAuthor(event), describeAuditEvent(event)]),
      [
        ['2026-11-01T00:00:00.000Z', 'ana', 'cycle 3, decision 1: accept p-1 → Wifi'],
        ['2026-11-01T00:00:01.000Z', 'ana', 'cycle 3, decision 2: merge p-2 p-3'],
        ['2026-11-01T00:00:02.000Z', 'luis', 'cycle 3, decision 3: split p-2 → Clave'],
        ['2026-11-01T00:00:03.000Z', 'luis', 'cycle 3, decision 4: assign p-4 → Saludar'],
        ['2026-11-01T00:00:04.000Z', 'ana', 'cycle 3, decision 5: reject p-5'],
        ['2026-11-01T00:00:05.000Z', 'ana', 'cycle 3, decision 6: undo'],
        ['2026-11-02T00:00:00.000Z', 'marta', 'cycle 3: approved 6 decisions'],
        [
          '2026-11-02T00:00:01.000Z',
          null,
          'cycle 3: review ended (finished), 6 decisions used, approved by marta',
        ],
      ],
    );
  });

  it('is told in Spanish too', () => {
    assert.deepEqual(
      records.map(({ event }) => describeAuditEvent(event, 'es')),
      [
        'ciclo 3, decisión 1: aceptar p-1 → Wifi',
        'ciclo 3, decisión 2: unir p-2 p-3',
        'ciclo 3, decisión 3: separar p-2 → Clave',
        'ciclo 3, decisión 4: dar a una intención p-4 → Saludar',
        'ciclo 3, decisión 5: rechazar p-5',
        'ciclo 3, decisión 6: deshacer',
        'ciclo 3: 6 decisiones con aprobación',
        'ciclo 3: fin de la revisión (terminada), con 6 decisiones; aprobada por marta',
      ],
    );
  });

  it('has an id of its own for each, and no free text', () => {
    assert.equal(new Set(records.map(({ id }) => id)).size, records.length);
    assert.ok(records.every(({ id }) => id.startsWith('review/cafe/0003/run/')));
    assert.ok(!JSON.stringify(records).includes('Filomena'));
  });
});
