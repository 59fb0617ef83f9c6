#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { processOutput as output } from './commands/context';
import { rootCause } from './commands/follow';
import type { CommandContext } from './commands/session';
import { CicloError } from './domain/errors';

/** In the order in which a newcomer needs them; each is loaded when it is called, or when all are listed. */
const commands: Record<string, () => Promise<(program: Command, context: CommandContext) => void>> = {
  up: async () => (await import('./commands/up.js')).addUp,
  doctor: async () => (await import('./commands/doctor.js')).addDoctor,
  run: async () => (await import('./commands/run.js')).addRun,
  status: async () => (await import('./commands/status.js')).addStatus,
  review: async () => (await import('./commands/review.js')).addReview,
  console: async () => (await import('./commands/console.js')).addConsole,
  report: async () => (await import('./commands/report.js')).addReport,
  promote: async () => (await import('./commands/promote.js')).addPromote,
  watch: async () => (await import('./commands/watch.js')).addWatch,
  rollback: async () => (await import('./commands/rollback.js')).addRollback,
  audit: async () => (await import('./commands/audit.js')).addAudit,
  schedule: async () => (await import('./commands/schedule.js')).addSchedule,
  import: async () => (await import('./commands/import.js')).addImport,
  deploy: async () => (await import('./commands/deploy.js')).addDeploy,
  prepare: async () => (await import('./commands/prepare.js')).addPrepare,
  discover: async () => (await import('./commands/discover.js')).addDiscover,
  'encryption-key': async () => (await import('./commands/encryption-key.js')).addEncryptionKey,
  'codec-server': async () => (await import('./commands/codec-server.js')).addCodecServer,
};

/** The command line with the command that is called, or with all of them. */
async function createProgram(context: CommandContext, called: string | undefined): Promise<Command> {
  const load = called === undefined ? undefined : commands[called];
  const loaders = load ? [load] : Object.values(commands);
  const program = new Command('ciclo')
    .description('Keeps text classifiers alive: retrains a bot from its own logs, with a person in the loop.')
    .showHelpAfterError('(add --help for the options and examples)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  npx ciclo up                        everything on this machine, with the café example
  npx ciclo doctor cafe               what is missing or not allowed
  npx ciclo run cafe                  start a cycle and follow it
  npx ciclo review cafe               what waits for a decision
  npx ciclo rollback cafe             back to the version before

Exit codes: 0 fine, 1 it failed, 2 something about the call or its input is wrong, 130 interrupted.`,
    );
  for (const add of await Promise.all(loaders.map((load) => load()))) add(program, context);
  return program;
}

// Node 20 is supported on purpose; the SDK's reminder would stand in front of every command.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Error('Interrupted.')));
process.once('SIGTERM', () => interrupted.abort(new Error('Ended.')));

createProgram({ output, signal: interrupted.signal }, process.argv[2])
  .then((program) => program.parseAsync())
  .catch((error: unknown) => {
    output.redraw('');
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    if (interrupted.signal.aborted) {
      process.exitCode = 130;
      return;
    }
    const cause = rootCause(error);
    const told = cause instanceof CicloError || cause.name === 'ApplicationFailure';
    output.err(told ? cause.message : (cause.stack ?? cause.message));
    process.exitCode = cause instanceof CicloError && cause.permanent ? 2 : 1;
  });
