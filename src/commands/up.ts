import type { WorkflowHandle } from '@temporalio/client';
import type { Command } from 'commander';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pc from 'picocolors';
import { reviewPage } from '../domain/console-address';
import { retrainWorkflowId, type CycleResult } from '../domain/cycle';
import { CicloError } from '../domain/errors';
import type { PipelineConfiguration } from '../domain/pipeline';
import { loadExample, loadLaterLogs } from '../local/example/load-example';
import { startLocalServers } from '../local/local-servers';
import { startLocalWorker } from '../local/local-worker';
import {
  createBatchClient,
  createLexModelsClient,
  createS3Client,
  createSnsClient,
} from '../platform/aws/clients';
import { findPipelineFile, parsePipelineFile } from '../platform/configuration';
import { applySchedule } from '../platform/schedule';
import { openObjectStore } from '../platform/storage/object-store';
import { connectClient } from '../platform/temporal';
import { searchAttributes } from '../workflows/search-attributes';
import type { retrain } from '../workflows/retrain';
import type { ListeningConsole } from '../console/server/listen';
import { consolePort, serveConsole } from './console';
import { authorOf, type CommandOutput } from './context';
import { followCycle } from './follow';
import { describeResult } from './result';
import { findRunningCycle, startCycle } from '../operations/cycles';
import { finishReview, listReview, sendDecision } from '../operations/reviews';
import { howToAnswer } from './format-review';
import { defaultStateFolder, type CommandContext } from './session';

const projectFolder = join(__dirname, '..', '..');
const exampleFolder = join(projectFolder, 'examples', 'cafe');
/** The job definition's image, and what stands in for it here: the same entry point that the image has. */
const image = 'ciclo-jobs';

export function addUp(program: Command, { output, signal }: CommandContext): void {
  program
    .command('up')
    .description('start servers, a worker and the café example on this machine, and follow its cycle')
    .option('--once', 'run one cycle, then end')
    .option('--approve', 'accept every proposal')
    .option('--state <folder>', 'where the servers keep their data', defaultStateFolder)
    .option('--author <name>', 'who approves')
    .addHelpText('after', '\nExamples:\n  npx ciclo up\n  npx ciclo up --once --approve')
    .action(async (options: { once?: boolean; approve?: boolean; state: string; author?: string }) => {
      process.exitCode = await up(
        {
          stateFolder: options.state,
          once: options.once === true,
          approve: options.approve === true,
          author: authorOf(options.author),
        },
        output,
        signal,
      );
    });
}

interface UpOptions {
  stateFolder: string;
  /** Run one cycle and end. */
  once: boolean;
  /** Accept every proposal, as the author. */
  approve: boolean;
  author: string;
}

/**
 * Everything on one machine: servers, worker, the example and its cycle, followed to its end. Ends cleanly when
 * interrupted; what was begun goes on at the next start.
 * @returns the exit code
 */
async function up(options: UpOptions, output: CommandOutput, interrupted: AbortSignal): Promise<number> {
  const broken = new AbortController();
  const signal = AbortSignal.any([interrupted, broken.signal]);
  const step = (line: string) => output.err(pc.dim(`  ${line}`));
  const startedMs = Date.now();
  output.err(pc.bold('Ciclo: the café example on this machine'));
  const servers = await startLocalServers({
    stateFolder: options.stateFolder,
    searchAttributes,
    images: { [image]: [process.execPath, ...process.execArgv, join(__dirname, '..', 'jobs', 'main')] },
    report: step,
  });
  const stops: (() => Promise<unknown>)[] = [() => servers.stop()];
  try {
    Object.assign(process.env, servers.environment);
    delete process.env['AWS_PROFILE'];
    signal.throwIfAborted();
    if (servers.uiUrl) output.err(`  Temporal UI   ${pc.cyan(servers.uiUrl)}`);
    const client = await connectClient();
    stops.unshift(() => client.connection.close());
    const console = await serveConsole(client, {
      host: '127.0.0.1',
      port: consolePort,
      orAnyPort: true,
      author: options.author,
      temporalUi: servers.uiUrl,
    });
    stops.unshift(() => console.close());
    const worker = await startLocalWorker({
      stateFolder: options.stateFolder,
      environment: { ...servers.environment, CICLO_CONSOLE_URL: console.url },
      entry: join(__dirname, '..', 'worker.js'),
    });
    // After the console, whose questions the worker answers.
    stops.splice(1, 0, () => worker.stop());
    void worker.ended.then((how) =>
      broken.abort(new CicloError(`The worker ended: ${how}. What it said last is in ${worker.logFile}.`)),
    );
    const configuration = await parsePipelineFile(await findPipelineFile('cafe'));
    const store = openObjectStore();
    const example = {
      folder: exampleFolder,
      configuration,
      store,
      s3: createS3Client(),
      sns: createSnsClient(),
      batch: createBatchClient(),
      lexModels: createLexModelsClient(),
      image,
      report: step,
    };
    await loadExample(example);
    signal.throwIfAborted();
    const schedule = await applySchedule(client, configuration, new Date());
    step(
      `schedule: every ${configuration.schedule.everyDays} days at ${configuration.schedule.at} ${configuration.schedule.timeZone}` +
        (schedule.created ? ' (new)' : schedule.differences.length > 0 ? ' (changed)' : ''),
    );
    output.err(`  Console       ${pc.cyan(console.link())}`);
    let cycle = await findRunningCycle(client, configuration.name);
    if (cycle) {
      step('going on with the cycle that was running');
    } else {
      if (await hasCompletedCycle(store, configuration)) await loadLaterLogs(example);
      cycle = await startCycle(client, configuration.name, 'manual');
    }
    const link = servers.uiUrl
      ? `${servers.uiUrl}/namespaces/default/workflows/${encodeURIComponent(retrainWorkflowId(configuration.name))}`
      : null;
    if (link) output.err(`  This cycle    ${pc.cyan(link)}`);
    output.err('');
    const result = await follow(cycle, configuration, options, output, signal, console);
    output.err('');
    output.out(await describeResult(result, configuration, store, options.stateFolder));
    output.err(pc.dim(`  ${((Date.now() - startedMs) / 1000).toFixed(0)} s in all`));
    if (options.once) return 0;
    output.err(`\nThe servers go on: try "npx ciclo status ${configuration.name}". Ctrl-C ends everything.`);
    await sleep(2 ** 31 - 1, undefined, { signal });
    return 0;
  } catch (error) {
    if (broken.signal.aborted) throw broken.signal.reason;
    if (!interrupted.aborted) throw error;
    output.redraw('');
    output.err('\nEnding; the next start goes on from here.');
    return options.once ? 130 : 0;
  } finally {
    for (const stop of stops) await stop();
  }

  async function follow(
    handle: WorkflowHandle<typeof retrain>,
    configuration: PipelineConfiguration,
    { approve, author }: UpOptions,
    to: CommandOutput,
    until: AbortSignal,
    console: ListeningConsole,
  ): Promise<CycleResult> {
    return followCycle(handle, to, {
      signal: until,
      onWaiting: async (status) => {
        const review = String(status.waitingForReview);
        const client = await connectClient();
        try {
          const listing = await listReview(client, openObjectStore(), review);
          const open = listing.proposals.filter((proposal) => proposal.status === 'open');
          if (!approve) {
            for (const line of howToAnswer(
              configuration.name,
              Number(status.cycle),
              open.length,
              console.link(reviewPage(configuration.name, Number(status.cycle))),
            ))
              to.err(line);
            return;
          }
          to.err(`  Accepting all ${open.length} proposals as ${author}.`);
          if (open.length > 0) await sendDecision(client, review, { action: 'accept-all', author });
          await finishReview(client, review, author);
        } finally {
          await client.connection.close();
        }
      },
    });
  }
}

async function hasCompletedCycle(
  store: ReturnType<typeof openObjectStore>,
  configuration: PipelineConfiguration,
): Promise<boolean> {
  return store.exists(`${configuration.store.uri}state.json`);
}
