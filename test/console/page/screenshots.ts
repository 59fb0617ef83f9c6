import { resolve } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { closeBrowser, openPage, startFake } from './browser';

const folder = resolve(__dirname, '../../../docs/images/console');

/** A picture of the console: how the page is opened, and what is done before it is taken. */
interface Picture {
  view?: string;
  options: BrowserContextOptions;
  prepare?: (page: Page) => Promise<void>;
}

const english = { locale: 'en-GB' } as const;
const spanish = { locale: 'es-ES' } as const;
const light = { colorScheme: 'light' } as const;
const dark = { colorScheme: 'dark' } as const;
const tablet = { viewport: { width: 820, height: 1180 } };
/** A window of 1440 × 900 whose page is enlarged twofold. */
const enlarged = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };

/** Decides about the first proposal and opens the preview of it. */
async function decide(page: Page): Promise<void> {
  await page.locator('.phrase').first().waitFor();
  await page.keyboard.press('a');
  await page.locator('.row[data-status=accepted]').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('p');
  await page.getByRole('heading', { name: /^(Preview|Previsión)$/ }).waitFor();
}

const press =
  (...keys: string[]) =>
  async (page: Page): Promise<void> => {
    await page.locator('.phrase, canvas').first().waitFor();
    for (const key of keys) await page.keyboard.press(key);
  };

async function searchTheMap(page: Page): Promise<void> {
  await page.locator('canvas').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('gluten');
  await page.keyboard.press('Enter');
}

const pictures: Record<string, Picture> = {
  'review-en-light': { options: { ...english, ...light }, prepare: decide },
  'review-es-dark': { options: { ...spanish, ...dark }, prepare: decide },
  'review-es-tablet': { options: { ...spanish, ...light, ...tablet }, prepare: press('j') },
  'review-en-200-percent': { options: { ...english, ...light, ...enlarged }, prepare: press('j') },
  'move-es-dark': { options: { ...spanish, ...dark }, prepare: press('Enter', ' ', 'j', ' ', 'v') },
  'finish-en-light': { options: { ...english, ...light }, prepare: press('a', 'a', 'f') },
  'keys-es-light': { options: { ...spanish, ...light }, prepare: press('?') },
  'map-es-light': { view: 'map', options: { ...spanish, ...light } },
  'map-en-dark': { view: 'map', options: { ...english, ...dark }, prepare: searchTheMap },
  'map-en-tablet': { view: 'map', options: { ...english, ...light, ...tablet } },
  'cycles-en-light': { view: 'cycles', options: { ...english, ...light } },
  'report-es-light': { view: 'report', options: { ...spanish, ...light } },
  'versions-es-dark': { view: 'versions', options: { ...spanish, ...dark } },
};

/** Takes the pictures of docs/images/console anew: `npm run screenshots`. */
async function main(): Promise<void> {
  for (const [name, { view, options, prepare }] of Object.entries(pictures)) {
    const { server, url } = await startFake({ size: 900 });
    const { page, context } = await openPage(url, { timezoneId: 'Europe/Madrid', ...options, view });
    await prepare?.(page);
    // What moves comes to rest.
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: resolve(folder, `${name}.png`) });
    await context.close();
    await server.stop();
    console.log(`docs/images/console/${name}.png`);
  }
  await closeBrowser();
}

void main();
