import { once } from 'node:events';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import pc from 'picocolors';
import type { Client } from '@temporalio/client';
import { startConsole, type ListeningConsole } from '../console/server/listen';
import { openIdAccess, publicUrlOf } from '../console/server/openid';
import { pipelineFiles } from '../console/server/pipelines';
import { openObjectStore } from '../platform/storage/object-store';
import { connectClient, temporalSettings } from '../platform/temporal';
import { authorOf } from './context';
import { defaultStateFolder, joinLocalServers, type CommandContext } from './session';
import { findLocalUi } from '../local/local-servers';

/** The page, as the build leaves it. */
const pageFolder = join(__dirname, '..', 'console', 'page');
export const consolePort = 8280;

export function addConsole(program: Command, { output, signal }: CommandContext): void {
  program
    .command('console')
    .description('serve the review console: look at the proposals and decide in a browser')
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option(
      '--port <number>',
      `where to listen; 0 for any free port, which is also taken where none is given and ${consolePort} is in use`,
      port,
    )
    .option('--author <name>', 'who acts by the printed link; else CICLO_AUTHOR or the machine’s user')
    .addHelpText(
      'after',
      `
On this machine the printed link lets its first reader in. Elsewhere people come in by OpenID Connect, from the variables
CICLO_CONSOLE_URL, CICLO_CONSOLE_OPENID_ISSUER, CICLO_CONSOLE_OPENID_CLIENT_ID, CICLO_CONSOLE_OPENID_CLIENT_SECRET and
others (docs/console.md).

Examples:
  npx ciclo console
  npx ciclo console --port 0 --author ana`,
    )
    .action(async ({ port: wanted, ...options }: { host: string; port?: number; author?: string }) => {
      await joinLocalServers();
      const client = await connectClient();
      try {
        const started = await serveConsole(client, {
          ...options,
          port: wanted ?? consolePort,
          orAnyPort: wanted === undefined,
          temporalUi: process.env['CICLO_TEMPORAL_UI'] ?? (await findLocalUi(defaultStateFolder)),
        });
        output.out(`The console listens on ${started.url}`);
        output.out(`Open it: ${pc.cyan(started.link())}`);
        if (!signal.aborted) await once(signal, 'abort');
        await started.close();
      } finally {
        await client.connection.close();
      }
    });
}

/** Starts the console for the pipelines of this folder, with what the environment says of who may come in. */
export async function serveConsole(
  client: Client,
  options: {
    host: string;
    port: number;
    orAnyPort?: boolean;
    author?: string;
    /** Base of the Temporal Web UI, where one is known. */
    temporalUi: string | undefined;
  },
): Promise<ListeningConsole> {
  const { namespace } = temporalSettings();
  const openid = await openIdAccess();
  return startConsole(
    {
      client,
      store: openObjectStore(),
      pipelines: pipelineFiles(),
      access: openid ?? { kind: 'link', author: authorOf(options.author), role: 'admin' },
      publicUrl: publicUrlOf(),
      temporalUi:
        options.temporalUi === undefined
          ? null
          : `${options.temporalUi}/namespaces/${encodeURIComponent(namespace)}`,
      pageFolder,
    },
    options,
  );
}

function port(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('A port from 0 to 65535 is wanted.');
  return value;
}
