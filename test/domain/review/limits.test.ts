import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inPages, jsonBytes } from '../../../src/domain/pages';
import {
  describeReview,
  foldReview,
  mostInputBytes,
  objectionTo,
  objectionToHistory,
  proposalsWithinLimits,
  type ReviewProposal,
} from '../../../src/domain/review';

/** A proposal with the longest names that Lex takes. */
const proposal = (index: number): ReviewProposal => ({
  id: `p-${String(index).padStart(8, '0')}`,
  kind: 'new-intent',
  name: `Topic${index}`.padEnd(100, 'x'),
  size: 10_000,
  interactions: 1_000_000,
  nearestIntent: { name: 'y'.repeat(100), similarity: 0.1234567890123456 },
});
const many = <T>(count: number, of: (index: number) => T) => Array.from({ length: count }, (_, n) => of(n));
const longestIntents = (count: number) => many(count, (index) => `Intent${index}`.padEnd(100, 'z'));

describe('what a review holds', () => {
  it('is 500 proposals beside 250 intents with the longest names, and no more of them', () => {
    assert.equal(proposalsWithinLimits(many(500, proposal), longestIntents(250)).length, 500);
    assert.equal(proposalsWithinLimits(many(501, proposal), []).length, 500);
  });

  it('is fewer of them beside the 1,000 intents of an English bot, the first ones', () => {
    const held = proposalsWithinLimits(many(500, proposal), longestIntents(1_000));
    assert.deepEqual(held, many(held.length, proposal));
    const bytesOf = (count: number) => jsonBytes(many(count, proposal)) + jsonBytes(longestIntents(1_000));
    assert.ok(bytesOf(held.length) <= mostInputBytes + 2, 'the brackets around them');
    assert.ok(held.length < 500 && bytesOf(held.length + 1) > mostInputBytes);
  });

  it('is a history that Temporal does not warn about yet', () => {
    assert.equal(objectionToHistory({ events: 9_999, bytes: 10 * 1024 * 1024 - 1 }), null);
    assert.deepEqual(objectionToHistory({ events: 10_000, bytes: 3 * 1024 * 1024 }), {
      en: 'The review takes no more decisions: its history is full (10000 events, 3.0 MB). Finish it; what is still open comes back in the next cycle.',
      es: 'La revisión no admite más decisiones: su historial está lleno (10000 eventos, 3,0 MB). Termínela; lo que sigue abierto vuelve en el ciclo siguiente.',
    });
    assert.match(objectionToHistory({ events: 1, bytes: 10 * 1024 * 1024 })?.en ?? '', /1 events, 10\.0 MB/);
  });

  it('is refused in few words, however much there is to name', () => {
    const context = {
      state: foldReview(many(500, proposal), []),
      events: [],
      existingIntents: longestIntents(250),
    };
    const unknown = objectionTo({ action: 'reject', proposal: 'p-x', author: 'ana' }, context);
    assert.match(
      unknown?.en ?? '',
      /^There is no proposal "p-x"\. Proposals: p-00000000, .*p-00000019 and 480 more\.$/,
    );
    const assigned = { action: 'assign', proposal: 'p-00000000', intent: 'Nada', author: 'ana' } as const;
    const noIntent = objectionTo(assigned, context);
    assert.match(noIntent?.en ?? '', /^The bot has no intent "Nada".* and 230 more\.$/);
    assert.match(noIntent?.es ?? '', /^El bot no tiene la intención «Nada».* y 230 más\.$/);
  });

  it('counts lists of ids by what they take up in a payload', () => {
    const context = { state: foldReview([proposal(1)], []), events: [], existingIntents: [] };
    const splitOf = (members: string[]) =>
      objectionTo({ action: 'split', proposal: 'p-00000001', members, name: 'Wifi', author: 'ana' }, context);
    // Brackets, and eleven bytes for each: quotes and a comma, of which the last has none.
    assert.equal(splitOf(many(5_957, (index) => String(index).padStart(8, '0'))), null);
    assert.equal(
      splitOf(many(5_958, (index) => String(index).padStart(8, '0')))?.en,
      '"members" takes up 65539 bytes, and at most 65536 are taken: decide in several steps.',
    );
    assert.match(splitOf(many(40_000, () => ''))?.en ?? '', /takes up 120001 bytes/);
    assert.match(splitOf(['ñ'.repeat(40_000)])?.en ?? '', /takes up 80004 bytes/);
  });

  it('shows at most a hundred proposals in the Temporal UI, the open ones first', () => {
    const decided = many(150, (index) => ({
      action: 'reject' as const,
      proposal: proposal(index).id,
      author: 'ana',
      number: index + 1,
      at: '',
    }));
    const markdown = describeReview(
      {
        pipeline: 'cafe',
        cycle: 1,
        proposals: foldReview(many(200, proposal), decided).proposals,
        waitingSince: '',
        deadline: '',
        finished: false,
        approvals: [],
        approvalsMissing: 1,
        approversRemaining: [],
        reviewers: [],
        refusedSignals: [],
      },
      { remindEveryHours: 72, deadlineHours: 504, onDeadline: 'abandon' },
    );
    const rows = markdown.split('\n').filter((line) => line.startsWith('| p-'));
    assert.equal(rows.length, 100);
    assert.ok(rows.slice(0, 50).every((row) => row.endsWith('| open |')));
    assert.match(rows[0]!, /^\| p-00000150 /);
    assert.match(markdown, /100 more proposals: `npx ciclo review cafe` lists them all\./);
  });
});

describe('pages of a list', () => {
  it('hold everything in order, each within its size as it is sent', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30, unit: 'grapheme' })), (values) => {
        const pages = inPages(values, 60);
        assert.deepEqual(pages.flat(), values);
        for (const page of pages)
          assert.ok(page.length === 1 || jsonBytes(page) <= 60, `${jsonBytes(page)} bytes`);
      }),
      { seed: 4 },
    );
  });

  it('are as few as they can be, one after the other', () => {
    // Four bytes each with the comma, and two for the brackets of a page.
    assert.deepEqual(inPages(['a', 'b', 'c', 'd', 'e'], 10), [['a', 'b'], ['c', 'd'], ['e']]);
    assert.deepEqual(inPages(['x'.repeat(50), 'b'], 10), [['x'.repeat(50)], ['b']]);
    assert.deepEqual(inPages([], 10), []);
  });
});
