import { describeWatch, type WatchStatus } from '../domain/watch';
import { ModelRegistry } from '../platform/registry/model-registry';
import type { ActivityDependencies } from './dependencies';

export type WatchActivities = ReturnType<typeof createWatchActivities>;

export function createWatchActivities({ store }: Pick<ActivityDependencies, 'store'>) {
  return {
    /** Keeps how a watch ended beside the model: `watch.json`, and a section of its model card. */
    async recordWatch(input: { storeUri: string; status: WatchStatus }): Promise<void> {
      const registry = new ModelRegistry(store, input.storeUri);
      const { modelVersion } = input.status;
      await registry.writeWatch(modelVersion, `${JSON.stringify(input.status, null, 2)}\n`);
      await registry.addToModelCard(
        modelVersion,
        'After the switch',
        describeWatch(input.status)
          .map((line) => `- ${line}`)
          .join('\n'),
      );
    },
  };
}
