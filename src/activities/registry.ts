import { stringify } from 'yaml';
import type { Artifact } from '../domain/artifact';
import { InvalidInputError, NotFoundError, SupersededError } from '../domain/errors';
import type { LexTargetConfiguration, WatchConfiguration } from '../domain/pipeline';
import { ModelRegistry, type ModelEntry } from '../platform/registry/model-registry';
import { cycleUri } from '../platform/registry/cycles';
import type { ActivityDependencies } from './dependencies';
import { askedItemsUri, type AskedItems } from './evaluation';
import type { BotReference } from './targets/lex';

/** A model of a pipeline's registry. */
interface ModelKey {
  storeUri: string;
  modelVersion: number;
}

/** What a promotion needs to know. */
export interface PromotionPlan extends AskedItems {
  target: LexTargetConfiguration;
  storeUri: string;
  botVersion: string;
  smokeTestUtterances: number;
  /** Absent in plans made before there was a watch. */
  watch?: WatchConfiguration;
  /** The model that was live before, where one went live through Ciclo. */
  liveModelVersion: number | null;
  /** The cycle that trained the model, and where messages about it go. */
  cycle: number;
  cycleUri: string;
  language: 'es' | 'en';
  topicArn: string;
}

/** What a rollback does, known before it begins. */
export interface RollbackPlan {
  target: LexTargetConfiguration;
  storeUri: string;
  fromModelVersion: number;
  toModelVersion: number;
  botVersion: string;
  /** The cycle that trained the model which is live. */
  cycle: number | null;
  cycleUri: string;
  language: 'es' | 'en';
  topicArn: string;
}

export type RegistryActivities = ReturnType<typeof createRegistryActivities>;

export function createRegistryActivities({
  store,
  loadPipeline,
}: Pick<ActivityDependencies, 'store' | 'loadPipeline'>) {
  return {
    /**
     * Registers the challenger as a candidate; before that the champion, where it was live before Ciclo came, so that
     * there is something to roll back to.
     */
    async registerChallenger(input: {
      pipeline: string;
      storeUri: string;
      cycle: number;
      bot: BotReference;
      championVersion: string;
      challengerVersion: string;
      archive: Artifact;
      dataset: Artifact;
    }): Promise<{ modelVersion: number }> {
      const registry = new ModelRegistry(store, input.storeUri);
      const target = (botVersion: string) => ({
        kind: 'lex' as const,
        botId: input.bot.botId,
        botVersion,
        localeId: input.bot.localeId,
      });
      await registry.adopt(target(input.championVersion));
      const { model } = await registry.register(
        {
          cycle: input.cycle,
          target: target(input.challengerVersion),
          archive: input.archive,
          dataset: input.dataset,
        },
        stringify(await loadPipeline(input.pipeline)),
      );
      return { modelVersion: model.version };
    },

    /**
     * Looks up what a promotion needs.
     * @throws InvalidInputError for a model that no cycle trained
     */
    async planPromotion(input: { pipeline: string; modelVersion: number }): Promise<PromotionPlan> {
      const configuration = await loadPipeline(input.pipeline);
      const storeUri = configuration.store.uri;
      const registry = new ModelRegistry(store, storeUri);
      const { model } = await registry.get(input.modelVersion);
      if (model.cycle === null) {
        throw new InvalidInputError(
          `Model v${model.version} of ${input.pipeline} was live before Ciclo and was never compared: go back to it with "npx ciclo rollback ${input.pipeline} --to v${model.version}".`,
          { pipeline: input.pipeline, modelVersion: model.version },
        );
      }
      const asked = JSON.parse(
        await store.readText(askedItemsUri(cycleUri(storeUri, model.cycle))),
      ) as AskedItems;
      return {
        ...asked,
        target: configuration.target,
        storeUri,
        botVersion: model.target.botVersion,
        smokeTestUtterances: configuration.promote.smokeTestUtterances,
        watch: configuration.watch,
        liveModelVersion: (await registry.latest())?.model.version ?? null,
        cycle: model.cycle,
        cycleUri: cycleUri(storeUri, model.cycle),
        language: configuration.language,
        topicArn: configuration.notify.topicArn,
      };
    },

    async approveModel({ storeUri, modelVersion }: ModelKey): Promise<void> {
      await new ModelRegistry(store, storeUri).markApproved(modelVersion);
    },

    async withdrawApproval({ storeUri, modelVersion }: ModelKey): Promise<void> {
      await new ModelRegistry(store, storeUri).withdrawApproval(modelVersion);
    },

    /** The model is live: `latest` points to it, and the one before is retired. */
    async markModelLive({ storeUri, modelVersion }: ModelKey): Promise<void> {
      await new ModelRegistry(store, storeUri).markLive(modelVersion);
    },

    /**
     * Finds the model to go back to: the one asked for, or the one that was live before.
     * @param input.onlyFrom go back only while this model is the live one
     * @throws NotFoundError when there is none
     * @throws SupersededError when another model than `onlyFrom` is live
     */
    async planRollback(input: {
      pipeline: string;
      modelVersion: number | null;
      onlyFrom?: number;
    }): Promise<RollbackPlan> {
      const configuration = await loadPipeline(input.pipeline);
      const storeUri = configuration.store.uri;
      const registry = new ModelRegistry(store, storeUri);
      const live = await registry.latest();
      if (!live) {
        throw new NotFoundError(
          `No model of ${input.pipeline} went live through Ciclo yet: there is nothing to roll back.`,
          {
            pipeline: input.pipeline,
          },
        );
      }
      if (input.onlyFrom !== undefined && live.model.version !== input.onlyFrom) {
        throw new SupersededError(
          `Model v${live.model.version} of ${input.pipeline} is live by now, not v${input.onlyFrom}: nothing is rolled back.`,
          { pipeline: input.pipeline, live: live.model.version, onlyFrom: input.onlyFrom },
        );
      }
      const to = await (input.modelVersion === null
        ? previousLive(registry, live.model.version)
        : registry.get(input.modelVersion));
      if (!to || to.model.version === live.model.version) {
        const wanted = input.modelVersion === null ? 'No model was live before' : 'It is live already:';
        throw new NotFoundError(
          `${wanted} v${live.model.version} of ${input.pipeline}. See "npx ciclo status ${input.pipeline}".`,
          {
            pipeline: input.pipeline,
            live: live.model.version,
          },
        );
      }
      return {
        target: configuration.target,
        storeUri,
        fromModelVersion: live.model.version,
        toModelVersion: to.model.version,
        botVersion: to.model.target.botVersion,
        cycle: live.model.cycle,
        cycleUri: live.model.cycle === null ? storeUri : cycleUri(storeUri, live.model.cycle),
        language: configuration.language,
        topicArn: configuration.notify.topicArn,
      };
    },
  };
}

/** The model that people talked to last before the live one: not one that was taken back in between. */
async function previousLive(registry: ModelRegistry, live: number) {
  const retiredAt = ({ history }: ModelEntry) =>
    history.findLast(({ state }) => state === 'retired')?.at ?? '';
  const wasLive = (await registry.list()).filter(
    ({ model, history }) => model.version < live && history.some((change) => change.state === 'live'),
  );
  return wasLive.sort((a, b) => (retiredAt(a) < retiredAt(b) ? -1 : 1)).at(-1) ?? null;
}
