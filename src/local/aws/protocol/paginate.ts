import { validationError } from '../errors';

/**
 * Cuts one page out of a list.
 * @param nextToken as the previous page gave it
 * @throws ServiceError `ValidationException` for a token that is none
 */
export function paginate<T>(
  items: T[],
  pageSize: number,
  nextToken: string | undefined,
): { page: T[]; nextToken?: string } {
  const start = nextToken === undefined ? 0 : Number(Buffer.from(nextToken, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw validationError('nextToken is not valid.');
  const end = start + pageSize;
  return {
    page: items.slice(start, end),
    nextToken: end < items.length ? Buffer.from(String(end)).toString('base64url') : undefined,
  };
}
