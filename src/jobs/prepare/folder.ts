import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InvalidInputError } from '../../domain/errors';
import type { PrepareParameters, PrepareResult } from '../../domain/job';
import { toJsonLines } from '../../platform/storage/json-lines';
import { openObjectStore } from '../../platform/storage/object-store';
import { joinUri } from '../../platform/storage/uri';
import type { ReportProgress } from '../progress';
import { runPrepare } from './prepare';
import type { LogObject } from './log-objects';

export interface PreparedFolder {
  result: PrepareResult;
  /** The files written, as paths. */
  paths: { utterances: string; quarantine: string; objects: string; result: string };
}

/**
 * The job "prepare" on plain files, with no server: reads every file below a folder (hidden ones apart) and writes
 * `utterances.jsonl`, `quarantine.jsonl`, `result.json` and `objects.jsonl` (what was read).
 *
 * @throws InvalidInputError where there is no such folder
 */
export async function prepareFolder(options: {
  logsDirectory: string;
  outDirectory: string;
  parameters: PrepareParameters;
  onProgress?: ReportProgress;
}): Promise<PreparedFolder> {
  const logs = resolve(options.logsDirectory);
  const out = resolve(options.outDirectory);
  const found = await stat(logs).catch(() => null);
  if (!found?.isDirectory())
    throw new InvalidInputError(
      `There is no folder ${logs} to read logs from. Name an existing folder that holds the log files.`,
      { path: logs },
    );

  const store = openObjectStore();
  const objects: LogObject[] = [];
  for await (const { uri, etag, bytes } of store.list(folderUri(logs)))
    if (isLogFile(fileURLToPath(uri), logs, out)) objects.push({ uri, etag, bytes });

  const outputUri = folderUri(out);
  const objectsUri = joinUri(outputUri, 'objects.jsonl');
  await store.write(objectsUri, toJsonLines(objects));
  const { parameters, onProgress = () => undefined } = options;
  const spec = { job: 'prepare', outputUri, objectsUri, carriedOverUri: null, parameters } as const;
  const result = await runPrepare(spec, store, onProgress);
  const resultUri = joinUri(outputUri, 'result.json');
  await store.write(resultUri, `${JSON.stringify(result, null, 2)}\n`);
  return {
    result,
    paths: {
      utterances: fileURLToPath(result.utterances.uri),
      quarantine: fileURLToPath(result.quarantine.uri),
      objects: fileURLToPath(objectsUri),
      result: fileURLToPath(resultUri),
    },
  };
}

function folderUri(path: string): string {
  return pathToFileURL(path + sep).href;
}

/** Not hidden, in no hidden folder, and not what an earlier run wrote. */
function isLogFile(path: string, logs: string, out: string): boolean {
  const isHidden = relative(logs, path)
    .split(sep)
    .some((name) => name.startsWith('.'));
  const isOutput = out !== logs && path.startsWith(out + sep);
  return !isHidden && !isOutput;
}
