import type { Page } from 'playwright-core';
import { sharedBrowser } from '../../test/console/page/browser';

/** How long previews took to be on the page, in milliseconds from the key that decided. */
export interface DecisionTimes {
  /** Right after the review was opened. */
  first: number;
  /** Of the decisions after it, one by one. */
  next: number[];
  /** Of the one that accepts all the others. */
  all: number;
}

/** How long a preview is waited for. */
const patienceMs = 300_000;

/**
 * Opens a review that nobody has decided in, accepts one proposal after the other as soon as the preview of the one before
 * is there, and then all the rest at once.
 */
export async function decisionTimes(link: string, count: number): Promise<DecisionTimes> {
  const context = await (
    await sharedBrowser()
  ).newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(link);
  await page.locator('.phrase').first().waitFor();
  await page.keyboard.press('p');
  await page.locator('.preview-pane').waitFor();
  const first = await untilPreview(page, 1, pressing('a'));
  const next: number[] = [];
  for (let decision = 2; decision <= count + 1; decision++)
    next.push(await untilPreview(page, decision, pressing('a')));
  await page.keyboard.press('A');
  await page.locator('.dialog button[type=submit]:enabled').waitFor();
  const all = await untilPreview(
    page,
    count + 2,
    `document.querySelector('.dialog button[type=submit]').click()`,
  );
  await context.close();
  return { first, next, all };
}

/** A script that presses a key where the focus is. */
function pressing(key: string): string {
  return `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true, cancelable: true }))`;
}

/** Runs the script that decides; measures in the page, to the change of its text. */
function untilPreview(page: Page, decisions: number, script: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve, reject) => {
    const begun = performance.now();
    const isThere = () => /As of ${decisions} decision/.test(document.querySelector('.preview-pane').textContent);
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      resolve(performance.now() - begun);
    });
    observer.observe(document.querySelector('.preview-pane'), { subtree: true, childList: true, characterData: true });
    setTimeout(() => reject(new Error('There is no preview of ${decisions} decisions.')), ${patienceMs});
    ${script};
  })`);
}
