import { execFile } from 'node:child_process';
import { broken, fine, warning, type Finding } from '../../domain/doctor';
import type { Check } from '../check';

interface NativePackage {
  name: string;
  /** What it is for. */
  purpose: string;
  /** A program that uses it; a binary that does not fit may end the whole process, so it gets one of its own. */
  trial: string;
  /** Only the sentence encoders need it. */
  isOptional: boolean;
}

const duckdb: NativePackage = {
  name: '@duckdb/node-api',
  purpose: 'the job "prepare" sorts logs with it',
  trial:
    "require('@duckdb/node-api').DuckDBInstance.create(':memory:').then((one) => one.connect()).then((one) => one.run('SELECT 1'))",
  isOptional: false,
};
const onnx: NativePackage = {
  name: 'onnxruntime-node',
  purpose: 'the embedder onnx:MODEL runs its model with it',
  trial: "require('onnxruntime-node')",
  isOptional: true,
};
const tokenizers: NativePackage = {
  name: '@huggingface/tokenizers',
  purpose: 'the embedder onnx:MODEL splits texts with it',
  trial: "import('@huggingface/tokenizers')",
  isOptional: true,
};

export const nativePackages: readonly NativePackage[] = [duckdb, onnx, tokenizers];

/**
 * Whether the packages with binaries of their own load here.
 * @param projectFolder where they are installed
 * @param usesEncoder the pipeline asks for the optional ones
 */
export function nativePackagesCheck(
  projectFolder: string,
  usesEncoder: boolean,
  packages = nativePackages,
): Check {
  return {
    id: 'native-packages',
    group: 'machine',
    title: 'Packages with binaries',
    async run(signal) {
      const trials = await Promise.all(
        packages.map(async (one) => ({ ...one, problem: await problemOf(one, projectFolder, signal) })),
      );
      const loaded = trials.filter(({ problem }) => problem === null).map(({ name }) => name);
      return [
        ...(loaded.length > 0 ? [fine(`Loads: ${loaded.join(', ')}.`)] : []),
        ...trials.flatMap(({ problem, ...one }) =>
          problem === null ? [] : [describeProblem(one, problem, usesEncoder)],
        ),
      ];
    },
  };
}

function describeProblem(
  { name, purpose, isOptional }: NativePackage,
  problem: string,
  isNeeded: boolean,
): Finding {
  const what = `${name} does not load: ${problem}`;
  const isBroken = !isOptional || isNeeded;
  const why = `${purpose.replace(/^./, (letter) => letter.toUpperCase())}${isBroken ? '.' : '; the embedder "lexical" does without.'}`;
  return (isBroken ? broken : warning)(what, {
    why,
    next: isOptional ? 'Where you want it, install it:' : 'Install the packages again, on this very machine:',
    commands: [isOptional ? `ONNXRUNTIME_NODE_INSTALL=skip npm install ${name}` : 'npm ci'],
    facts: { package: name },
  });
}

/** Why it does not load; null when it does. */
function problemOf({ trial }: NativePackage, cwd: string, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['-e', trial], { cwd, signal }, (error, _stdout, stderr) => {
      if (error === null) return resolve(null);
      const words = /^(?:\w*Error.*|.*Cannot find (?:module|package).*)$/m.exec(stderr)?.[0];
      resolve((words ?? `its process ended with ${error.signal ?? error.code ?? 'an error'}`).slice(0, 200));
    });
  });
}
