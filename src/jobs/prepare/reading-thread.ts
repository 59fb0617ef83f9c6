import { parentPort, workerData } from 'node:worker_threads';
import { ObjectGatherer, TooManyIntentsError, type GatheringOptions } from './object-gatherer';
import type { Gathered } from './turn-batch';

/** What a thread is sent: objects one after the other, each with its bytes and its end; at last that there are no more. */
export type ToThread =
  | { kind: 'object'; number: number; uri: string }
  | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'end-of-object' }
  | { kind: 'end' };

/** What it answers. */
export type FromThread =
  | Gathered
  /** So many bytes were read. */
  | { kind: 'read'; bytes: number }
  | { kind: 'too-many-intents' }
  /** Everything was handed over. */
  | { kind: 'finished' };

/** Every answer wakes the other thread. */
const reportedBytes = 512 * 1024;

/** Messages in the order in which they came. */
class Inbox {
  private readonly messages: ToThread[] = [];
  private wake: () => void = () => undefined;

  receive(message: ToThread): void {
    this.messages.push(message);
    this.wake();
  }

  async next(): Promise<ToThread> {
    while (this.messages.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.messages.shift()!;
  }
}

async function run(inbox: Inbox, answer: (message: FromThread) => void): Promise<void> {
  const gatherer = new ObjectGatherer(workerData as GatheringOptions, false, answer);
  let unreported = 0;
  const report = () => {
    answer({ kind: 'read', bytes: unreported });
    unreported = 0;
  };
  const onBytes = (bytes: number) => {
    unreported += bytes;
    if (unreported >= reportedBytes) report();
  };
  for (;;) {
    const message = await inbox.next();
    if (message.kind !== 'object') break;
    await gatherer.read(message, bytesOfObject(inbox, onBytes), () => undefined);
    report();
  }
  gatherer.finish();
  answer({ kind: 'finished' });
}

/**
 * Ends with the object; where its reader stops earlier, the rest is passed over.
 *
 * @param onBytes told how many bytes were read or passed over
 */
async function* bytesOfObject(inbox: Inbox, onBytes: (bytes: number) => void): AsyncIterable<Buffer> {
  let message: ToThread | undefined;
  const next = async () => {
    if (message?.kind === 'bytes') onBytes(message.bytes.length);
    message = await inbox.next();
    return message;
  };
  try {
    for (let current = await next(); current.kind === 'bytes'; current = await next())
      yield Buffer.from(current.bytes.buffer);
  } finally {
    while (message?.kind === 'bytes') await next();
  }
}

const port = parentPort!;
const inbox = new Inbox();
port.on('message', (message: ToThread) => inbox.receive(message));
void run(inbox, (message) => {
  const columns = message.kind === 'turns' ? Object.values(message.batch.columns) : [];
  port.postMessage(
    message,
    columns.map((values) => values.buffer as ArrayBuffer),
  );
}).catch((error: unknown) => {
  if (!(error instanceof TooManyIntentsError)) throw error;
  port.postMessage({ kind: 'too-many-intents' } satisfies FromThread);
});
