import type { Command } from 'commander';
import pc from 'picocolors';
import { auditAuthor, type AuditEntry, describeAuditEvent } from '../domain/audit';
import { InvalidInputError } from '../domain/errors';
import { AuditTrail, type AuditVerification } from '../platform/registry/audit-trail';
import { openObjectStore } from '../platform/storage/object-store';
import { formatTable } from './format';
import { readPipeline, toJson, type CommandContext } from './session';

const sha256Pattern = /^[0-9a-f]{64}$/;

export function addAudit(program: Command, { output }: CommandContext): void {
  program
    .command('audit')
    .description('who decided, approved and switched what, from a trail that shows when it was edited')
    .argument('<pipeline>', 'name or file of the pipeline')
    .option(
      '--verify',
      'check the chain: exit code 1 and the entries when something was changed or is missing',
    )
    .option('--known <sha256>', 'with --verify: the end of the chain as it was noted earlier')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      '\nExamples:\n  npx ciclo audit cafe\n  npx ciclo audit cafe --verify\n  npx ciclo audit cafe --verify --known 9f86d081…',
    )
    .action(async (pipeline: string, options: { verify?: boolean; known?: string; json?: boolean }) => {
      const configuration = await readPipeline(pipeline);
      if (options.known !== undefined && !sha256Pattern.test(options.known)) {
        throw new InvalidInputError('--known takes the 64 hexadecimal digits that --verify printed.', {});
      }
      const trail = new AuditTrail(openObjectStore(), configuration.store.uri, configuration.name);
      if (options.verify || options.known !== undefined) {
        const verification = await trail.verify(options.known ?? null);
        output.out(options.json ? toJson(verification) : formatVerification(verification));
        if (verification.problems.length > 0) process.exitCode = 1;
        return;
      }
      const entries = await trail.entries();
      output.out(options.json ? toJson(entries) : formatEntries(configuration.name, entries));
    });
}

function formatEntries(pipeline: string, entries: readonly AuditEntry[]): string {
  if (entries.length === 0)
    return `The audit trail of ${pipeline} is empty: nothing was decided or switched yet.`;
  return formatTable(
    entries.map(({ number, at, event }) => [
      String(number),
      at,
      auditAuthor(event) ?? '-',
      describeAuditEvent(event),
    ]),
  );
}

function formatVerification({ entries, head, problems }: AuditVerification): string {
  const found = problems.map(({ number, problem }) => pc.red(`Entry ${number} ${problem}.`));
  const end = head
    ? `The chain ends at entry ${head.number}: ${head.sha256}\nNote it elsewhere; "--known" finds out later whether the end was cut off.`
    : 'The trail is empty.';
  const verdict =
    problems.length === 0
      ? `${entries} entries, each chained to the one before: nothing was changed, and none is missing.`
      : `${entries} entries, ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}. Compare with the bucket’s object versions.`;
  return [...found, verdict, end].join('\n');
}
