import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { BrowserContext, Page } from 'playwright-core';
import type { ConsoleErrorBody, Session } from '../../../src/console/api';
import { startConsole, type ListeningConsole } from '../../../src/console/server/listen';
import { openIdAccess } from '../../../src/console/server/openid';
import { reviewWorkflowId } from '../../../src/domain/cycle';
import type { PipelineConfiguration } from '../../../src/domain/pipeline';
import { openObjectStore } from '../../../src/platform/storage/object-store';
import type { review } from '../../../src/workflows/review';
import { decideUpdate, reviewDecisionsQuery } from '../../../src/workflows/review';
import { searchAttributes } from '../../../src/workflows/search-attributes';
import { withEnvironment } from '../../support/environment';
import { freePort } from '../../support/free-port';
import { localEnvironment } from '../../support/servers';
import { clientId, OpenIdStandIn } from '../openid-stand-in';
import { layOutReview } from '../waiting-review';
import { startReviewWorker } from '../worker/start';
import { closeBrowser, pageFolder, sharedBrowser } from './browser';

/** What "within seconds" may take. */
const soonMs = 6_000;

/** Several people, each in a browser of their own, on a review that waits in a real workflow. */
describe('people at one review, in their browsers', function () {
  this.timeout(60_000);
  const store = openObjectStore();
  const provider = new OpenIdStandIn();
  const taskQueue = `test-${randomUUID()}`;
  let environment: TestWorkflowEnvironment;
  let folder: string;
  let pipeline: PipelineConfiguration;
  let handle: WorkflowHandle<typeof review>;
  let console: ListeningConsole;
  let worker: ChildProcess;
  const contexts: BrowserContext[] = [];

  before(async () => {
    [environment, folder] = await Promise.all([
      localEnvironment(searchAttributes),
      mkdtemp(join(tmpdir(), 'ciclo-people-')),
      provider.start(),
    ]);
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const access = await withEnvironment(
      {
        CICLO_CONSOLE_URL: publicUrl,
        CICLO_CONSOLE_OPENID_ISSUER: provider.issuer,
        CICLO_CONSOLE_OPENID_CLIENT_ID: clientId,
        CICLO_CONSOLE_OPENID_CLIENT_SECRET: 'secret',
      },
      openIdAccess,
    );
    assert.ok(access);
    const waiting = await layOutReview(store, folder, { approvals: 2 });
    pipeline = waiting.pipeline;
    [console, worker, handle] = await Promise.all([
      startConsole(
        {
          client: environment.client,
          store,
          pipelines: {
            names: () => Promise.resolve([pipeline.name]),
            read: () => Promise.resolve(pipeline),
          },
          access,
          publicUrl,
          temporalUi: null,
          pageFolder,
        },
        { host: '127.0.0.1', port },
      ),
      startWorker(),
      environment.client.workflow.start<typeof review>('review', {
        workflowId: reviewWorkflowId(pipeline.name, 1),
        taskQueue,
        args: [waiting.input],
      }),
    ]);
  });
  after(async () => {
    await closeBrowser();
    await console.close();
    worker.kill('SIGKILL');
    await handle.terminate().catch(() => undefined);
    provider.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const startWorker = () => startReviewWorker(environment.address, taskQueue);

  /** Signs somebody in through the provider, in a browser of their own, and opens the review. */
  async function comeIn(name: string, role: string, locale = 'en-GB'): Promise<Page> {
    const context = await (await sharedBrowser()).newContext({ locale });
    contexts.push(context);
    const page = await context.newPage();
    provider.claims = { email: `${name}@example.org`, roles: [role] };
    await page.goto(`${console.url}/sign-in`);
    await page.goto(`${console.url}/#/${pipeline.name}/review/1`);
    await page.locator('.phrase').first().waitFor();
    return page;
  }

  const row = (page: Page, name: string, status: string) =>
    page.locator(`.row[data-status=${status}]`, { hasText: name });
  const events = async () =>
    (await handle.query(reviewDecisionsQuery, 0)).map(({ action, author }) => [action, author]);

  /** What a page that asks for more than its buttons offer gets. */
  async function insist(page: Page, path: string, body: object): Promise<{ status: number; type: string }> {
    return page.evaluate(
      async ([route, content]) => {
        const { csrfToken } = (await (await fetch('/api/session')).json()) as Session;
        const answer = await fetch(route!, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
          body: content!,
        });
        const { error } = (await answer.json()) as Partial<ConsoleErrorBody>;
        return { status: answer.status, type: error?.type ?? '' };
      },
      [`/api/pipelines/${pipeline.name}/cycles/1/review/${path}`, JSON.stringify(body)],
    );
  }

  it('see each other decide; whoever may only look cannot', async () => {
    const ana = await comeIn('ana', 'reviewer');
    const luis = await comeIn('luis', 'admin');
    const eva = await comeIn('eva', 'viewer');
    await ana.keyboard.press('a');
    for (const page of [luis, eva]) await row(page, 'PreguntarWifi', 'accepted').waitFor({ timeout: soonMs });
    await luis.getByText('ana@example.org accepted “PreguntarWifi”').waitFor();
    await luis.keyboard.press('j');
    await luis.keyboard.press('x');
    await luis.getByRole('dialog').waitFor();
    await luis.keyboard.type('Not for the bot');
    await luis.keyboard.press('Enter');
    for (const page of [ana, eva])
      await row(page, 'PreguntarPerros', 'rejected').waitFor({ timeout: soonMs });

    await eva.keyboard.press('u');
    assert.equal(await eva.getByRole('button', { name: /^Undo/ }).isEnabled(), false);
    assert.equal(await eva.getByRole('button', { name: /^Finish/ }).isEnabled(), false);
    const forbidden = { status: 403, type: 'NotAllowedError' };
    assert.deepEqual(await insist(eva, 'decisions', { decision: { action: 'undo' } }), forbidden);
    assert.deepEqual(await insist(eva, 'finish', {}), forbidden);
    assert.deepEqual(await events(), [
      ['accept', 'ana@example.org'],
      ['reject', 'luis@example.org'],
    ]);
  });

  it('lose nothing while the worker is killed and gone, over a reload too', async () => {
    const [ana, luis] = contexts.map((context) => context.pages()[0]!) as [Page, Page];
    ana.on('dialog', (dialog) => void dialog.accept());
    const exited = once(worker, 'exit');
    worker.kill('SIGKILL');
    await exited;
    await ana.keyboard.press('u');
    await ana.getByText('storing …').first().waitFor();
    await ana.keyboard.press('d');
    await ana.getByText('2 decisions waiting to be stored').waitFor();
    await ana.reload();
    await ana.getByText('2 decisions waiting to be stored').waitFor();
    worker = await startWorker();
    await row(luis, 'PreguntarPerros', 'aside')
      .or(row(luis, 'PreguntarWifi', 'aside'))
      .waitFor();
    await ana.locator('.row[data-status=aside]').waitFor();
    await ana.getByText('waiting to be stored').waitFor({ state: 'detached' });
    assert.deepEqual((await events()).slice(2), [
      ['undo', 'ana@example.org'],
      ['put-aside', 'ana@example.org'],
    ]);
  });

  it('read in their language why they are refused when somebody was faster', async () => {
    const others = contexts.slice(0, 2).map((context) => context.pages()[0]!);
    const carla = await comeIn('carla', 'reviewer', 'es-ES');
    // Nothing tells this page what others decide meanwhile.
    await carla.route('**/review/decisions?*', () => undefined);
    await handle.executeUpdate(decideUpdate, {
      args: [{ action: 'reject', proposal: 'p-1', author: 'luis@example.org' }],
    });
    await carla.keyboard.press('r');
    await carla.getByLabel('Nombre', { exact: true }).fill('ClaveWifi');
    await carla.keyboard.press('Enter');
    await carla
      .getByText(
        'Sin guardar (renombrar «PreguntarWifi» como «ClaveWifi»): La propuesta «PreguntarWifi» ya está rechazada: reábrala antes, o deshaga esa decisión.',
      )
      .waitFor();
    await row(carla, 'PreguntarWifi', 'rejected').waitFor();

    await carla.keyboard.press('f');
    await carla.locator('.dialog button[type=submit]:enabled').waitFor();
    await handle.executeUpdate(decideUpdate, { args: [{ action: 'undo', author: 'luis@example.org' }] });
    await carla.keyboard.press('Enter');
    await carla
      .getByRole('alert')
      .getByText(/^Ahora hay \d decisiones, y usted ha visto \d\. Vuelva a mirar antes de aprobar\.$/)
      .waitFor();
    await carla.context().close();
    // Those who approve next have to see what was decided here.
    for (const page of others) {
      await page.reload();
      await page.locator('.phrase').first().waitFor();
    }
  });

  it('approve together: the workflow refuses the second approval of one person', async () => {
    const [ana, luis] = contexts.map((context) => context.pages()[0]!) as [Page, Page];
    await ana.keyboard.press('f');
    await ana.locator('.dialog button[type=submit]:enabled').waitFor();
    await ana.keyboard.press('Enter');
    await luis.getByText('approved by ana@example.org').waitFor({ timeout: soonMs });
    const again = await comeIn('ana', 'admin');
    assert.equal(await again.getByRole('button', { name: /^Finish/ }).isEnabled(), false);
    assert.deepEqual(await insist(again, 'finish', {}), { status: 422, type: 'InvalidInputError' });
    await luis.keyboard.press('f');
    await luis.locator('.dialog button[type=submit]:enabled').waitFor();
    await luis.keyboard.press('Enter');
    await ana.getByText('The review is finished.').waitFor({ timeout: soonMs });
    const { outcome } = await handle.result();
    assert.equal(outcome, 'finished');
  });
});
