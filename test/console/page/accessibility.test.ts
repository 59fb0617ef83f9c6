import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { closeBrowser, openPage, startFake } from './browser';
import type { FakeServer } from './fake/server';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const views = ['review', 'map', 'cycles', 'report', 'diff', 'categories', 'schedule', 'versions'];
const dialogs = ['m', 'v', 'A', 'x', 'f', '?'];

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds against WCAG 2.2 A and AA, and its own best practices where nothing floats outside of the landmarks. */
async function violations(page: Page, rules = [...standards, 'best-practice']): Promise<string[]> {
  // By the debugging protocol: the content security policy lets no script of ours into the page.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ${JSON.stringify(rules)} })`,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`.slice(0, 600));
}

describe('the console for everybody', () => {
  let server: FakeServer;
  let url: string;
  before(async () => {
    ({ server, url } = await startFake());
  });
  after(async () => {
    await server.stop();
    await closeBrowser();
  });

  for (const [locale, colorScheme] of [
    ['es-ES', 'light'],
    ['en-GB', 'dark'],
  ] as const) {
    for (const view of views) {
      it(`axe finds nothing in the view ${view}, ${locale}, ${colorScheme}`, async () => {
        const { page, context, faults } = await openPage(url, { view, locale, colorScheme });
        await page.waitForTimeout(400);
        assert.deepEqual(await violations(page), []);
        assert.equal(await page.locator('html').getAttribute('lang'), locale.slice(0, 2));
        assert.deepEqual(faults, []);
        await context.close();
      });
    }

    it(`axe finds nothing where new examples are marked, ${locale}, ${colorScheme}`, async () => {
      const { page, context } = await openPage(url, { locale, colorScheme });
      await page.locator('.row', { hasText: 'ReservarMesa' }).getByRole('button').click();
      await page.locator('.phrase .badge').first().waitFor();
      await page.keyboard.press('b');
      await page.locator('.phrase[data-selected=true]').first().waitFor();
      assert.deepEqual(await violations(page), []);
      for (const key of ['v', 'A']) {
        await page.keyboard.press(key);
        await page.getByRole('dialog').waitFor();
        assert.deepEqual(await violations(page, standards), [], `dialog of ${key}`);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await context.close();
    });

    it(`axe finds nothing in the dialogs, ${locale}, ${colorScheme}`, async () => {
      const { page, context } = await openPage(url, { locale, colorScheme });
      await page.locator('.phrase').first().waitFor();
      for (const key of dialogs) {
        await page.keyboard.press(key);
        await page.getByRole('dialog').waitFor();
        assert.deepEqual(await violations(page, standards), [], `dialog of ${key}`);
        await page.keyboard.press('Escape');
        if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await context.close();
    });
  }

  it('axe finds nothing in what is told of a decision', async () => {
    const { page, context } = await openPage(url);
    await page.locator('.phrase').first().waitFor();
    await page.keyboard.press('a');
    await page.locator('.notice-card button').waitFor();
    assert.deepEqual(await violations(page), []);
    await context.close();
  });

  it('axe finds nothing after the end', async () => {
    const over = await startFake();
    over.server.isFinished = true;
    const { page, context } = await openPage(over.url);
    await page.locator('.phrase').first().waitFor();
    await page.getByRole('link', { name: 'See the cycle' }).waitFor();
    assert.deepEqual(await violations(page), []);
    await context.close();
    await over.server.stop();
  });

  it('needs no sideways scrolling at 200 % zoom, on a tablet and on a telephone', async () => {
    for (const viewport of [
      { width: 720, height: 450 },
      { width: 820, height: 1180 },
      { width: 390, height: 844 },
    ]) {
      const { page, context } = await openPage(url, { viewport });
      for (const view of views) {
        await page.goto(`${url}/#/cafe/${view}`);
        await page.locator(`.view-${view} > *:not(.hidden):not(.empty)`).first().waitFor();
        const excess = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        assert.ok(excess <= 0, `${view} is ${excess} pixels too wide at ${viewport.width}`);
      }
      await context.close();
    }
  });
});
