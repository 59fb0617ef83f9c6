import { readGoldenSet } from '../../../activities/golden-set';
import type { Evaluation } from '../../../domain/evaluation';
import { NotFoundError } from '../../../domain/errors';
import type { PipelineConfiguration } from '../../../domain/pipeline';
import { cycleUri } from '../../../platform/registry/cycles';
import { readPipelineState } from '../../../platform/registry/pipeline-state';
import type { ObjectStore } from '../../../platform/storage/object-store';
import { previewSchema, type Preview, type PreviewComparison } from '../../api';
import type { Analyst } from '../analysis/analyst';
import type { OpenReview } from '../desk';
import { PreviewQueue } from './preview-queue';

/** Reviews whose previews are kept at hand. */
const mostKept = 20;

/** Previews of reviews; the last one of each stays beside its decisions, as `review/preview.json`. */
export class Previews {
  /** The one that was asked for last is the last. */
  private readonly queues = new Map<string, PreviewQueue>();

  constructor(
    private readonly store: ObjectStore,
    private readonly analyst: Analyst,
  ) {}

  /** What the decisions so far would probably do; of more decisions where some came before its turn. */
  of(configuration: PipelineConfiguration, review: OpenReview): Promise<Preview> {
    const { workflowId, view } = review;
    const key = `${workflowId} ${view.waitingSince}`;
    const queue = this.queues.get(key) ?? new PreviewQueue((standing) => this.make(configuration, standing));
    this.queues.delete(key);
    this.queues.set(key, queue);
    const [oldest] = this.queues.keys();
    if (this.queues.size > mostKept && oldest !== undefined) this.queues.delete(oldest);
    return queue.of(review);
  }

  /** Makes it before anybody asks, so that nobody waits for it. Whoever asks learns of failures. */
  prepare(configuration: PipelineConfiguration, review: OpenReview): void {
    this.of(configuration, review).catch(() => undefined);
  }

  /** The last preview of a cycle beside what its evaluation found. */
  async compare(configuration: PipelineConfiguration, cycle: number): Promise<PreviewComparison> {
    const uri = cycleUri(configuration.store.uri, cycle);
    const [preview, evaluation] = await Promise.all([
      this.read(previewUri(uri)),
      this.read(`${uri}evaluate/evaluation.json`),
    ]);
    return {
      preview: preview === null ? null : previewSchema.parse(preview),
      actual: evaluation === null ? null : actualOf(evaluation as Evaluation),
    };
  }

  private async make(
    configuration: PipelineConfiguration,
    { view, events, materials }: OpenReview,
  ): Promise<Preview> {
    const begun = performance.now();
    const { uri: storeUri } = configuration.store;
    const { state } = await readPipelineState(this.store, storeUri);
    const goldenUri = state.goldenSetUri ?? configuration.dataset.goldenSetUri;
    const golden = await readGoldenSet(this.store, goldenUri, materials.known);
    const { validationShare, goldenShare, seed } = configuration.dataset;
    const estimated = await this.analyst.ask<'estimate'>(materials, {
      kind: 'estimate',
      events,
      golden,
      parameters: { validationShare, goldenShare, seed },
    });
    const preview = { ...estimated, computedInMs: Math.round(performance.now() - begun) };
    await this.store.write(previewUri(cycleUri(storeUri, view.cycle)), JSON.stringify(preview), {
      contentType: 'application/json',
    });
    return preview;
  }

  private async read(uri: string): Promise<unknown> {
    try {
      return JSON.parse(await this.store.readText(uri));
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw error;
    }
  }
}

function previewUri(cycle: string): string {
  return `${cycle}review/preview.json`;
}

function actualOf({ sets }: Evaluation): PreviewComparison['actual'] {
  const golden = sets.golden;
  if (golden === null) return null;
  const { items, champion, challenger } = golden;
  const change = (of: 'accuracy' | 'macroF1' | 'fallbackRate') => ({
    before: champion[of].value,
    after: challenger[of].value,
  });
  const before = new Map(champion.intents.map(({ intent, f1 }) => [intent, f1.value]));
  return {
    items,
    accuracy: change('accuracy'),
    macroF1: change('macroF1'),
    fallbackRate: change('fallbackRate'),
    intents: challenger.intents.map(({ intent, f1 }) => ({
      intent,
      f1: { before: before.get(intent) ?? 0, after: f1.value },
    })),
  };
}
