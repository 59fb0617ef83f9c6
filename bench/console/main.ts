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
import { writeBetweenMarkers } from '../support/page';
import { median, percentile } from '../support/statistics';
import { markdownTable } from '../support/table';
import { decisionTimes, type DecisionTimes } from './decisions';
import { frameTimes, plainCanvas, type Movement } from './frames';
import { largeReview } from './large-review';
import { withCafeReview, withReview } from './reviews';

const usage = `Usage: npm run bench -- console [--parts page,preview] [--points 20000] [--seconds 3] [--runs 5] [--decisions 20] [--write]

After npm run build, in Chromium without a window and without a graphics card (all is drawn in software):
  page     a review of that many invented phrases on the tests' own server: how long the first view takes, how large the
           page is compressed, how soon a decision is in the preview apart from making it, and the frames of the map while
           it is enlarged, moved and lassoed for so many seconds each; beside them those of a plain canvas that draws the
           same points as discs anew for every frame
  preview  how long it takes from the key that decides until the preview of it is on the page, on the real servers: of the
           first decision after opening, of so many one after the other, and of one that accepts all the rest. The café's
           review as npm start serves it, and one of that many generated phrases in hundreds of proposals
  --write  puts the table of previews into docs/benchmarks.md`;

const documentation = join(__dirname, '..', '..', 'docs', 'benchmarks.md');
const dist = join(__dirname, '..', '..', 'dist');
const movements: readonly Movement[] = ['zoom', 'pan', 'lasso'];
const window = { width: 1440, height: 900 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      parts: { type: 'string', default: 'page,preview' },
      points: { type: 'string', default: '20000' },
      seconds: { type: 'string', default: '3' },
      runs: { type: 'string', default: '5' },
      decisions: { type: 'string', default: '20' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const parts = values.parts.split(',');
  const points = Number(values.points);
  console.log(`${describeMachine()}; Chromium, drawn in software\n`);
  if (parts.includes('page')) await measurePage(points, Number(values.seconds), Number(values.runs));
  if (parts.includes('preview')) {
    const table = await measurePreviews(points, Number(values.decisions));
    console.log(table);
    if (values.write) await writeBetweenMarkers(documentation, 'console', `${describeMachine()}\n\n${table}`);
  }
  await closeBrowser();
}

async function measurePreviews(utterances: number, decisions: number): Promise<string> {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
  const row = (name: string, { first, next, all }: DecisionTimes) => [
    name,
    ...[first, median(next), percentile(next, 95), Math.max(...next), all].map(seconds),
  ];
  const large = largeReview(utterances);
  const proposals = large.discovery.proposals.length + large.discovery.enrichments.length;
  return markdownTable(
    ['Review', 'the first', 'median', '95th percentile', 'worst', 'all the rest at once'],
    [
      row('the café', await withCafeReview(dist, (link) => decisionTimes(link, decisions))),
      row(
        `${utterances.toLocaleString('en')} phrases, ${proposals} proposals`,
        await withReview(dist, large, (link) => decisionTimes(link, decisions)),
      ),
    ],
  );
}

async function measurePage(points: number, seconds: number, runs: number): Promise<void> {
  const firstViews: number[] = [];
  const decisions: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { server, url } = await startFake({ size: points });
    const { page, context } = await openPage(url, { view: 'cycles' });
    const begun = Date.now();
    await page.goto(`${url}/?again#/cafe/review`);
    await page.locator('.phrase').first().waitFor();
    firstViews.push(Date.now() - begun);
    await page.keyboard.press('p');
    const preview = page.getByRole('complementary');
    await preview.getByText('As of 0 decisions').waitFor();
    const decided = Date.now();
    await page.keyboard.press('a');
    await preview.getByText('As of 1 decision').waitFor();
    decisions.push(Date.now() - decided);
    await context.close();
    await server.stop();
  }

  const { server, url } = await startFake({ size: points });
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
      const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
      rows.push([
        `${movement}, ${name}`,
        (1_000 / mean).toFixed(1),
        mean.toFixed(1),
        percentile(times, 95).toFixed(1),
      ]);
    }
  }
  await context.close();
  await server.stop();

  const bytes = readdirSync(pageFolder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(file.parentPath, file.name))).length, 0);
  console.log(`${points.toLocaleString('en')} phrases, the median of ${runs}:`);
  console.log(`- first view: ${median(firstViews)} ms`);
  console.log(
    `- from a decision to the preview that the page shows, apart from making it: ${median(decisions)} ms`,
  );
  console.log(`- the page, all views, gzip: ${Math.round(bytes / 1_024)} KB\n`);
  console.log(`${markdownTable(['Map', 'Frames a second', 'Mean, ms', '95th percentile, ms'], rows)}\n`);
}

main().catch(async (error: unknown) => {
  console.error(error);
  await closeBrowser();
  process.exit(1);
});
