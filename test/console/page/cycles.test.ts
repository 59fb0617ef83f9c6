import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { BrowserContext, Page } from 'playwright-core';
import { createCycleActivities } from '../../../src/activities/cycle';
import type { Role } from '../../../src/console/api';
import { startConsole, type ListeningConsole } from '../../../src/console/server/listen';
import { InvalidInputError } from '../../../src/domain/errors';
import type { PipelineConfiguration } from '../../../src/domain/pipeline';
import { openObjectStore } from '../../../src/platform/storage/object-store';
import type { retrain } from '../../../src/workflows/retrain';
import { searchAttributes } from '../../../src/workflows/search-attributes';
import { localEnvironment } from '../../support/servers';
import { withWorker } from '../../support/workflow-worker';
import { artifact, configuration, mockActivities } from '../../workflows/mock-activities';
import { closeBrowser, pageFolder, sharedBrowser } from './browser';

/** Cycles of a real workflow, as the console tells of them. */
describe('the cycles in the console', function () {
  this.timeout(60_000);
  const store = openObjectStore();
  let environment: TestWorkflowEnvironment;
  let folder: string;
  let pipeline: PipelineConfiguration;
  const consoles: ListeningConsole[] = [];
  const contexts: BrowserContext[] = [];

  before(async () => {
    environment = await localEnvironment(searchAttributes);
    folder = await mkdtemp(join(tmpdir(), 'ciclo-cycles-'));
  });
  beforeEach(() => {
    const name = `cafe-${randomUUID().slice(0, 8)}`;
    pipeline = { ...configuration, name, store: { uri: `${pathToFileURL(join(folder, name)).href}/` } };
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    for (const console of consoles.splice(0)) await console.close();
  });
  after(async () => {
    await closeBrowser();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens the view of a cycle in a browser of its own. */
  async function open(role: Role, locale: 'es-ES' | 'en-GB'): Promise<Page> {
    const console = await startConsole(
      {
        client: environment.client,
        store,
        pipelines: { names: () => Promise.resolve([pipeline.name]), read: () => Promise.resolve(pipeline) },
        access: { kind: 'link', author: role, role },
        publicUrl: null,
        temporalUi: null,
        pageFolder,
      },
      { host: '127.0.0.1', port: 0 },
    );
    consoles.push(console);
    const context = await (await sharedBrowser()).newContext({ locale });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(console.link());
    await page.goto(`${console.url}/#/${pipeline.name}/cycles/1`);
    return page;
  }

  /** Runs a cycle that proposes nothing, on the store's own books. */
  async function cycle(
    overrides: Parameters<typeof mockActivities>[0],
    during: () => Promise<void>,
  ): Promise<void> {
    const books = createCycleActivities({
      store,
      codeVersion: 'test',
      loadPipeline: () => Promise.resolve(pipeline),
    });
    const { activities } = mockActivities({
      ...books,
      completeCycle: () => Promise.resolve(),
      openReview: () => Promise.resolve({ proposals: [], existingIntents: [], leftOut: 0 }),
      ...overrides,
    });
    await withWorker(environment, activities, async (taskQueue) => {
      const handle = await environment.client.workflow.start<typeof retrain>('retrain', {
        workflowId: `retrain/${pipeline.name}`,
        taskQueue,
        args: [{ pipeline: pipeline.name, trigger: 'manual' }],
      });
      await during();
      await handle.result().catch((error: unknown) => error);
    });
  }

  it('says in Spanish that DRAFT was edited, and lets an administrator keep the edits', async () => {
    const edits = {
      summary: { en: 'PedirCafe +1 phrase', es: 'PedirCafe +1 frase' },
      diff: artifact('edits'),
    };
    const compareDraft = ({ since }: { since: unknown }) =>
      Promise.resolve({ edits: since === null ? null : edits, untried: null });
    await cycle({ compareDraft }, async () => {
      const page = await open('admin', 'es-ES');
      await page.getByText('PedirCafe +1 frase').waitFor();
      const viewer = await open('viewer', 'en-GB');
      assert.ok(await viewer.getByRole('button', { name: 'Take the changes over' }).isDisabled());
      await page.getByRole('button', { name: 'Conservar los cambios' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Conservar los cambios' }).click();
      await page.getByText('La versión 2 del bot es el modelo v2.').waitFor();
      await page.getByText('Alias live: versión 1 → 2.').waitFor();
      await page.getByText('Es mejor. Versión').waitFor();
      assert.equal(await page.getByText('PedirCafe +1 frase').count(), 0);
    });
    const page = await open('viewer', 'en-GB');
    await page.getByText('It is better. Live version').waitFor();
    await page.getByText('the new version went live').first().waitFor();
  });

  it('says of a failed cycle why it failed, also when its workflow cannot be asked', async () => {
    const resolveBot = () => Promise.reject(new InvalidInputError('There is no bot TestBot.', {}));
    await cycle({ resolveBot }, () => Promise.resolve());
    const page = await open('viewer', 'es-ES');
    const row = page.getByRole('row', { name: /Descubrir/ });
    await row.getByText('There is no bot TestBot.').waitFor();
    assert.match((await row.textContent()) ?? '', /fallida/);
    assert.equal(await row.locator('[lang=en]').count(), 1, 'the message is in English, and says so');
  });
});
