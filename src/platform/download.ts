import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** How long a download may be silent. */
export interface SilenceLimits {
  /** A closed network must not make people wait. */
  firstByteMs: number;
  /** A transfer that has begun may take its time, but not stand still. */
  stallMs: number;
}

const silenceLimits: SilenceLimits = { firstByteMs: 5_000, stallMs: 30_000 };

/** Nothing came, or not all of it. */
export class DownloadError extends Error {
  /**
   * @param message the host and the reason
   * @param status of an answer that is no success; null where there was none or it broke off
   */
  constructor(
    message: string,
    readonly status: number | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DownloadError';
  }
}

/**
 * Writes what a URL answers to a file.
 *
 * @throws DownloadError naming the host and the reason
 */
export async function download(
  url: string,
  file: string,
  limits: SilenceLimits = silenceLimits,
): Promise<void> {
  const { host } = new URL(url);
  const abort = new AbortController();
  const stop = (reason: string) => () => abort.abort(new Error(reason));
  let timer = setTimeout(stop(`no answer within ${limits.firstByteMs / 1000} s`), limits.firstByteMs);
  let status: number | null = null;
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) {
      status = response.status;
      throw new Error(`HTTP ${response.status}`);
    }
    const watch = new Transform({
      transform(chunk, _encoding, callback) {
        clearTimeout(timer);
        timer = setTimeout(stop(`stood still for ${limits.stallMs / 1000} s`), limits.stallMs);
        callback(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body), watch, createWriteStream(file));
  } catch (error) {
    const reason = networkReason(abort.signal.aborted ? abort.signal.reason : error);
    throw new DownloadError(`${host}: ${reason}`, status, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks whether a URL answers, without what it answers.
 *
 * @throws DownloadError naming the host and the reason
 */
export async function requireAnswer(url: string, signal: AbortSignal): Promise<void> {
  const { host } = new URL(url);
  let response: Response;
  try {
    response = await fetch(url, { method: 'HEAD', signal });
  } catch (error) {
    throw new DownloadError(`${host}: ${networkReason(error)}`, null, { cause: error });
  }
  if (!response.ok) throw new DownloadError(`${host}: HTTP ${response.status}`, response.status);
}

/** `fetch` hides what went wrong in the causes of its error. */
function networkReason(error: unknown): string {
  const parts: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) parts.push(cause.message);
  return parts.join(': ');
}
