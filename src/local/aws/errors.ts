/** An error that the stand-in answers over the wire as the service would. */
export class ServiceError extends Error {
  /**
   * @param type the service's own name of the error, e.g. `ConflictException`
   * @param status HTTP status code
   * @param message what the caller reads
   */
  constructor(
    readonly type: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ServiceError';
  }
}

export const validationError = (message: string) => new ServiceError('ValidationException', 400, message);
export const notFoundError = (message: string) => new ServiceError('ResourceNotFoundException', 404, message);
export const conflictError = (message: string) => new ServiceError('ConflictException', 409, message);
export const preconditionError = (message: string) =>
  new ServiceError('PreconditionFailedException', 412, message);
export const quotaError = (message: string) =>
  new ServiceError('ServiceQuotaExceededException', 402, message);
export const throttlingError = (message: string) => new ServiceError('ThrottlingException', 429, message);

/** What the stand-in cannot do, said so loudly that nobody takes it for success. */
export const notImplementedError = (what: string) =>
  new ServiceError('NotImplementedException', 501, `The local AWS does not implement ${what}.`);
