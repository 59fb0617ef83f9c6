import type { Command } from 'commander';
import { prepareFolder, type PreparedFolder } from '../jobs/prepare';
import { toJson, type CommandContext } from './session';

export function addPrepare(program: Command, { output }: CommandContext): void {
  program
    .command('prepare')
    .description(
      'the job "prepare" on plain files, with no server: logs in, distinct redacted utterances out',
    )
    .requiredOption('--logs <folder>', 'where the logs lie; read with its subfolders')
    .requiredOption('--out <folder>', 'where the results go')
    .option('--locale <id>', "the bot's locale", 'es_ES')
    .option('--low-confidence <number>', 'answers below it count as uncertain', Number, 0.6)
    .option('--json', 'for programs: one object with the counts and the paths')
    .addHelpText(
      'after',
      '\nExamples:\n  npx ciclo prepare --logs examples/cafe/logs --out /tmp/cafe\n  npx ciclo prepare --logs logs --out out --json | jq .records',
    )
    .action(
      async (options: {
        logs: string;
        out: string;
        locale: string;
        lowConfidence: number;
        json?: boolean;
      }) => {
        const prepared = await prepareFolder({
          logsDirectory: options.logs,
          outDirectory: options.out,
          parameters: { localeId: options.locale, lowConfidence: options.lowConfidence },
          onProgress: ({ done, total, unit }) => output.redraw(`  ${done} of ${total} ${unit}`),
        });
        output.redraw('');
        output.out(options.json ? toJson(preparedJson(prepared)) : formatPrepared(prepared));
      },
    );
}

/** What the job did, as one object for programs: counts and the paths that it wrote. */
function preparedJson({ result, paths }: PreparedFolder) {
  const { records, interactions, redacted } = result;
  return { records, interactions, redacted, utterances: result.utterances.rows, paths };
}

/** The same for a person. */
function formatPrepared({ result, paths }: PreparedFolder): string {
  const { records, interactions } = result;
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([reason, count]) => `${count} ${reason}`)
      .join(', ');
  const quarantined = records.quarantined > 0 ? ` (${list(records.quarantinedByReason)})` : '';
  const leftOut = list(interactions.leftOutByReason);
  const redacted = list(result.redacted);
  return [
    `${records.in} records: ${records.accepted} accepted, ${records.quarantined} quarantined${quarantined}`,
    `interactions: ${interactions.understood} understood, ${interactions.uncertain} uncertain, ${interactions.missed} missed${leftOut ? `; left out: ${leftOut}` : ''}`,
    ...(redacted ? [`personal data replaced: ${redacted}`] : []),
    `${result.utterances.rows} distinct utterances in ${paths.utterances}`,
    `what was quarantined, and why: ${paths.quarantine}`,
  ].join('\n');
}
