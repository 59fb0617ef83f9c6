import { Context } from '@temporalio/activity';
import type {
  DiscoverParameters,
  DiscoverResult,
  JobName,
  JobSpec,
  PrepareParameters,
  PrepareResult,
} from '../domain/job';
import { cycleKey } from '../domain/cycle';
import type { EngineName } from '../domain/pipeline';
import { InvalidConfigurationError } from '../domain/errors';
import type { JobEngine } from '../platform/engines/engine';
import { toJsonLines } from '../platform/storage/json-lines';
import { readCategoryMap } from './category-map';
import type { ActivityDependencies } from './dependencies';
import { stopSignal } from './stop-signal';

/** Where a job runs and what it belongs to. */
interface JobPlace {
  pipeline: string;
  cycle: number;
  cycleUri: string;
  engine: EngineName;
  batch: { jobQueue: string; jobDefinition: string } | null;
}

export type DataJobActivities = ReturnType<typeof createDataJobActivities>;

export function createDataJobActivities(dependencies: ActivityDependencies) {
  const { store } = dependencies;

  async function run<Result>(place: JobPlace, spec: JobSpec): Promise<Result> {
    const specUri = `${spec.outputUri}spec.json`;
    await store.write(specUri, JSON.stringify(spec, null, 2), { contentType: 'application/json' });
    const context = Context.current();
    const namePrefix = `ciclo-${place.pipeline}-`;
    const cyclesUri = place.cycleUri.replace(/[^/]*\/$/, '');
    await engineFor(place, spec.job).run(
      {
        name: `${namePrefix}${cycleKey(place.cycle)}-${spec.job}`,
        job: spec.job,
        specUri,
        // A pipeline has one cycle at a time.
        leftovers: {
          namePrefix,
          isLeftOver: (uri) => uri.startsWith(cyclesUri) && !uri.startsWith(place.cycleUri),
        },
      },
      { signal: stopSignal(context), onProgress: (state) => context.heartbeat(state) },
    );
    return JSON.parse(await store.readText(`${spec.outputUri}result.json`)) as Result;
  }

  function engineFor(place: JobPlace, job: JobName): JobEngine {
    if (place.engine === 'worker') return dependencies.workerEngine;
    if (!place.batch) {
      throw new InvalidConfigurationError(
        `The pipeline file of ${place.pipeline} runs ${job} on "batch" but has no engines.batch section: add its jobQueue and jobDefinition, or choose engine: worker.`,
        { pipeline: place.pipeline, job },
      );
    }
    return dependencies.batchEngine(place.batch);
  }

  return {
    /** Validates, cleans, redacts and collapses the new log records into distinct utterances with counts. */
    async prepareUtterances(
      input: JobPlace & { objectsUri: string; carriedOverUri: string | null; parameters: PrepareParameters },
    ): Promise<PrepareResult> {
      return run(input, {
        job: 'prepare',
        outputUri: `${input.cycleUri}prepare/`,
        objectsUri: input.objectsUri,
        carriedOverUri: input.carriedOverUri,
        parameters: input.parameters,
      });
    },

    /** Finds new examples for the bot's intents and clusters for intents that it lacks. */
    async discoverCategories(
      input: JobPlace & {
        utterancesUri: string;
        knownUri: string;
        categoryMapUri: string | null;
        previousDiscoveryUri: string | null;
        embeddingsUri: string;
        parameters: DiscoverParameters;
      },
    ): Promise<DiscoverResult> {
      const { rejected } = await readCategoryMap(store, input.categoryMapUri);
      const rejectedUri = `${input.cycleUri}discover/rejected.jsonl`;
      await store.write(
        rejectedUri,
        toJsonLines(rejected.flatMap((one) => one.texts.map((text) => ({ text })))),
      );
      return run(input, {
        job: 'discover',
        outputUri: `${input.cycleUri}discover/`,
        utterancesUri: input.utterancesUri,
        knownUri: input.knownUri,
        rejectedUri,
        previousDiscoveryUri: input.previousDiscoveryUri,
        embeddingsUri: input.embeddingsUri,
        parameters: input.parameters,
      });
    },
  };
}
