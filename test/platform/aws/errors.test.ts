import assert from 'node:assert/strict';
import {
  CicloError,
  ConflictError,
  InvalidInputError,
  NotFoundError,
  QuotaExceededError,
} from '../../../src/domain/errors';
import {
  AccessDeniedError,
  awsFailureKind,
  type AwsFailureKind,
  ExpiredCredentialsError,
  ServiceUnavailableError,
  ThrottledError,
  translateAwsError,
} from '../../../src/platform/aws/errors';

function sdkError(name: string, status?: number, extra: object = {}): Error {
  return Object.assign(new Error('the words of the service'), {
    name,
    $metadata: { httpStatusCode: status, requestId: 'r-1' },
    ...extra,
  });
}

describe('errors of AWS', () => {
  const cases: [AwsFailureKind, Error, new (...args: never[]) => CicloError, boolean][] = [
    ['throttled', sdkError('ThrottlingException', 429), ThrottledError, false],
    ['throttled', sdkError('SlowDown', 503), ThrottledError, false],
    ['throttled', sdkError('SomethingNew', 429), ThrottledError, false],
    ['throttled', sdkError('KMSThrottlingException', 400), ThrottledError, false],
    ['conflict', sdkError('ConflictException', 409), ConflictError, false],
    ['quota', sdkError('ServiceQuotaExceededException', 402), QuotaExceededError, false],
    ['unavailable', sdkError('InternalServerException', 500), ServiceUnavailableError, false],
    ['unavailable', sdkError('BadGatewayException', 502), ServiceUnavailableError, false],
    ['unavailable', sdkError('DependencyFailedException', 424), ServiceUnavailableError, false],
    ['unavailable', sdkError('SomethingNew', 503), ServiceUnavailableError, false],
    ['unavailable', sdkError('TimeoutError'), ServiceUnavailableError, false],
    ['unavailable', Object.assign(new Error(''), { code: 'ECONNREFUSED' }), ServiceUnavailableError, false],
    [
      'unavailable',
      new AggregateError([Object.assign(new Error('a'), { code: 'ECONNREFUSED' })]),
      ServiceUnavailableError,
      false,
    ],
    ['invalid', sdkError('ValidationException', 400), InvalidInputError, true],
    ['invalid', sdkError('PreconditionFailedException', 412), InvalidInputError, true],
    ['invalid', sdkError('SomethingNew', 418), InvalidInputError, true],
    ['denied', sdkError('AccessDeniedException', 403), AccessDeniedError, true],
    ['denied', sdkError('UnknownError', 403), AccessDeniedError, true],
    [
      'denied',
      Object.assign(new Error('Could not load'), { name: 'CredentialsProviderError' }),
      AccessDeniedError,
      true,
    ],
    ['denied', Object.assign(new Error('Region is missing'), { code: 'no region' }), AccessDeniedError, true],
    ['missing', sdkError('ResourceNotFoundException', 404), NotFoundError, true],
    ['missing', sdkError('NoSuchBucket', 404), NotFoundError, true],
    ['expired-credentials', sdkError('ExpiredToken', 400), ExpiredCredentialsError, true],
    ['expired-credentials', sdkError('ExpiredTokenException', 403), ExpiredCredentialsError, true],
    [
      'expired-credentials',
      Object.assign(new Error('The SSO session has expired'), { name: 'CredentialsProviderError' }),
      ExpiredCredentialsError,
      true,
    ],
  ];

  for (const [kind, error, type, permanent] of cases) {
    const label = error.name === 'Error' ? (error as NodeJS.ErrnoException).code : error.name;
    it(`${label} is ${kind}, and ${permanent ? 'permanent' : 'worth another try'}`, () => {
      assert.equal(awsFailureKind(error), kind);
      const translated = translateAwsError(error, { operation: 'StartImport', subject: 'bot CafeBot' });
      assert.ok(translated instanceof type);
      assert.equal(translated.permanent, permanent);
      assert.equal(translated.cause, error);
      assert.equal(translated.facts.kind, kind);
      assert.match(translated.message, /^StartImport \(bot CafeBot\) failed: /);
      assert.equal(awsFailureKind(translated), kind);
    });
  }

  it('carry the service’s words, its request id and what to do', () => {
    const translated = translateAwsError(sdkError('AccessDeniedException', 403), { operation: 'ListBots' });
    assert.ok(translated instanceof CicloError);
    assert.equal(
      translated.message,
      'ListBots failed: AccessDeniedException: the words of the service. ' +
        'Check which identity is in use (aws sts get-caller-identity) and allow it this action on this resource.',
    );
    assert.deepEqual(translated.facts, {
      kind: 'denied',
      operation: 'ListBots',
      service: 'AccessDeniedException',
      status: 403,
      requestId: 'r-1',
    });
  });

  it('do not quote what a person said, and end in one full stop', () => {
    const message = (words: string) =>
      translateAwsError(
        Object.assign(new Error(words), { name: 'ValidationException', $metadata: { httpStatusCode: 400 } }),
        { operation: 'RecognizeText' },
      ).message;
    const failed = 'RecognizeText failed: ValidationException: ';
    const advice = ' The request itself has to change.';
    assert.equal(message('The bot does not exist.'), `${failed}The bot does not exist.${advice}`);
    assert.equal(
      message("1 validation error: Value 'llama a María, 612 345 678' at 'sessionId' is too long"),
      `${failed}1 validation error: Value … at 'sessionId' is too long.${advice}`,
    );
    assert.equal(
      message("It couldn't be read: \"soy Ana\" in intent 'PedirCafe' of bot 'ABCDEFGHIJ'."),
      `${failed}It couldn't be read: … in intent 'PedirCafe' of bot 'ABCDEFGHIJ'.${advice}`,
    );
    assert.ok(message('largo '.repeat(1_000)).length < 550);
  });

  it('say why a fetch failed, and do not quote an answer that cannot be read', () => {
    const refused = new TypeError('fetch failed', {
      cause: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED' }),
    });
    assert.match(
      translateAwsError(refused, { operation: 'PUT of the archive' }).message,
      /^PUT of the archive failed: ECONNREFUSED: connect ECONNREFUSED 127\.0\.0\.1:9\. Nothing answers there/,
    );
    const brokenOff = new TypeError('terminated', {
      cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
    });
    assert.equal(awsFailureKind(brokenOff), 'unavailable');
    const garbled = Object.assign(new SyntaxError('Unexpected token in "quiero un café"'), { $response: {} });
    const translated = translateAwsError(garbled, { operation: 'RecognizeText' });
    assert.ok(translated instanceof ServiceUnavailableError);
    assert.equal(
      translated.message,
      'RecognizeText failed: SyntaxError: the answer cannot be read. It is worth another try.',
    );
  });

  it('leave alone what is translated already or did not come from AWS', () => {
    const own = new InvalidInputError('x');
    assert.equal(translateAwsError(own, { operation: 'x' }), own);
    assert.equal(awsFailureKind(own), undefined);
    const other = new TypeError('x');
    assert.equal(translateAwsError(other, { operation: 'x' }), other);
    assert.equal(awsFailureKind(other), undefined);
    assert.equal(awsFailureKind('x'), undefined);
  });
});
