import { ServiceError } from '../errors';

/** The errors of Bedrock's runtime, in its own words. */
export const invalidRequest = (message: string) => new ServiceError('ValidationException', 400, message);
export const unknownModel = () => invalidRequest('The provided model identifier is invalid.');
export const noAccess = () =>
  new ServiceError(
    'AccessDeniedException',
    403,
    "You don't have access to the model with the specified model ID.",
  );
export const tooManyRequests = () =>
  new ServiceError(
    'ThrottlingException',
    429,
    'Too many requests, please wait before trying again. You have sent too many requests. Wait before trying again.',
  );
