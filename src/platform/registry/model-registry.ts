import { z } from 'zod';
import { ConflictError, NotFoundError } from '../../domain/errors';
import type { ObjectStore } from '../storage/object-store';
import { joinUri } from '../storage/uri';
import { artifactSchema } from './artifact-schema';
import { readJson, updateJson, writeJson } from './json-document';
import { firstState, inState, type ModelState, type ModelStateRecord, modelStateSchema } from './model-state';

const modelSchema = z.object({
  schemaVersion: z.literal(1),
  /** The N of `models/vN/`. */
  version: z.int().min(1),
  /** The cycle that trained it; null for a version that was live before Ciclo came. */
  cycle: z.int().min(1).nullable(),
  target: z.object({
    kind: z.literal('lex'),
    botId: z.string(),
    botVersion: z.string(),
    localeId: z.string(),
  }),
  /** What was imported, and what it was made of; null for a version that was live before Ciclo came. */
  archive: artifactSchema.nullable(),
  dataset: artifactSchema.nullable(),
  /** ISO 8601, UTC. */
  registeredAt: z.string(),
});

/** `model.json`: where a model lies and where it comes from. It never changes. */
export type RegisteredModel = z.infer<typeof modelSchema>;

/** A model with the state that it is in. */
export interface ModelEntry {
  model: RegisteredModel;
  state: ModelState;
  history: ModelStateRecord['history'];
  /** Prefix `…/models/vN/`. */
  uri: string;
}

const pointerSchema = z.object({ schemaVersion: z.literal(1), version: z.int().min(1) });

const registerAttempts = 50;

/**
 * The models of one pipeline, below `models/` in its store: a folder `vN/` each, and the pointer `latest` to the
 * one that is live. Every method may be repeated; writes that could meet another are conditional.
 */
export class ModelRegistry {
  private readonly modelsUri: string;

  /**
   * @param storeUri the pipeline's prefix
   * @param now the clock
   */
  constructor(
    private readonly store: ObjectStore,
    storeUri: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.modelsUri = `${joinUri(storeUri, 'models')}/`;
  }

  /** Prefix of a model's files, ending in a slash. */
  uriOf(version: number): string {
    return `${this.modelsUri}v${version}/`;
  }

  /**
   * Registers what a cycle trained, as a candidate. The same cycle always gets the same version.
   *
   * @param configuration the pipeline file used, as text
   * @throws ConflictError when the cycle registered another model before
   */
  async register(
    trained: Pick<RegisteredModel, 'target' | 'archive' | 'dataset'> & { cycle: number },
    configuration: string,
  ): Promise<ModelEntry> {
    const model = await this.claim(trained, (one) => one.cycle === trained.cycle);
    if (
      model.target.botVersion !== trained.target.botVersion ||
      model.target.botId !== trained.target.botId
    ) {
      throw new ConflictError(
        `Cycle ${trained.cycle} registered model v${model.version} already, which is version ${model.target.botVersion} ` +
          `of bot ${model.target.botId}, not version ${trained.target.botVersion} of bot ${trained.target.botId}. ` +
          'Start a new cycle.',
        { cycle: trained.cycle, version: model.version },
      );
    }
    await this.store.write(`${this.uriOf(model.version)}config.yaml`, configuration, {
      contentType: 'application/yaml',
    });
    return this.withFirstState(model, 'candidate');
  }

  /**
   * Makes the registry agree with what is live: registers a version that no cycle made, so that there is something
   * to roll back to, and marks one live that a person switched to elsewhere.
   */
  async adopt(target: RegisteredModel['target']): Promise<ModelEntry> {
    const model = await this.claim(
      { cycle: null, target, archive: null, dataset: null },
      (one) => one.target.botId === target.botId && one.target.botVersion === target.botVersion,
    );
    const { state } = await this.withFirstState(model, 'live');
    if (state === 'candidate') await this.markApproved(model.version);
    await this.markLive(model.version);
    return this.get(model.version);
  }

  /** candidate → approved */
  async markApproved(version: number): Promise<void> {
    await this.change(version, 'approved');
  }

  /** approved → candidate, when a promotion was undone */
  async withdrawApproval(version: number): Promise<void> {
    await this.change(version, 'candidate');
  }

  /** approved or retired → live; moves `latest` and retires the model that was live before. */
  async markLive(version: number): Promise<void> {
    await this.change(version, 'live');
    await this.point(version);
    for (const { model, state } of await this.list()) {
      if (state === 'live' && model.version !== version) await this.change(model.version, 'retired');
    }
  }

  /** any state but retired → retired */
  async markRetired(version: number): Promise<void> {
    await this.change(version, 'retired');
  }

  /** Keeps `metrics.json` beside the model. */
  async writeMetrics(version: number, metrics: string): Promise<void> {
    await this.store.write(`${this.uriOf(version)}metrics.json`, metrics, {
      contentType: 'application/json',
    });
  }

  /** Keeps `model-card.md` beside the model. */
  async writeModelCard(version: number, card: string): Promise<void> {
    await this.store.write(`${this.uriOf(version)}model-card.md`, card, { contentType: 'text/markdown' });
  }

  /** Keeps `watch.json` beside the model: what real traffic said after the switch. */
  async writeWatch(version: number, watch: string): Promise<void> {
    await this.store.write(`${this.uriOf(version)}watch.json`, watch, { contentType: 'application/json' });
  }

  /** What `writeWatch` kept; null before a watch over the model has ended. */
  async readWatch(version: number): Promise<string | null> {
    const uri = `${this.uriOf(version)}watch.json`;
    return (await this.store.exists(uri)) ? this.store.readText(uri) : null;
  }

  /** Puts a section at the end of the model card, in the place of an earlier one with this heading. */
  async addToModelCard(version: number, heading: string, section: string): Promise<void> {
    const uri = `${this.uriOf(version)}model-card.md`;
    const title = `## ${heading}\n`;
    const card = (await this.store.exists(uri)) ? await this.store.readText(uri) : '';
    const [kept = ''] = card.split(`\n${title}`);
    await this.writeModelCard(version, `${kept}\n${title}\n${section}\n`);
  }

  /** @throws NotFoundError listing the versions that exist */
  async get(version: number): Promise<ModelEntry> {
    const entry = await this.read(version);
    if (entry !== null) return entry;
    const versions = (await this.versions()).map((one) => `v${one}`);
    throw new NotFoundError(
      `There is no model v${version} in ${this.modelsUri}. ` +
        (versions.length === 0 ? 'None was registered yet.' : `There are: ${versions.join(', ')}.`),
      { version, versions },
    );
  }

  /** All models, oldest first. */
  async list(): Promise<ModelEntry[]> {
    const entries = await Promise.all((await this.versions()).map((version) => this.read(version)));
    return entries.filter((entry) => entry !== null);
  }

  /** The model that `latest` points at; null before the first one went live. */
  async latest(): Promise<ModelEntry | null> {
    const pointer = await readJson(this.store, `${this.modelsUri}latest`, pointerSchema);
    return pointer === null ? null : this.get(pointer.value.version);
  }

  /** Finds the model that is meant, or gives it the next free version. */
  private async claim(
    wanted: Pick<RegisteredModel, 'cycle' | 'target' | 'archive' | 'dataset'>,
    isSame: (model: RegisteredModel) => boolean,
  ): Promise<RegisteredModel> {
    for (let attempt = 1; ; attempt++) {
      const models = await this.models();
      const same = models.findLast(isSame);
      if (same !== undefined) return same;
      const version = Math.max(0, ...models.map((model) => model.version)) + 1;
      const { cycle, target, archive, dataset } = wanted;
      const model: RegisteredModel = {
        schemaVersion: 1,
        version,
        cycle,
        target: {
          kind: target.kind,
          botId: target.botId,
          botVersion: target.botVersion,
          localeId: target.localeId,
        },
        archive,
        dataset,
        registeredAt: this.now().toISOString(),
      };
      try {
        await writeJson(this.store, `${this.uriOf(version)}model.json`, model, null);
        return model;
      } catch (error) {
        if (!(error instanceof ConflictError) || attempt === registerAttempts) throw error;
      }
    }
  }

  private async models(): Promise<RegisteredModel[]> {
    const documents = await Promise.all(
      (await this.versions()).map((version) =>
        readJson(this.store, `${this.uriOf(version)}model.json`, modelSchema),
      ),
    );
    return documents.flatMap((document) => (document === null ? [] : [document.value]));
  }

  private async versions(): Promise<number[]> {
    const versions: number[] = [];
    for await (const { uri } of this.store.list(`${this.modelsUri}v`)) {
      const match = /\/v(\d+)\/model\.json$/.exec(uri);
      if (match !== null) versions.push(Number(match[1]));
    }
    return versions.sort((a, b) => a - b);
  }

  private async withFirstState(model: RegisteredModel, state: 'candidate' | 'live'): Promise<ModelEntry> {
    const record = await updateJson(
      this.store,
      `${this.uriOf(model.version)}state.json`,
      modelStateSchema,
      (present) => present ?? firstState(state, this.now().toISOString()),
    );
    return { model, state: record.state, history: record.history, uri: this.uriOf(model.version) };
  }

  private async read(version: number): Promise<ModelEntry | null> {
    const uri = this.uriOf(version);
    const [model, state] = await Promise.all([
      readJson(this.store, `${uri}model.json`, modelSchema),
      readJson(this.store, `${uri}state.json`, modelStateSchema),
    ]);
    if (model === null) return null;
    // The moment between the two writes of a registration.
    const record = state?.value ?? firstState('candidate', model.value.registeredAt);
    return { model: model.value, state: record.state, history: record.history, uri };
  }

  private async change(version: number, state: ModelState): Promise<void> {
    const { model } = await this.get(version);
    await updateJson(this.store, `${this.uriOf(version)}state.json`, modelStateSchema, (record) =>
      inState(
        record ?? firstState('candidate', model.registeredAt),
        state,
        version,
        this.now().toISOString(),
      ),
    );
  }

  private async point(version: number): Promise<void> {
    await updateJson<z.infer<typeof pointerSchema>>(
      this.store,
      `${this.modelsUri}latest`,
      pointerSchema,
      (pointer) => (pointer?.version === version ? pointer : { schemaVersion: 1, version }),
    );
  }
}
