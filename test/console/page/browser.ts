import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../../support/chromium/launch';
import { createFixture } from './fake/fixture';
import { FakeServer } from './fake/server';

export const pageFolder = resolve(__dirname, '../../../dist/console/page');

let browser: Promise<Browser> | null = null;

/** One for all tests of a file; `closeBrowser` ends it. */
export function sharedBrowser(): Promise<Browser> {
  if (!existsSync(resolve(pageFolder, 'index.html'))) throw new Error('The page is not built: npm run build');
  browser ??= launchChromium();
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = null;
}

/** A page with the review of a fake server, and everything that went wrong in it. */
export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** Errors of the console and of scripts; requests to elsewhere. */
  faults: string[];
}

/** Opens an address and waits for the view to be there. */
export async function openPage(
  url: string,
  { view = 'review', ...options }: BrowserContextOptions & { view?: string } = {},
): Promise<OpenPage> {
  const context = await (
    await sharedBrowser()
  ).newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A refused request is written to the console by the browser itself.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin)) faults.push(`request to ${request.url()}`);
  });
  await page.goto(`${url}/#/cafe/${view}`);
  await page.locator('#content > *:not(.hidden):not(.empty)').first().waitFor();
  return { page, context, faults };
}

/** Starts a fake server with an invented review. */
export async function startFake(
  options: Parameters<typeof createFixture>[0] = {},
): Promise<{ server: FakeServer; url: string }> {
  const server = new FakeServer(createFixture(options));
  return { server, url: await server.start() };
}
