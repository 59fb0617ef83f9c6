import assert from 'node:assert/strict';
import {
  approvalIsRequired,
  describeApprovals,
  isSamePerson,
  missingApprovals,
  objectionToApproval,
  objectionToReviewer,
  remainingApprovers,
  rolesOf,
  type Approval,
} from '../../../src/domain/review';

const timing = { remindEveryHours: 72, deadlineHours: 504, onDeadline: 'abandon' } as const;
const approvedBy = (...authors: string[]): Approval[] =>
  authors.map((author) => ({ author, at: '2026-11-01T00:00:00.000Z' }));

describe('review: roles and approvals', () => {
  it('let anyone decide and finish where nothing is configured', () => {
    const roles = rolesOf(timing);
    assert.deepEqual(roles, { approvals: 1, reviewers: [], approvers: [] });
    assert.equal(objectionToReviewer('anybody', roles), null);
    assert.equal(objectionToApproval({ author: 'anybody' }, roles, [], 0), null);
    assert.equal(approvalIsRequired(roles), false);
  });

  it('say who may decide and who may approve', () => {
    const roles = rolesOf({ ...timing, reviewers: ['ana', 'luis'], approvers: ['marta'] });
    assert.equal(objectionToReviewer('Luis', roles), null);
    assert.match(objectionToReviewer('marta', roles)?.en ?? '', /"marta" may not decide.*ana, luis/);
    assert.equal(objectionToApproval({ author: 'marta' }, roles, [], 0), null);
    assert.match(
      objectionToApproval({ author: 'ana' }, roles, [], 0)?.en ?? '',
      /"ana" may not approve.*marta/,
    );
    assert.equal(approvalIsRequired(roles), true);
  });

  it('count different people, however they spell themselves', () => {
    const roles = rolesOf({ ...timing, approvals: 2 });
    assert.equal(missingApprovals(roles, approvedBy('ana')), 1);
    assert.equal(missingApprovals(roles, approvedBy('ana', 'luis')), 0);
    for (const author of ['ana', ' Ana ', 'ANA'])
      assert.match(
        objectionToApproval({ author }, roles, approvedBy('ana'), 0)?.en ?? '',
        /approved already. 1 more approval must come from somebody else/,
      );
    assert.equal(objectionToApproval({ author: 'luis' }, roles, approvedBy('ana'), 0), null);
    assert.ok(isSamePerson('José', 'Jose\u0301'));
    assert.ok(!isSamePerson('José', 'Jose'));
  });

  it('name who is missing', () => {
    const roles = rolesOf({ ...timing, approvals: 2, approvers: ['ana', 'luis', 'marta'] });
    assert.deepEqual(remainingApprovers(roles, approvedBy('Luis')), ['ana', 'marta']);
    assert.match(
      objectionToApproval({ author: 'luis' }, roles, approvedBy('luis'), 0)?.en ?? '',
      /one of ana, marta/,
    );
  });

  it('refuse an approval of decisions that were not seen', () => {
    const roles = rolesOf({ ...timing, approvals: 2 });
    assert.equal(objectionToApproval({ author: 'luis', decisions: 3 }, roles, [], 3), null);
    assert.match(
      objectionToApproval({ author: 'luis', decisions: 3 }, roles, [], 4)?.en ?? '',
      /There are 4 decisions now, and you have seen 3/,
    );
  });

  it('want an author', () => {
    const roles = rolesOf(timing);
    for (const by of [undefined, null, {}, { author: '' }, { author: '  ' }, { author: 7 }])
      assert.match(objectionToApproval(by, roles, [], 0)?.en ?? '', /needs an author/);
    assert.equal(
      objectionToApproval({ author: 'a'.repeat(201) }, roles, [], 0)?.en,
      'The author of an approval has 201 characters and takes at most 200: shorten it.',
    );
  });

  it('say in each language whose word is missing', () => {
    const roles = rolesOf({ ...timing, approvals: 3, approvers: ['ana', 'luis', 'marta'] });
    assert.deepEqual(objectionToApproval({ author: 'ana' }, roles, approvedBy('ana'), 0), {
      en: '"ana" has approved already. 2 more approvals must come from one of luis, marta.',
      es: '«ana» ya ha aprobado. Faltan 2 aprobaciones más, de estas personas: luis, marta.',
    });
    assert.deepEqual(objectionToApproval({ author: 'ana' }, roles, approvedBy('ana', 'luis'), 0), {
      en: '"ana" has approved already. 1 more approval must come from one of marta.',
      es: '«ana» ya ha aprobado. Falta 1 aprobación más, de una de estas personas: marta.',
    });
    assert.equal(
      objectionToApproval({ author: 'ana' }, rolesOf({ ...timing, approvals: 2 }), approvedBy('ana'), 0)?.es,
      '«ana» ya ha aprobado. Falta 1 aprobación más, de otra persona.',
    );
    assert.equal(
      objectionToApproval({ author: 'eva' }, roles, [], 0)?.es,
      '«eva» no puede aprobar aquí. Aprueban en este pipeline (review.approvers): ana, luis, marta.',
    );
    assert.equal(
      objectionToApproval({ author: 'ana', decisions: 6 }, roles, [], 7)?.es,
      'Ahora hay 7 decisiones, y usted ha visto 6. Vuelva a mirar antes de aprobar.',
    );
    assert.equal(
      objectionToReviewer('eva', rolesOf({ ...timing, reviewers: ['ana'] }))?.es,
      '«eva» no puede decidir aquí. Deciden en este pipeline (review.reviewers): ana.',
    );
  });

  it('are told in a line each, and not at all where there is nothing to tell', () => {
    const about = { finished: false, approvals: [], approversRemaining: [], reviewers: [] };
    assert.deepEqual(describeApprovals({ ...about, approvalsMissing: 1 }), []);
    assert.deepEqual(
      describeApprovals({
        ...about,
        approvals: approvedBy('ana'),
        approvalsMissing: 1,
        approversRemaining: ['marta'],
        reviewers: ['ana'],
      }),
      [
        'May decide: ana.',
        'Approved by ana (2026-11-01T00:00:00.000Z).',
        'Missing: 1 approval, by marta. A new decision withdraws the approvals before it.',
      ],
    );
  });
});
