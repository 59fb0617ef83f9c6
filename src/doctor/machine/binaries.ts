import { broken, fine, warning, type Finding } from '../../domain/doctor';
import type { Check } from '../check';

/** A server's executable on this machine, or how one could be had. */
export interface BinaryStatus {
  /** For a person. */
  title: string;
  executable: string;
  version: string;
  /** Null where it has to be fetched. */
  found: { path: string; source: string } | null;
  /** Ways to fetch it, in their order; `problem` says why one cannot work. */
  ways: { name: string; problem: string | null }[];
  /** Why a path that the user gave cannot be used; null where none was given or it can. */
  problem: string | null;
  /** What a person can do when no way works. */
  byHand: string;
}

/**
 * Which executables `npm start` would use.
 * @param inspect looks without fetching anything
 */
export function binariesCheck(inspect: () => Promise<BinaryStatus[]>): Check {
  return {
    id: 'binaries',
    group: 'machine',
    title: 'Servers for npm start',
    run: async () => (await inspect()).map(judgeBinary),
  };
}

export function judgeBinary({
  title,
  executable,
  version,
  found,
  ways,
  problem,
  byHand,
}: BinaryStatus): Finding {
  const why = 'npm start runs it; with servers of your own it is not needed.';
  if (problem !== null) return broken(problem, { why });
  if (found !== null) {
    return fine(`${title}: ${found.path} (${found.source}).`, { executable, ...found });
  }
  const open = ways.filter((way) => way.problem === null).map(({ name }) => name);
  const closed = ways.flatMap((way) => (way.problem === null ? [] : [`${way.name}: ${way.problem}`]));
  const facts = { executable, version, ways };
  if (open.length > 0) {
    const others = closed.length > 0 ? ` (not by ${closed.join('; ')})` : '';
    return fine(
      `${title} ${version} is not here yet; npm start fetches it once, by ${open.join(', else by ')}${others}.`,
      facts,
    );
  }
  return warning(`${title} is not here, and cannot be fetched: ${closed.join('; ')}.`, {
    why,
    next: `To use npm start, ${byHand}.`,
    facts,
  });
}
