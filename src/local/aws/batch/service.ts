import { type HandlerTable } from '../protocol/handler';
import { definitionHandlers } from './definitions';
import { jobHandlers } from './jobs';
import { Runner, type RunnerOptions } from './runner';
import { BatchStore } from './store';

export interface BatchService {
  handlers: HandlerTable;
  /** Kills what runs. */
  stop(): Promise<void>;
}

export interface BatchOptions extends RunnerOptions {
  /** Where Batch keeps its state, and `logs/` with what the jobs print. */
  directory: string;
  /** The shortest timeout of an attempt: 60 in Batch itself. */
  minimumTimeoutSeconds: number;
}

/** AWS Batch whose jobs run as processes of this machine. */
export function createBatch({ directory, minimumTimeoutSeconds, ...options }: BatchOptions): BatchService {
  const store = new BatchStore(directory);
  const runner = new Runner(store, options);
  runner.resume();
  return {
    handlers: {
      ...definitionHandlers(store, minimumTimeoutSeconds),
      ...jobHandlers(store, runner, minimumTimeoutSeconds),
    },
    stop: () => runner.stop(),
  };
}
