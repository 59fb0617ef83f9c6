import type { Prediction } from '../../../domain/evaluation';
import type { ObjectStore } from '../../../platform/storage/object-store';
import { toJsonLines } from '../../../platform/storage/json-lines';

/** Answers are put away when there are so many, or when the last time is so long ago. */
const answersPerPart = 100;
const longestHoldMs = 3_000;

/**
 * Puts answers away while they come in, as `0001.jsonl`, `0002.jsonl` …, so that an activity that is run again does
 * not ask what was answered.
 */
export class PredictionParts {
  private readonly predictions = new Map<string, Prediction>();
  private held: Prediction[] = [];
  private heldSinceMs = performance.now();
  private writing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly store: ObjectStore,
    private readonly folderUri: string,
    private lastPart: number,
  ) {}

  /** Opens a folder with what earlier attempts put there. */
  static async open(store: ObjectStore, folderUri: string): Promise<PredictionParts> {
    const uris: string[] = [];
    for await (const { uri } of store.list(folderUri)) uris.push(uri);
    const numbers = uris.map((uri) => Number(/(\d+)\.jsonl$/.exec(uri)?.[1] ?? 0));
    const parts = new PredictionParts(store, folderUri, Math.max(0, ...numbers));
    for (const uri of uris) {
      for (const line of (await store.readText(uri)).split('\n')) {
        if (line === '') continue;
        const prediction = JSON.parse(line) as Prediction;
        parts.predictions.set(prediction.itemId, prediction);
      }
    }
    return parts;
  }

  has(itemId: string): boolean {
    return this.predictions.has(itemId);
  }

  get(itemId: string): Prediction | undefined {
    return this.predictions.get(itemId);
  }

  get size(): number {
    return this.predictions.size;
  }

  /** Takes an answer; waits only when a part is full. */
  async add(prediction: Prediction): Promise<void> {
    this.predictions.set(prediction.itemId, prediction);
    this.held.push(prediction);
    if (this.held.length >= answersPerPart || performance.now() - this.heldSinceMs >= longestHoldMs)
      await this.flush();
  }

  /** Puts away what is held. */
  async flush(): Promise<void> {
    const part = this.held;
    this.held = [];
    this.heldSinceMs = performance.now();
    if (part.length > 0) {
      const uri = `${this.folderUri}${String(++this.lastPart).padStart(4, '0')}.jsonl`;
      this.writing = Promise.all([this.writing, this.store.write(uri, toJsonLines(part))]);
    }
    await this.writing;
  }
}
