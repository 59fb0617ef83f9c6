import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { InvalidConfigurationError } from '../domain/errors';
import { startCodecServer } from '../platform/encryption/codec-server';
import { createPayloadCodec, encryptionSettings } from '../platform/encryption/settings';
import { temporalSettings } from '../platform/temporal';
import { joinLocalServers, type CommandContext } from './session';

/** The Web UI of `temporal server start-dev`, by both names of this machine. */
const usualOrigins = ['http://localhost:8233', 'http://127.0.0.1:8233'];
const usualPort = 8888;

export function addCodecServer(program: Command, { output, signal }: CommandContext): void {
  program
    .command('codec-server')
    .description('decrypt payloads for the Temporal UI and temporal --codec-endpoint')
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--port <number>', 'where to listen; 0 for any free port', port, usualPort)
    .option('--cors-origin <origin...>', 'the Web UI whose pages may ask', usualOrigins)
    .addHelpText(
      'after',
      `
The keys are those of CICLO_ENCRYPTION_KEY and CICLO_ENCRYPTION_OLD_KEYS. With CICLO_CODEC_TOKEN set, callers must
send it as "Authorization: Bearer TOKEN"; it is wanted wherever the server listens beyond this machine.

Examples:
  npx ciclo codec-server
  temporal workflow show --workflow-id retrain/cafe --codec-endpoint http://127.0.0.1:${usualPort}`,
    )
    .action(async (options: { host: string; port: number; corsOrigin: string[] }) => {
      await joinLocalServers();
      const { key, oldKeys } = encryptionSettings();
      if (key === null && oldKeys.length === 0) {
        throw new InvalidConfigurationError(
          'There is no key to decrypt with. Set CICLO_ENCRYPTION_KEY as it is for the worker.',
        );
      }
      const { namespace } = temporalSettings();
      const token = process.env['CICLO_CODEC_TOKEN'];
      const server = await startCodecServer({
        codec: createPayloadCodec(namespace),
        namespace,
        host: options.host,
        port: options.port,
        corsOrigins: options.corsOrigin,
        token: token === undefined || token === '' ? null : token,
      });
      output.out(`The codec server of namespace "${namespace}" listens on ${server.endpoint}`);
      if (!signal.aborted) await once(signal, 'abort');
      await server.close();
    });
}

function port(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('A port from 0 to 65535 is wanted.');
  return value;
}
