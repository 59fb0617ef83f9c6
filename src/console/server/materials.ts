import type { Artifact } from '../../domain/artifact';
import type { Discovery } from '../../domain/discovery';
import type { DiscoveryMap } from '../../domain/discovery-map';
import { NotFoundError } from '../../domain/errors';
import type { StageManifest } from '../../domain/stage-manifest';
import { outOfScope, type LabelledUtterance, type Utterance } from '../../domain/utterance';
import { readDiscovery } from '../../operations/reviews';
import type { ObjectStore } from '../../platform/storage/object-store';
import type { ReviewView } from '../../workflows/review';

/** What a review is about, and what no decision changes. */
export interface Materials {
  discovery: Discovery;
  /** By id, in the order of the artifact. */
  utterances: ReadonlyMap<string, Utterance>;
  /** What the bot has. */
  known: readonly LabelledUtterance[];
  /** The intents that the bot has, sorted. */
  existingIntents: readonly string[];
  /** Null for a cycle that laid none. */
  map: DiscoveryMap | null;
}

/** Reviews of which the materials are kept at hand. */
const mostKept = 3;

/** Reads the artifacts of reviews; they never change, so each is read once. */
export class MaterialsReader {
  private readonly kept = new Map<string, Promise<Materials>>();

  constructor(private readonly store: ObjectStore) {}

  /** @param cycleUri prefix of the cycle's artifacts */
  of(view: Pick<ReviewView, 'discovery' | 'utterances'>, cycleUri: string): Promise<Materials> {
    const key = `${cycleUri} ${view.discovery.sha256} ${view.utterances.sha256}`;
    const kept = this.kept.get(key);
    if (kept) return kept;
    const reading = this.read(view, cycleUri);
    reading.catch(() => this.kept.delete(key));
    this.kept.set(key, reading);
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
    return reading;
  }

  private async read(
    view: Pick<ReviewView, 'discovery' | 'utterances'>,
    cycleUri: string,
  ): Promise<Materials> {
    const [discovery, utterances, manifest] = await Promise.all([
      readDiscovery(this.store, view),
      this.lines<Utterance>(view.utterances),
      readManifest(this.store, `${cycleUri}discover/manifest.json`),
    ]);
    const known = manifest?.inputs['known'];
    const map = manifest?.outputs['map'];
    const knownLines = known && typeof known === 'object' ? await this.lines<LabelledUtterance>(known) : [];
    return {
      discovery,
      utterances: new Map(utterances.map((utterance) => [utterance.id, utterance])),
      known: knownLines,
      existingIntents: [...new Set(knownLines.map(({ intent }) => intent))]
        .filter((intent) => intent !== outOfScope)
        .sort(),
      map: map ? (JSON.parse(await this.store.readArtifactText(map)) as DiscoveryMap) : null,
    };
  }

  private async lines<T>(artifact: Artifact): Promise<T[]> {
    const text = await this.store.readArtifactText(artifact);
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
  }
}

/** What a stage of a cycle left behind; null where it did not come so far. */
export async function readManifest(store: ObjectStore, uri: string): Promise<StageManifest | null> {
  try {
    return JSON.parse(await store.readText(uri)) as StageManifest;
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}
