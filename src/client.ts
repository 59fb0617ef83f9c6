#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { addAudit } from './commands/audit';
import { addCodecServer } from './commands/codec-server';
import { addConsole } from './commands/console';
import { processOutput as output } from './commands/context';
import { addDeploy } from './commands/deploy';
import { addDiscover } from './commands/discover';
import { addDoctor } from './commands/doctor';
import { addEncryptionKey } from './commands/encryption-key';
import { rootCause } from './commands/follow';
import { addImport } from './commands/import';
import { addPrepare } from './commands/prepare';
import { addPromote } from './commands/promote';
import { addReport } from './commands/report';
import { addReview } from './commands/review';
import { addRollback } from './commands/rollback';
import { addRun } from './commands/run';
import { addSchedule } from './commands/schedule';
import type { CommandContext } from './commands/session';
import { addStatus } from './commands/status';
import { addUp } from './commands/up';
import { addWatch } from './commands/watch';
import { CicloError } from './domain/errors';

/** The command line, with its commands in the order in which a newcomer needs them. */
function createProgram(context: CommandContext): Command {
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
  const commands = [
    addUp,
    addDoctor,
    addRun,
    addStatus,
    addReview,
    addConsole,
    addReport,
    addPromote,
    addWatch,
    addRollback,
    addAudit,
    addSchedule,
    addImport,
    addDeploy,
    addPrepare,
    addDiscover,
    addEncryptionKey,
    addCodecServer,
  ];
  for (const add of commands) add(program, context);
  return program;
}

// Node 20 is supported on purpose; the SDK's reminder would stand in front of every command.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Error('Interrupted.')));
process.once('SIGTERM', () => interrupted.abort(new Error('Ended.')));

createProgram({ output, signal: interrupted.signal })
  .parseAsync()
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
