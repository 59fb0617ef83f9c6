import { extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { ObjectGatherer, TooManyIntentsError, type GatheringOptions } from './object-gatherer';
import type { FromThread, ToThread } from './reading-thread';
import type { Gathered } from './turn-batch';

/** Takes what is read. */
export interface LaneSink {
  gathered(gathered: Gathered): void;
  /** So many bytes of objects were read. */
  read(bytes: number): void;
}

/** Reads objects one after the other; several lanes may read different ones at the same time. */
export interface ReadingLane {
  /** May return before the object is read to its end. */
  read(object: { number: number; uri: string }, body: Readable | Buffer[]): Promise<void>;
  /** Everything is read and handed over. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** A lane in this very thread. */
export function openLocalLane(options: GatheringOptions, sink: LaneSink): ReadingLane {
  const gatherer = new ObjectGatherer(options, true, (gathered) => sink.gathered(gathered));
  return {
    read: (object, body) => gatherer.read(object, body, (bytes) => sink.read(bytes)),
    finish() {
      gatherer.finish();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

/** A thread that has so much to read needs nothing more for a while. */
const mostBytesWaiting = 2 * 1024 * 1024;
/** Every message wakes the other thread: small pieces are sent together. */
const sentBytes = 256 * 1024;
/**
 * Of its JavaScript heap: what lives long, and what is new. What is made of a record is gone with it: little room for
 * what is new stays in the processor's cache.
 */
const threadMemory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 6 };

/** A lane in a thread of its own. */
export class ThreadLane implements ReadingLane {
  private readonly worker: Worker;
  private bytesWaiting = 0;
  private isFinished = false;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(options: GatheringOptions, sink: LaneSink) {
    const extension = extname(__filename);
    this.worker = new Worker(join(__dirname, `reading-thread${extension}`), {
      workerData: options,
      // What translates sources that are run as they are does not enter threads by itself.
      execArgv: extension === '.ts' ? ['--require', require.resolve('tsx/cjs')] : [],
      resourceLimits: threadMemory,
    });
    this.worker.on('message', (message: FromThread) => {
      try {
        this.receive(message, sink);
      } catch (error) {
        this.failure ??= error as Error;
      }
      this.wake();
    });
    this.worker.on('error', (error: Error) => {
      this.failure ??= error;
      this.wake();
    });
    this.worker.on('exit', (code) => {
      if (!this.isFinished) this.failure ??= new Error(`a thread that reads logs ended with ${code}`);
      this.wake();
    });
  }

  async read(object: { number: number; uri: string }, body: Readable | Buffer[]): Promise<void> {
    this.send({ kind: 'object', ...object });
    let chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length < sentBytes) continue;
      await this.sendBytes(chunks, length);
      chunks = [];
      length = 0;
    }
    if (length > 0) await this.sendBytes(chunks, length);
    this.send({ kind: 'end-of-object' });
  }

  async finish(): Promise<void> {
    this.send({ kind: 'end' });
    await this.until(() => this.isFinished);
  }

  async close(): Promise<void> {
    this.isFinished = true;
    await this.worker.terminate();
  }

  private async sendBytes(chunks: Buffer[], length: number): Promise<void> {
    await this.until(() => this.bytesWaiting < mostBytesWaiting);
    this.bytesWaiting += length;
    // Memory that is handed over belongs to the other thread: it is none that others share.
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.send({ kind: 'bytes', bytes }, [bytes.buffer]);
  }

  private send(message: ToThread, transferred: ArrayBuffer[] = []): void {
    this.worker.postMessage(message, transferred);
  }

  private receive(message: FromThread, sink: LaneSink): void {
    switch (message.kind) {
      case 'turns':
      case 'quarantine':
        sink.gathered(message);
        break;
      case 'read':
        this.bytesWaiting -= message.bytes;
        sink.read(message.bytes);
        break;
      case 'too-many-intents':
        throw new TooManyIntentsError();
      case 'finished':
        this.isFinished = true;
    }
  }

  /** @throws whatever broke the thread */
  private async until(isReached: () => boolean): Promise<void> {
    while (!isReached()) {
      if (this.failure !== undefined) throw this.failure;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    if (this.failure !== undefined) throw this.failure;
  }
}
