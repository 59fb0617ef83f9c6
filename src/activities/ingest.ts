import { z } from 'zod';
import type { Artifact } from '../domain/artifact';
import { readJsonLines, toJsonLines } from '../platform/storage/json-lines';
import type { ActivityDependencies } from './dependencies';

/** A log object: one line of `objects.jsonl` and of the ledger of what was read. */
const logObjectSchema = z.object({ uri: z.string(), etag: z.string(), bytes: z.number() });
export type LogObject = z.infer<typeof logObjectSchema>;

export type IngestActivities = ReturnType<typeof createIngestActivities>;

export function createIngestActivities({ store }: Pick<ActivityDependencies, 'store'>) {
  return {
    /**
     * Lists the log objects that no completed cycle has read yet. An object counts by its URI and its etag: one
     * that was replaced counts as new. Empty objects (the "folders" of the S3 console) are passed over.
     */
    async listNewLogs(input: {
      logsUri: string;
      ledgerUri: string | null;
      cycleUri: string;
    }): Promise<{ objects: Artifact; newBytes: number; readBefore: number }> {
      const read = new Set<string>();
      if (input.ledgerUri !== null) {
        for await (const object of readJsonLines(store, input.ledgerUri, logObjectSchema))
          read.add(key(object));
      }
      const fresh: LogObject[] = [];
      let readBefore = 0;
      for await (const { uri, etag, bytes } of store.list(input.logsUri)) {
        if (bytes === 0) continue;
        if (read.has(key({ uri, etag }))) readBefore += 1;
        else fresh.push({ uri, etag, bytes });
      }
      const objects = await store.putArtifact(`${input.cycleUri}ingest/objects.jsonl`, toJsonLines(fresh), {
        rows: fresh.length,
        schemaVersion: 1,
      });
      return { objects, newBytes: fresh.reduce((sum, object) => sum + object.bytes, 0), readBefore };
    },
  };
}

/** Reads the objects of a list or a ledger. */
export function readLogObjects(store: ActivityDependencies['store'], uri: string): AsyncIterable<LogObject> {
  return readJsonLines(store, uri, logObjectSchema);
}

function key(object: { uri: string; etag: string }): string {
  return `${object.uri}\n${object.etag}`;
}
