import type { MapEvent } from '../../domain/category-map';
import type { StoredDiscovery } from '../../domain/discovery-versions';
import { effectiveEvents, newProposalId, splitProposalId, subjectsOf } from '../../domain/review';
import type { ObjectStore } from '../../platform/storage/object-store';
import { readManifest } from './materials';

/** Cycles of which the names are kept at hand. */
const mostKept = 100;

/** What discovery called the proposals of cycles; that never changes, so each is read once. */
export class ProposalNames {
  private readonly kept = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(private readonly store: ObjectStore) {}

  /**
   * Names by id; none for a cycle whose discovery is gone.
   * @param cycleUri prefix of the cycle's artifacts
   */
  of(cycleUri: string): Promise<ReadonlyMap<string, string>> {
    const kept = this.kept.get(cycleUri);
    if (kept) return kept;
    const reading = this.read(`${cycleUri}discover/manifest.json`);
    reading.catch(() => this.kept.delete(cycleUri));
    this.kept.set(cycleUri, reading);
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
    return reading;
  }

  private async read(manifestUri: string): Promise<ReadonlyMap<string, string>> {
    // A cycle may have taken an earlier one's discovery over.
    const discovery = (await readManifest(this.store, manifestUri))?.outputs['discovery'];
    if (!discovery || !(await this.store.exists(discovery.uri))) return new Map();
    const text = await this.store.readArtifactText(discovery);
    const { proposals, enrichments } = JSON.parse(text) as StoredDiscovery;
    return new Map([
      ...proposals.map(({ id, name }) => [id, name] as const),
      ...enrichments.map(({ id, intent }) => [id, intent] as const),
    ]);
  }
}

/**
 * What the proposals that each decision names were called when it was taken; the id where nothing tells.
 * @param events all decisions of one cycle, the oldest first
 * @param found names that discovery gave
 */
export function namesThen(events: readonly MapEvent[], found: ReadonlyMap<string, string>): string[][] {
  let names = new Map(found);
  return events.map((event, index) => {
    const then = subjectsOf(event).map((id) => names.get(id) ?? id);
    if (event.action === 'undo' || event.action === 'redo') {
      names = new Map(found);
      for (const one of effectiveEvents(events.slice(0, index + 1))) rename(names, one);
    } else rename(names, event);
    return then;
  });
}

function rename(names: Map<string, string>, event: MapEvent): void {
  if (!('name' in event) || event.name === undefined) return;
  if (event.action === 'split') names.set(splitProposalId(event.proposal, event.number), event.name);
  else if (event.action === 'move') names.set(newProposalId(event.number), event.name);
  else {
    const [first] = subjectsOf(event);
    if (first !== undefined) names.set(first, event.name);
  }
}
