import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { toFailure } from '../../src/activities/failures';
import { ConflictError, InvalidInputError, messageOfFailure } from '../../src/domain/errors';
import { translateAwsError } from '../../src/platform/aws/errors';

function failureOf(error: unknown, attempt = 1): ApplicationFailure {
  const failure = toFailure(error, attempt);
  assert.ok(failure instanceof ApplicationFailure);
  return failure;
}

function fromAws(name: string, status: number, words = 'busy'): Error {
  const error = Object.assign(new Error(words), { name, $metadata: { httpStatusCode: status } });
  return translateAwsError(error, { operation: 'StartImport' });
}

describe('failures of activities', () => {
  it('carry the name and the facts of the error, and are final when it is', () => {
    const failure = failureOf(new InvalidInputError('No locale.', { localeId: 'es_ES' }));
    assert.deepEqual(
      [failure.type, failure.nonRetryable, failure.details],
      ['InvalidInputError', true, [{ localeId: 'es_ES' }]],
    );
    assert.equal(failureOf(new ConflictError('Changed meanwhile.')).nonRetryable, false);
    const other = new Error('something else');
    assert.equal(toFailure(other, 1), other);
  });

  it('carry what people of the console may read in their language', () => {
    const failure = failureOf(new InvalidInputError({ en: 'They moved.', es: 'Se movieron.' }, { moved: 2 }));
    assert.deepEqual(
      [failure.message, failure.details],
      ['They moved.', [{ moved: 2 }, { es: 'Se movieron.' }]],
    );
    assert.deepEqual(messageOfFailure(failure), { en: 'They moved.', es: 'Se movieron.' });
  });

  it('say it in English alone where nothing else was said, or by older code', () => {
    assert.equal(
      messageOfFailure(failureOf(new InvalidInputError('They moved.', { moved: 2 }))),
      'They moved.',
    );
    for (const details of [undefined, null, [], [{}], [{}, null], [{}, 'es'], [{}, { es: 7 }]])
      assert.equal(
        messageOfFailure({ message: 'They moved.', ...(details !== undefined && { details }) }),
        'They moved.',
      );
  });

  it('leave throttling to the retry policy, and wait longer and longer for conflicts and quotas', () => {
    const delays = (name: string, status: number) =>
      [1, 2, 3, 9].map((attempt): unknown => failureOf(fromAws(name, status), attempt).nextRetryDelay);
    const minute = 60_000;
    assert.deepEqual(delays('ThrottlingException', 429), [undefined, undefined, undefined, undefined]);
    assert.deepEqual(delays('ConflictException', 409), [minute / 4, minute / 2, minute, 5 * minute]);
    assert.deepEqual(delays('ServiceQuotaExceededException', 402), [
      5 * minute,
      10 * minute,
      20 * minute,
      30 * minute,
    ]);
  });

  it('hold nothing that a person said: neither in a cause, nor in a stack, nor from a parser', () => {
    const phrase = 'llama a María';
    const failures = [
      failureOf(fromAws('ValidationException', 400, `Value '${phrase}' is not valid`)),
      failureOf(new SyntaxError(`Unexpected token in "${phrase}"`)),
    ];
    for (const failure of failures) {
      assert.equal(failure.cause, undefined);
      assert.match(failure.stack ?? '', /^\s+at /m);
      assert.ok(!`${failure.message} ${failure.stack}`.includes('María'));
    }
  });
});
