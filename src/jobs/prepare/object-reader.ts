import type { Readable } from 'node:stream';
import { ContentReader } from './content-reader';
import { DecompressingSink, DecompressionError } from './decompression';
import type { RecordSink } from './record-sink';

/**
 * Reads the records of one log object of any known format, compressed or not. A compressed object that breaks off
 * gives what could be read, and one quarantined record for the rest.
 *
 * @param body the object's bytes
 * @param localeId the bot's locale
 * @param onBytes told how many of the object's bytes were read
 */
export async function readLogObject(
  body: Readable | Iterable<Buffer>,
  sink: RecordSink,
  localeId: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const content = new ContentReader(sink, localeId);
  const decompressing = new DecompressingSink({
    write(chunk) {
      content.push(chunk);
      return Promise.resolve();
    },
    end() {
      content.end(false);
      return Promise.resolve();
    },
  });
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      await decompressing.write(chunk);
      onBytes(chunk.length);
    }
    await decompressing.end();
  } catch (error) {
    if (!(error instanceof DecompressionError)) throw error;
    const { position, isWithinRecord } = content.end(true);
    // A record that was left in the middle stands for everything that could not be read.
    if (isWithinRecord) return;
    const reason = error.isTruncated ? 'truncated' : 'corrupt-gzip';
    sink.quarantine(reason, 'the compressed object cannot be read any further', position);
  }
}
