import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import pc from 'picocolors';
import { isBroken, renderDoctor, type DoctorStyle, type FindingLevel } from '../domain/doctor';
import { createDoctorClients, examine } from '../doctor';
import { inspectBinary } from '../local/binaries/inspect';
import { readCodeVersion } from '../platform/code-version';
import { findPipelineFile, parsePipelineFile } from '../platform/configuration';
import { connectClient } from '../platform/temporal';
import { searchAttributes } from '../workflows/search-attributes';
import { defaultStateFolder, joinLocalServers, toJson, type CommandContext } from './session';

const projectFolder = join(__dirname, '..', '..');
/** What hangs after everything was said is left behind. */
const farewellMs = 500;

export function addDoctor(program: Command, { output, signal }: CommandContext): void {
  program
    .command('doctor')
    .description('what is missing or not allowed: on this machine, in the account, for a pipeline')
    .argument('[pipeline]', 'name or file of the pipeline; with it every permission is tried, too')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
Nothing is changed: an object is written below the pipeline's store and deleted again, DRAFT is exported, and what
cannot be tried without an effect is asked of IAM. Run it as the worker runs, with its role and environment. Ends with
1 where something is broken.

Examples:
  npx ciclo doctor
  npx ciclo doctor cafe
  npx ciclo doctor cafe --json | jq '.checks[].findings[] | select(.level == "broken")'`,
    )
    .action(async (pipeline: string | undefined, options: { json?: boolean }) => {
      const servers = await joinLocalServers();
      output.redraw('  Looking …');
      const reports = await examine({
        projectFolder,
        engines: packageEngines(),
        stateFolder: defaultStateFolder,
        searchAttributes,
        clients: createDoctorClients(),
        connectTemporal: connectClient,
        inspectBinaries:
          servers === 'named' ? null : () => Promise.all([inspectBinary('temporal'), inspectBinary('weed')]),
        ownBuild,
        isNothingChosen: servers === 'none',
        readPipeline:
          pipeline === undefined ? null : async () => parsePipelineFile(await findPipelineFile(pipeline)),
        signal,
      });
      output.redraw('');
      signal.throwIfAborted();
      const isFine = !isBroken(reports);
      if (options.json) output.out(toJson({ fine: isFine, checks: reports }));
      else {
        output.out(
          renderDoctor(reports, process.stdout.columns || Number(process.env['COLUMNS']) || 80, style),
        );
        if (pipeline === undefined)
          output.err('For a pipeline, with every permission: npx ciclo doctor PIPELINE');
      }
      process.exitCode = isFine ? 0 : 1;
      setTimeout(() => process.exit(), farewellMs).unref();
    });
}

const style: DoctorStyle = {
  heading: pc.bold,
  mark: (level, text) => markColours[level](text),
  command: pc.cyan,
  dim: pc.dim,
};

const markColours: Record<FindingLevel, (text: string) => string> = {
  fine: pc.green,
  warning: pc.yellow,
  'not-checked': pc.yellow,
  broken: pc.red,
};

interface PackageJson {
  version: string;
  engines: { node: string };
}

function readPackage(): PackageJson {
  return JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as PackageJson;
}

function packageEngines(): string {
  return readPackage().engines.node;
}

async function ownBuild(): Promise<string | null> {
  const dist = join(projectFolder, 'dist');
  return existsSync(dist) ? readCodeVersion(dist, readPackage().version) : null;
}
