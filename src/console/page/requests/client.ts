import type { ConsoleErrorBody } from '../../api';

/** What the server refused, or that it could not be reached (`status` 0). */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly status: number,
    /** Name of the server's error; `Unreachable` where there was no answer. */
    readonly type: string,
    /** English. */
    message: string,
    readonly facts: ConsoleErrorBody['error']['facts'] = {},
    /** The message in other languages, as far as the server knows it. */
    readonly translations: ConsoleErrorBody['error']['translations'] = undefined,
  ) {
    super(message);
  }

  /** Whether the same request may well succeed later. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const requestTimeoutMs = 30_000;

/**
 * Reads JSON from the API.
 * @param path below `api/`
 * @throws RequestError
 */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>(path, { method: 'GET' }, signal);
}

/**
 * Sends JSON to the API.
 * @throws RequestError
 */
export async function postJson<T>(path: string, body: unknown, csrfToken: string): Promise<T> {
  return send<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
    body: JSON.stringify(body),
  });
}

async function send<T>(path: string, init: RequestInit, signal?: AbortSignal): Promise<T> {
  const timeout = AbortSignal.timeout(requestTimeoutMs);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`api/${path}`, {
      ...init,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestError(0, 'Unreachable', '');
  }
  if (response.ok) return JSON.parse(text) as T;
  throw refusal(response.status, text);
}

function refusal(status: number, text: string): RequestError {
  try {
    const { error } = JSON.parse(text) as ConsoleErrorBody;
    return new RequestError(status, error.type, error.message, error.facts, error.translations);
  } catch {
    return new RequestError(status, 'UnexpectedAnswer', text.slice(0, 300));
  }
}
