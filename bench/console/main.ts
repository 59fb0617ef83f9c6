import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import {
  closeBrowser,
  openPage,
  pageFolder,
  sharedBrowser,
  startFake,
} from '../../test/console/page/browser';
import { describeMachine } from '../support/machine';
import { median } from '../support/statistics';
import { markdownTable } from '../support/table';
import { frameTimes, plainCanvas, type Movement } from './frames';

const usage = `Usage: npm run bench -- console [--points 20000] [--seconds 3] [--runs 5]

Opens a review of that many invented phrases in Chromium without a window and without a graphics card (all is drawn in
software), and prints: how long the first view takes, how large the page is compressed, how soon a decision is in the
preview, and the frames of the map while it is enlarged, moved and lassoed for so many seconds each; beside them those of
a plain canvas that draws the same points as discs anew for every frame. The review's server is the tests' own.`;

const movements: readonly Movement[] = ['zoom', 'pan', 'lasso'];
const window = { width: 1440, height: 900 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      points: { type: 'string', default: '20000' },
      seconds: { type: 'string', default: '3' },
      runs: { type: 'string', default: '5' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const [points, seconds, runs] = [Number(values.points), Number(values.seconds), Number(values.runs)];
  const { server, url } = await startFake({ size: points });
  const firstViews: number[] = [];
  const decisions: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { page, context } = await openPage(url, { view: 'cycles' });
    const begun = Date.now();
    await page.goto(`${url}/?again#/cafe/review`);
    await page.locator('.phrase').first().waitFor();
    firstViews.push(Date.now() - begun);
    await page.keyboard.press('p');
    const before = server.events.length;
    await page.getByRole('complementary').getByText(`As of ${before} decision`).waitFor();
    const decided = Date.now();
    await page.keyboard.press('a');
    await page
      .getByRole('complementary')
      .getByText(`As of ${before + 1} decision`)
      .waitFor();
    decisions.push(Date.now() - decided);
    await context.close();
  }

  const { page, context } = await openPage(url, { view: 'map' });
  await page.locator('.map-box canvas').first().waitFor();
  await page.waitForTimeout(1_000);
  const box = (await page.locator('.map-box').boundingBox())!;
  const plain = await (await sharedBrowser()).newPage({ viewport: window });
  await plain.evaluate(plainCanvas(points, box));
  const rows: string[][] = [];
  for (const movement of movements) {
    for (const [name, subject] of [
      ['Ciclo', page],
      ['a plain canvas', plain],
    ] as [string, Page][]) {
      const times = await subject.evaluate<number[]>(frameTimes(movement, seconds));
      const sorted = [...times].sort((a, b) => a - b);
      const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
      rows.push([
        `${movement}, ${name}`,
        (1_000 / mean).toFixed(1),
        mean.toFixed(1),
        sorted[Math.floor(sorted.length * 0.95)]!.toFixed(1),
      ]);
    }
  }
  await context.close();
  await server.stop();
  await closeBrowser();

  const bytes = readdirSync(pageFolder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(file.parentPath, file.name))).length, 0);
  console.log(`${describeMachine()}; Chromium, drawn in software\n`);
  console.log(`${points.toLocaleString('en')} phrases, the median of ${runs}:`);
  console.log(`- first view: ${median(firstViews)} ms`);
  console.log(
    `- from a decision to the preview that the page shows, apart from making it: ${median(decisions)} ms`,
  );
  console.log(`- the page, all views, gzip: ${Math.round(bytes / 1_024)} KB\n`);
  console.log(markdownTable(['Map', 'Frames a second', 'Mean, ms', '95th percentile, ms'], rows));
}

main().catch(async (error: unknown) => {
  console.error(error);
  await closeBrowser();
  process.exit(1);
});
