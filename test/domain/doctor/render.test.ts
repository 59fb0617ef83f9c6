import assert from 'node:assert/strict';
import {
  broken,
  fine,
  isBroken,
  notChecked,
  renderDoctor,
  summary,
  warning,
} from '../../../src/domain/doctor';
import type { CheckReport, DoctorStyle } from '../../../src/domain/doctor';

const plain: DoctorStyle = {
  heading: (text) => text,
  mark: (_level, text) => text,
  command: (text) => text,
  dim: (text) => text,
};

const command =
  'aws sns subscribe --topic-arn arn:aws:sns:eu-west-1:000000000000:ciclo-cafe --protocol email --notification-endpoint you@example.com';
const reports: CheckReport[] = [
  {
    id: 'topic',
    group: 'pipeline',
    findings: [warning('The topic has no subscriptions.', { commands: [command] })],
  },
  { id: 'node', group: 'machine', findings: [fine('Node v20.20.2 on linux x64.')] },
  {
    id: 'permissions',
    group: 'account',
    findings: [
      broken(
        'arn:aws:iam::000000000000:user/ana may not sns:Publish on arn:aws:sns:eu-west-1:000000000000:ciclo-cafe.',
        {
          why: 'Nobody would learn that a review waits.',
          next: 'Add to its policy:',
          statements: [{ Sid: 'TellPeople', Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }],
        },
      ),
      notChecked('lex:StartImport, because IAM may not be asked.'),
    ],
  },
];

describe('what the doctor says', () => {
  it('is readable at 60 columns, and what is to be copied is in one piece', () => {
    const expected = [
      'Machine',
      '  ✓ Node v20.20.2 on linux x64.',
      '',
      'Account',
      '  ✗ arn:aws:iam::000000000000:user/ana may not sns:Publish',
      '    on arn:aws:sns:eu-west-1:000000000000:ciclo-cafe.',
      '    Nobody would learn that a review waits.',
      '    → Add to its policy:',
      '      {',
      '        "Sid": "TellPeople",',
      '        "Effect": "Allow",',
      '        "Action": "sns:Publish",',
      '        "Resource": "*"',
      '      }',
      '  ! Not checked: lex:StartImport, because IAM may not be',
      '    asked.',
      '',
      'Pipeline',
      '  ! The topic has no subscriptions.',
      `      ${command}`,
      '',
      '1 broken, 1 to look at, 1 not checked, 1 fine.',
    ];
    assert.deepEqual(renderDoctor(reports, 60, plain).split('\n'), expected);
  });

  it('wraps to the terminal, within reason', () => {
    const long: CheckReport[] = [
      { id: 'long', group: 'machine', findings: [fine('word '.repeat(200).trim())] },
    ];
    const widths = [60, 100, 400, 10].map((columns) =>
      Math.max(
        ...renderDoctor(long, columns, plain)
          .split('\n')
          .map((line) => line.length),
      ),
    );
    // Words of five characters with their space fill 58 of 60, 98 of 100 and 38 of 40 columns.
    assert.deepEqual(widths, [58, 98, 98, 38]);
  });

  it('is broken by what is broken alone', () => {
    assert.equal(isBroken(reports), true);
    assert.equal(isBroken(reports.filter(({ id }) => id !== 'permissions')), false);
    assert.equal(summary(reports.filter(({ id }) => id === 'node')), 'Nothing is missing: 1 fine.');
  });
});
