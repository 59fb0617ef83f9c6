import type { EngineName } from '../../domain/pipeline';
import { BatchEngine, type BatchEngineOptions } from './batch/batch-engine';
import type { JobEngine } from './engine';
import { WorkerEngine, type WorkerEngineOptions } from './worker/worker-engine';

interface EngineOptions {
  worker: WorkerEngineOptions;
  batch: BatchEngineOptions;
}

const engines: { [Name in EngineName]: (options: EngineOptions[Name]) => JobEngine } = {
  worker: (options) => new WorkerEngine(options),
  batch: (options) => new BatchEngine(options),
};

/** The engine of that name. An engine is meant to live as long as the worker: its queue is its own. */
export function createEngine<Name extends EngineName>(name: Name, options: EngineOptions[Name]): JobEngine {
  return engines[name](options);
}
