import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { addTruths, type LogTruth } from './truth';
import type { ObjectPlan } from './write-object';

export type { LogTruth } from './truth';

/** Uncompressed; Firehose delivers objects of up to 128 MB. */
const objectBytes = 64e6;

/**
 * Writes logs of about a size: half of the bytes conversation logs of Lex below `lex/`, half interaction logs below
 * `interaction/`; in as many processes as there are processors.
 *
 * @param folders where to write them as they are and compressed; each may be left out
 */
export async function generateLogs(
  bytes: number,
  folders: { plain?: string; gzip?: string },
): Promise<LogTruth> {
  const plans: ObjectPlan[] = [];
  const objectsOfLayout = Math.max(1, Math.round(bytes / 2 / objectBytes));
  for (const layout of ['lex', 'interaction'] as const) {
    const place = async (folder: string | undefined, ending: string) => {
      if (folder === undefined) return () => null;
      await mkdir(join(folder, layout), { recursive: true });
      return (name: string) => join(folder, layout, `${name}.${ending}`);
    };
    const plainPath = await place(folders.plain, 'jsonl');
    const gzipPath = await place(folders.gzip, 'jsonl.gz');
    for (let object = 0; object < objectsOfLayout; object++) {
      const name = String(object).padStart(4, '0');
      const number = plans.length;
      const size = bytes / 2 / objectsOfLayout;
      plans.push({ layout, number, bytes: size, plainPath: plainPath(name), gzipPath: gzipPath(name) });
    }
  }
  const processes = Math.min(availableParallelism(), plans.length);
  const truths = await Promise.all(
    Array.from({ length: processes }, (_, index) =>
      writeInProcess(plans.filter((plan) => plan.number % processes === index)),
    ),
  );
  return addTruths(truths);
}

async function writeInProcess(plans: ObjectPlan[]): Promise<LogTruth> {
  const child = fork(join(__dirname, 'write-objects.ts'), { execArgv: process.execArgv });
  const answer = new Promise<LogTruth>((resolve, reject) => {
    child.once('message', (truth) => resolve(truth as LogTruth));
    child.once('exit', (code) =>
      reject(new Error(`Writing the logs ended with ${code} before it was done.`)),
    );
  });
  child.send(plans);
  const truth = await answer;
  await once(child, 'exit');
  return truth;
}
