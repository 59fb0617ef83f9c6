import { parseArgs } from 'node:util';
import { CicloError, InvalidInputError } from '../domain/errors';
import type { JobFailure, JobName, JobSpec } from '../domain/job';
import { openObjectStore, type ObjectStore } from '../platform/storage/object-store';
import { joinUri } from '../platform/storage/uri';
import { runDiscover } from './discover';
import { runPrepare } from './prepare';
import { ProgressFile, type ReportProgress } from './progress';
import { jobNames, parseJobSpec } from './spec';

/**
 * The one entry point of all data jobs, whichever engine runs them: `node jobs/main.js JOB --spec URI`.
 *
 * Below the specification's `outputUri` it writes the job's artifacts, `progress.json` on the way, and at the end
 * `result.json` (exit code 0) or `failure.json` (exit code 2: permanent, 1: worth another try).
 */
async function main(commandLine: string[]): Promise<number> {
  const store = openObjectStore();
  let spec: JobSpec | undefined;
  try {
    const { job, specUri } = parseCommandLine(commandLine);
    spec = parseJobSpec(job, await store.readText(specUri), specUri);
    const progress = new ProgressFile(store, joinUri(spec.outputUri, 'progress.json'));
    const result = await runJob(spec, store, progress.report);
    await progress.settled();
    await writeJson(store, joinUri(spec.outputUri, 'result.json'), result);
    return 0;
  } catch (error) {
    const failure = describeFailure(error);
    console.error(`${failure.type}: ${failure.message}`);
    if (spec !== undefined) await writeFailure(store, spec, failure);
    return failure.permanent ? 2 : 1;
  }
}

function parseCommandLine(commandLine: string[]): { job: JobName; specUri: string } {
  const usage = `Usage: node jobs/main.js ${jobNames.join('|')} --spec URI`;
  let parsed;
  try {
    parsed = parseArgs({ args: commandLine, allowPositionals: true, options: { spec: { type: 'string' } } });
  } catch (cause) {
    throw new InvalidInputError(`The command line cannot be read. ${usage}`, {}, true, { cause });
  }
  const [name, ...rest] = parsed.positionals;
  const job = jobNames.find((known) => known === name);
  if (job === undefined || rest.length > 0 || parsed.values.spec === undefined)
    throw new InvalidInputError(`One job and its specification are needed. ${usage}`, { jobs: jobNames });
  return { job, specUri: parsed.values.spec };
}

function runJob(spec: JobSpec, store: ObjectStore, progress: ReportProgress): Promise<unknown> {
  switch (spec.job) {
    case 'prepare':
      return runPrepare(spec, store, progress);
    case 'discover':
      return runDiscover(spec, store, progress);
  }
}

/** Errors of ours say themselves whether another try can help; for anything unexpected it may. */
function describeFailure(error: unknown): JobFailure {
  if (error instanceof CicloError)
    return { type: error.name, message: error.message, permanent: error.permanent, facts: error.facts };
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  // A parser's message quotes what it read, and that may be what a person said.
  const isQuoting = error instanceof SyntaxError;
  return {
    type: name,
    message: isQuoting ? 'something read was no JSON' : message,
    permanent: false,
    facts: {},
  };
}

async function writeFailure(store: ObjectStore, spec: JobSpec, failure: JobFailure): Promise<void> {
  try {
    await writeJson(store, joinUri(spec.outputUri, 'failure.json'), failure);
  } catch (error) {
    console.error(
      `failure.json could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function writeJson(store: ObjectStore, uri: string, value: unknown): Promise<void> {
  await store.write(uri, `${JSON.stringify(value, null, 2)}\n`, { contentType: 'application/json' });
}

// An engine that cancels the job sends a signal: leaving through exit() lets temporary folders be removed.
process.once('SIGTERM', () => process.exit(143));
process.once('SIGINT', () => process.exit(130));

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
