import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { closeBrowser, sharedBrowser } from './browser';

const client = join(__dirname, '../../../dist/client.js');
/** What an analyst has, from the link to "the cycle goes on". */
const mostReviewMs = 5 * 60_000;

/** The café's review on the real servers, in two browsers at once, by keyboard alone. */
describe('the café review in the browser, end to end', function () {
  this.timeout(600_000);
  let stateFolder: string;
  let up: ChildProcess;
  let said = '';
  before(async () => {
    stateFolder = await mkdtemp(join(tmpdir(), 'ciclo-console-'));
    up = spawn(process.execPath, [client, 'up', '--once', '--author', 'ana'], {
      env: { ...process.env, CICLO_STATE_FOLDER: stateFolder, NO_COLOR: '1' },
    });
    for (const stream of [up.stdout, up.stderr])
      stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  });
  after(async () => {
    await closeBrowser();
    if (up.exitCode === null) {
      up.kill('SIGINT');
      await once(up, 'exit');
    }
    await rm(stateFolder, { recursive: true, force: true });
  });

  async function untilSaid(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(said);
      if (found) return found;
      if (up.exitCode !== null) assert.fail(`npm start ended with ${up.exitCode}:\n${said}`);
      await sleep(200);
    }
  }

  it('is decided in two windows, over a reload, and the cycle goes on', async () => {
    const [, link] = await untilSaid(/(http:\S+\?token=\S+#\/cafe\/review\/1)/);
    const context = await (await sharedBrowser()).newContext({ locale: 'es-ES' });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    const start = Date.now();
    await page.goto(link!);
    await page.locator('.phrase').first().waitFor();
    assert.doesNotMatch(page.url(), /token/);
    const other = await context.newPage();
    await other.goto(page.url());
    await other.locator('.phrase').first().waitFor();

    const names = await page.locator('.row-name').allInnerTexts();
    const status = (on: Page, name: string) =>
      on.locator('.row', { has: on.locator('.row-name', { hasText: new RegExp(`^${name}$`) }) });
    await page.keyboard.press('a');
    await other.locator(`.row[data-status=accepted]`, { hasText: names[0] }).waitFor({ timeout: 10_000 });
    await other.keyboard.press('j');
    await other.keyboard.press('x');
    await other.keyboard.type('No es para el bot');
    await other.keyboard.press('Enter');
    await page.locator('.row[data-status=rejected]', { hasText: names[1] }).waitFor({ timeout: 10_000 });
    await page.reload();
    await page.locator('.phrase').first().waitFor();
    assert.equal(await status(page, names[0]!).getAttribute('data-status'), 'accepted');
    assert.equal(await status(page, names[1]!).getAttribute('data-status'), 'rejected');
    await page.keyboard.press('u');
    await page.locator('.row[data-status=rejected]').first().waitFor({ state: 'detached', timeout: 10_000 });
    await page.keyboard.press('U');
    await page.locator('.row[data-status=rejected]', { hasText: names[1] }).waitFor({ timeout: 10_000 });

    await page.keyboard.press('f');
    await page.getByRole('dialog').getByText('1 intención nueva se entrenará').waitFor();
    await page.locator('.dialog button[type=submit]:enabled').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('La revisión está terminada.').waitFor({ timeout: 20_000 });
    assert.ok(Date.now() - start < mostReviewMs);
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.locator('tr[data-state=done]', { hasText: 'Revisar' }).waitFor({ timeout: 30_000 });
    await page.locator('tr[data-state=done]', { hasText: 'Conjunto de datos' }).waitFor({ timeout: 60_000 });
    assert.deepEqual(faults, []);
  });
});
