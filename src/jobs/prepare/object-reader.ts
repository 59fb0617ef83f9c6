import type { Readable } from 'node:stream';
import { ContentReader } from './content-reader';
import { DecompressingSink, DecompressionError } from './decompression';
import type { RecordSink } from './record-sink';

/** Real logs unpack to 10 to 30 times their size; below this many bytes the ratio says nothing. */
const unsuspectedBytes = 256 * 1024 * 1024;
const largestRatio = 200;

/**
 * Reads the records of one log object of any known format, compressed or not. A compressed object that breaks off, or
 * that unpacks to so much that it cannot be a log, gives what could be read, and one quarantined record for the rest.
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
  let packedBytes = 0;
  let contentBytes = 0;
  const decompressing = new DecompressingSink({
    write(chunk) {
      contentBytes += chunk.length;
      if (contentBytes > unsuspectedBytes && contentBytes > largestRatio * packedBytes)
        throw new DecompressionBombError();
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
      packedBytes += chunk.length;
      await decompressing.write(chunk);
      onBytes(chunk.length);
    }
    await decompressing.end();
  } catch (error) {
    if (error instanceof DecompressionBombError) {
      const { position } = content.end(true);
      const detail = `the compressed object unpacks to more than ${largestRatio} times its size and is read no further`;
      sink.quarantine('decompression-bomb', detail, position);
      return;
    }
    if (!(error instanceof DecompressionError)) throw error;
    const { position, isWithinRecord } = content.end(true);
    // A record that was left in the middle stands for everything that could not be read.
    if (isWithinRecord) return;
    const reason = error.isTruncated ? 'truncated' : 'corrupt-gzip';
    sink.quarantine(reason, 'the compressed object cannot be read any further', position);
  }
}

/** The object unpacks to far more than any log does. */
class DecompressionBombError extends Error {}
