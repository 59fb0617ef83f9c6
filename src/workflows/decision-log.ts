import type { Artifact } from '../domain/artifact';
import { inPages } from '../domain/pages';
import { decisionPageBytes, type DecisionEvent, type DecisionParts } from '../domain/review';
import { quick } from './stage-activities';

/**
 * The decisions of a review. However many there are, each payload holds a page of them: those before it lie in the
 * artifact store. One caller at a time.
 */
export class DecisionLog {
  readonly events: DecisionEvent[] = [];
  private stored: Artifact | null = null;

  constructor(private readonly cycleUri: string) {}

  /** Those after a given number that fit into one payload. */
  page(after: number): DecisionEvent[] {
    return inPages(this.events.slice(after), decisionPageBytes)[0] ?? [];
  }

  /** All of them, for the input of an activity. */
  async parts(): Promise<DecisionParts> {
    for (;;) {
      const pages = inPages(this.unstored(), decisionPageBytes);
      if (pages.length <= 1) return { stored: this.stored, since: pages[0] ?? [] };
      await this.store(pages[0]!);
    }
  }

  /** All of them as an artifact of JSON lines; null where there are none. */
  async artifact(): Promise<Artifact | null> {
    const { since } = await this.parts();
    if (since.length > 0) await this.store(since);
    return this.stored;
  }

  /** An activity has stored its input. */
  isStored(artifact: Artifact | null): void {
    this.stored = artifact;
  }

  private unstored(): DecisionEvent[] {
    return this.events.slice(this.stored?.rows ?? 0);
  }

  private async store(since: DecisionEvent[]): Promise<void> {
    const { cycleUri, stored } = this;
    this.stored = await quick.storeDecisions({ cycleUri, decisions: { stored, since } });
  }
}
