import assert from 'node:assert/strict';
import { decisionsAsCsv, decisionsAsJson, parseDecisions } from '../../../src/console/server/decision-files';
import { InvalidRequestError } from '../../../src/console/server/errors';
import type { DecisionEvent } from '../../../src/domain/review';

const at = '2026-11-01T00:00:00.000Z';
const events: DecisionEvent[] = [
  { number: 1, at, author: '=cmd()', action: 'accept', proposals: ['p-1', 'p-2'], reason: '@SUM(A1), "sí"' },
  {
    number: 2,
    at,
    author: 'ana',
    action: 'move',
    members: ['a', 'b'],
    aside: true,
    moved: [{ from: 'p-1', phrases: 2, interactions: 7 }],
  },
  {
    number: 3,
    at,
    author: 'ana',
    action: 'split',
    proposal: 'p-1',
    members: ['c'],
    name: 'Nuevo',
    interactions: 4,
  },
];
const decisions = [
  { row: 1, decision: { action: 'accept', proposals: ['p-1', 'p-2'] }, reason: '@SUM(A1), "sí"' },
  { row: 2, decision: { action: 'move', members: ['a', 'b'], aside: true }, reason: undefined },
  {
    row: 3,
    decision: { action: 'split', proposal: 'p-1', members: ['c'], name: 'Nuevo' },
    reason: undefined,
  },
];

describe('decisions as files', () => {
  it('defuse what a spreadsheet would calculate', () => {
    assert.equal(
      decisionsAsCsv(events),
      [
        'number,at,author,action,proposal,proposals,members,name,intent,aside,reason',
        `1,${at},'=cmd(),accept,,p-1 p-2,,,,,"'@SUM(A1), ""sí"""`,
        `2,${at},ana,move,,,a b,,,true,`,
        `3,${at},ana,split,p-1,,c,Nuevo,,,`,
        '',
      ].join('\r\n'),
    );
  });

  it('come back as they were, from both forms, without what the workflow adds', () => {
    assert.deepEqual(parseDecisions('csv', `\ufeff${decisionsAsCsv(events)}`), decisions);
    assert.deepEqual(parseDecisions('json', decisionsAsJson(events)), decisions);
  });

  it('are refused row by row, or as a whole', () => {
    const [first, second] = parseDecisions('csv', 'action,proposal\nexplode,p-1\nreject,p-1\n');
    assert.ok(first && 'message' in first && first.row === 1, JSON.stringify(first));
    assert.match(first.message, /^action: Invalid/);
    assert.equal(first.translations?.es, 'action: Entrada inválida');
    assert.deepEqual(second, { row: 2, decision: { action: 'reject', proposal: 'p-1' }, reason: undefined });
    assert.throws(() => parseDecisions('csv', 'who,what\na,b\n'), InvalidRequestError);
    assert.throws(() => parseDecisions('csv', 'action,proposal\n"'), InvalidRequestError);
    assert.throws(() => parseDecisions('json', '[]'), InvalidRequestError);
    assert.throws(() => parseDecisions('json', '{'), InvalidRequestError);
  });
});
