import { isIP } from 'node:net';
import { CicloError, InvalidConfigurationError } from '../../domain/errors';
import { createConsoleServer } from './index';
import type { ConsoleOptions } from './options';

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

export interface ListeningConsole {
  /** Without a slash at the end. */
  url: string;
  /**
   * An address of the page that lets in whoever opens it first, where access is by link.
   * @param view fragment of a view, e.g. from `reviewPage`
   */
  link(view?: string): string;
  close(): Promise<void>;
}

export interface ListenOptions {
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Whether another free port will do where this one is in use. */
  orAnyPort?: boolean;
}

/**
 * Starts the console.
 *
 * @throws InvalidConfigurationError where links would have to protect it beyond this machine, or the port is in use
 */
export async function startConsole(
  options: ConsoleOptions,
  listen: ListenOptions,
): Promise<ListeningConsole> {
  const { host, port, orAnyPort } = listen;
  if (!loopback.has(host) && options.access.kind === 'link') {
    throw new InvalidConfigurationError(
      `Links let anybody in who reads them: beyond this machine (${host}) people come in by OpenID Connect. Set CICLO_CONSOLE_OPENID_ISSUER and what belongs to it (docs/console.md), or listen on 127.0.0.1.`,
      { host },
    );
  }
  const { server, issueToken } = await createConsoleServer(options, {
    logger: { level: 'error', stream: process.stderr },
  });
  try {
    await server.listen({ host, port });
  } catch (cause) {
    const inUse = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (inUse && orAnyPort) {
      await server.close();
      return startConsole(options, { host, port: 0 });
    }
    throw new InvalidConfigurationError(
      `The console cannot listen on ${host}:${port}: ${inUse ? 'it is in use; choose another with --port' : (cause as Error).message}.`,
      { host, port },
      true,
      { cause },
    );
  }
  const address = server.server.address();
  if (address === null || typeof address === 'string')
    throw new CicloError('The console listens nowhere.', { host, port }, false);
  const url = options.publicUrl ?? `http://${isIP(host) === 6 ? `[${host}]` : host}:${address.port}`;
  return {
    url,
    link: (view = '') =>
      options.access.kind === 'link' ? `${url}/?token=${issueToken()}${view}` : `${url}/${view}`,
    close: () => server.close(),
  };
}
