import { broken, fine, type Finding } from '../../domain/doctor';
import type { Check } from '../check';

/**
 * Whether this Node can run Ciclo.
 * @param engines the range of `package.json`, `>=MAJOR.MINOR.PATCH`
 * @param version of Node, as `process.version` says it
 */
export function nodeCheck(engines: string, version = process.version): Check {
  return {
    id: 'node',
    group: 'machine',
    title: 'Node',
    run: () => Promise.resolve([judgeNode(engines, version)]),
  };
}

function judgeNode(engines: string, version: string): Finding {
  const found = `Node ${version} on ${process.platform} ${process.arch}`;
  if (isAtLeast(version, engines)) return fine(`${found}.`, { version, engines });
  return broken(`${found}; Ciclo needs ${engines}.`, {
    why: 'Older versions lack what the SDKs use: commands may fail anywhere.',
    next: 'Install a current LTS of Node (https://nodejs.org), then install the packages again:',
    commands: ['npm ci'],
    facts: { version, engines },
  });
}

function isAtLeast(version: string, range: string): boolean {
  const [have, least] = [version, range].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  for (let part = 0; part < 3; part++) {
    const difference = (have?.[part] ?? 0) - (least?.[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
