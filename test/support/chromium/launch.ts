import { chromium, type Browser as RunningBrowser } from 'playwright-core';
import { resolveChromium } from './resolve';

/** Nothing but the pages under test goes over the network; containers have no sandbox and no GPU. */
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a Chromium without a window. */
export async function launchChromium(): Promise<RunningBrowser> {
  const { executablePath, env } = await resolveChromium();
  return chromium.launch({
    executablePath,
    args: switches,
    headless: true,
    env: { ...process.env, ...env },
  });
}
