import type { Command } from 'commander';
import { discoverFiles } from '../jobs/discover';
import { cachedEmbeddingsUri } from '../platform/cache-folder';
import { openObjectStore } from '../platform/storage/object-store';
import { summarizeDiscovery } from './discovery-summary';
import { terminalColumns } from './context';
import { toJson, wholeNumber, type CommandContext } from './session';

export function addDiscover(program: Command, { output }: CommandContext): void {
  program
    .command('discover')
    .description('the job "discover" on plain files, with no server: what the bot does not know yet')
    .requiredOption('--utterances <file>', 'CSV or JSON lines with text, and optionally id and count')
    .option('--known <file>', 'what the bot knows: CSV or JSON lines with text and intent')
    .option('--rejected <file>', 'phrases that a person said no to: CSV or JSON lines with text')
    .option('--previous <file>', 'discovery.json of an earlier run: what persists keeps its id and name')
    .requiredOption('--out <file>', 'where the result goes')
    .option('--map <file>', 'where each phrase lies on the map as well: JSON')
    .option('--report <file>', 'a report in Spanish and English as well: one HTML file')
    .option(
      '--embedder <name>',
      'lexical, onnx:MODEL (a folder, s3://… or hub:ORG/NAME@REVISION), or bedrock:MODEL_ID',
      'lexical',
    )
    .option('--language <code>', "the bot's language, ISO 639-1", 'es')
    .option('--minimum-size <number>', 'fewest distinct phrases of a proposal', wholeNumber, 5)
    .option('--seed <number>', 'the same seed gives the same result', wholeNumber, 1)
    .option('--json', 'for programs: the result itself')
    .addHelpText(
      'after',
      `
Examples:
  npx ciclo discover --utterances out/utterances.jsonl --known known.csv --out discovery.json
  npx ciclo discover --utterances out/utterances.jsonl --known known.csv --out d.json --report d.html
  npx ciclo discover --utterances missed.csv --known known.csv --out d.json --json | jq '.proposals[].name'`,
    )
    .action(
      async (options: {
        utterances: string;
        known?: string;
        rejected?: string;
        previous?: string;
        out: string;
        map?: string;
        report?: string;
        embedder: string;
        language: string;
        minimumSize: number;
        seed: number;
        json?: boolean;
      }) => {
        const discovery = await discoverFiles({
          utterancesPath: options.utterances,
          knownPath: options.known,
          rejectedPath: options.rejected,
          previousPath: options.previous,
          outPath: options.out,
          surroundings: {
            kept: { store: openObjectStore(), uri: cachedEmbeddingsUri(process.env, process.platform) },
          },
          mapPath: options.map,
          reportPath: options.report,
          parameters: {
            embedder: options.embedder,
            language: options.language,
            minimumSize: options.minimumSize,
            seed: options.seed,
          },
          onProgress: ({ done, total, unit }) => output.redraw(`  ${done} of ${total} ${unit}`),
        });
        output.redraw('');
        output.out(
          options.json
            ? toJson(discovery)
            : [
                summarizeDiscovery(discovery, terminalColumns()),
                '',
                `Everything is in ${[options.out, options.map, options.report].filter(Boolean).join(', ')}`,
              ].join('\n'),
        );
      },
    );
}
