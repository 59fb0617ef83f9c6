import type { ReusableWork } from '../activities/cycle';
import type { StageName } from '../domain/cycle';
import { reuseExplanations } from '../domain/stage-reuse';
import type { Cycle } from './cycle';
import { quick } from './stage-activities';

/**
 * Takes what an earlier cycle made of the same inputs, parameters and code, and else does the work.
 *
 * @param work what the result depends on
 * @param isFinal false for a result that another cycle must not take over
 */
export async function reuseOr<T>(
  { configuration, options, progress }: Cycle,
  stage: StageName,
  work: ReusableWork,
  run: () => Promise<T>,
  isFinal: (value: T) => boolean = () => true,
): Promise<T> {
  if (options.noCache) {
    progress.cameBy(stage, { fromCycle: null, explanation: reuseExplanations.switchedOff });
  } else {
    const { value, ...reuse } = await quick.findStageResult({
      storeUri: configuration.store.uri,
      stage,
      work,
    });
    progress.cameBy(stage, reuse);
    if (reuse.fromCycle !== null) return value as T;
  }
  const value = await run();
  if (isFinal(value)) progress.keep(stage, { work, value });
  return value;
}
