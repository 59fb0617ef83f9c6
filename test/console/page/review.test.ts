import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { closeBrowser, openPage, startFake, type OpenPage } from './browser';
import type { FakeServer } from './fake/server';

describe('the review in the browser', () => {
  let server: FakeServer;
  let url: string;
  let open: OpenPage;
  let page: Page;
  beforeEach(async () => {
    ({ server, url } = await startFake());
    open = await openPage(url);
    page = open.page;
  });
  afterEach(async () => {
    await open.context.close();
    await server.stop();
    assert.deepEqual(open.faults, []);
  });
  after(closeBrowser);

  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const heading = (name: string) => page.locator('.detail h2', { hasText: name }).waitFor();
  const until = async (holds: () => boolean, what: string) => {
    for (let waitedMs = 0; !holds(); waitedMs += 20) {
      assert.ok(waitedMs < 5_000, `waited in vain for ${what}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  const actions = () => server.events.map(({ action }) => action);

  it('is done by keyboard alone, from the first proposal to the end', async () => {
    await heading('PreguntarWifi');
    await press('a');
    await heading('LlevarPerro');
    await press('r');
    await page.keyboard.type('LlevarMascota');
    await press('Enter');
    await until(() => server.events.length === 2, 'the new name');
    await page.locator('.row[data-current=true]', { hasText: 'LlevarMascota' }).waitFor();
    await press('a');
    await heading('PreguntarAlergenos');
    await press('x');
    await page.keyboard.type('Son de la carta');
    await press('Enter');
    await heading('ReservarGrupo');
    await press('d');
    await heading('TarjetaFidelidad');
    await press('m');
    await page.getByRole('dialog').waitFor();
    await press('Enter');
    await until(() => server.events.length === 6, 'the merge');
    await page.locator('.row[data-status=merged]').waitFor();
    await press('Enter');
    await page.locator('.phrase input:focus').waitFor();
    await press(' ', 'j', ' ', 's');
    await page.getByRole('dialog').getByLabel('Name of the new intent').fill('PedirTarjeta');
    await press('Enter');
    await until(() => server.events.length === 7, 'the split');
    await page.locator('.row', { hasText: 'PedirTarjeta' }).waitFor();
    await press('u');
    await until(() => server.events.length === 8, 'the undo');
    await press('U');
    await until(() => server.events.length === 9, 'the redo');
    await press('f');
    await page
      .getByRole('dialog')
      .getByText('2 new intents will be trained: PreguntarWifi, LlevarMascota')
      .waitFor();
    await page.locator('.dialog button[type=submit]:enabled').waitFor();
    await press('Enter');
    await until(() => server.isFinished, 'the end');
    assert.deepEqual(actions(), [
      'accept',
      'rename',
      'accept',
      'reject',
      'put-aside',
      'merge',
      'split',
      'undo',
      'redo',
    ]);
    assert.equal(server.events[3]!.reason, 'Son de la carta');
    await page.getByText('The review is finished.').waitFor();
    await page.locator('.finished a:focus', { hasText: 'See the cycle' }).waitFor();
    for (const name of [/^Accept/, /^Undo/, /^Redo/])
      assert.equal(await page.locator('#content').getByRole('button', { name }).isEnabled(), false);
    await page.getByText('Now: Data set.').waitFor();
    await press('Enter');
    await page.getByRole('heading', { name: 'Cycle 3' }).waitFor();
  });

  it('decides once about each, however fast one types', async () => {
    await heading('PreguntarWifi');
    // The review is read anew long after all keys were pressed.
    await page.route(/\/review$/, async (route) => {
      await new Promise((done) => setTimeout(done, 1_000));
      await route.continue().catch(() => undefined);
    });
    for (let times = 0; times < 12; times++) await press('a');
    await page.locator('.row[data-status=open]').first().waitFor({ state: 'detached' });
    await press('a');
    await page.waitForTimeout(300);
    const accepted = server.events.flatMap((event) =>
      event.action === 'accept' && event.proposal !== undefined ? [event.proposal] : [],
    );
    assert.equal(accepted.length, 8);
    assert.equal(new Set(accepted).size, 8);
  });

  it('takes what was typed for the first that matches, and lets go with one Escape', async () => {
    await heading('PreguntarWifi');
    await press('m');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await press('m');
    await dialog.waitFor();
    await page.keyboard.type('perro');
    await press('Enter');
    await dialog.locator('.names li', { hasText: 'LlevarPerro' }).waitFor();
    assert.equal(await dialog.getByRole('combobox').inputValue(), 'LlevarPerro');
    await press('Enter');
    await until(() => server.events.length === 1, 'the merge');
    assert.deepEqual(actions(), ['merge']);
  });

  it('writes the suggested intent into the field that would be taken', async () => {
    await heading('PreguntarWifi');
    await press('v');
    const field = page.getByRole('dialog').getByRole('combobox');
    await field.waitFor();
    const taken = await page.locator('.dialog button[type=submit]').isEnabled();
    assert.equal((await field.inputValue()) !== '', taken);
    await press('Escape');
    await field.waitFor({ state: 'detached' });
  });

  it('rejects with Enter after a usual reason was chosen', async () => {
    await heading('PreguntarWifi');
    await press('x', 'Tab', 'Enter');
    await page.locator('.dialog input:focus').waitFor();
    await press('Enter');
    await until(() => server.events.length === 1, 'the rejection');
    assert.equal(server.events[0]!.reason, 'Not for the bot');
  });

  it('keeps the phrase that has the focus in sight, and begins the next proposal at its top', async () => {
    await page.setViewportSize({ width: 1280, height: 640 });
    await heading('PreguntarWifi');
    await press('Enter');
    await page.locator('.phrase input:focus').waitFor();
    await press('j', 'j', 'j');
    const focused = page.locator('.phrase input:focus');
    const pane = page.locator('.detail-pane');
    const [row, around] = [(await focused.boundingBox())!, (await pane.boundingBox())!];
    assert.ok(row.y >= around.y && row.y + row.height <= around.y + around.height, 'it is out of sight');
    await press('a');
    await heading('LlevarPerro');
    assert.equal(await page.evaluate('document.querySelector(".detail-pane").scrollTop'), 0);
  });

  it('tells of the keys for phrases before and while they have the focus', async () => {
    await heading('PreguntarWifi');
    const help = page.getByRole('dialog');
    for (const go of [[], ['Enter']]) {
      await press(...go);
      if (go.length > 0) await page.locator('.phrase input:focus').waitFor();
      await press('?');
      await help.getByText('More like this').waitFor();
      await press('Escape');
      await help.waitFor({ state: 'detached' });
    }
  });

  it('moves the focus with the key, not a frame later', async () => {
    await heading('PreguntarWifi');
    await press('Enter');
    await page.locator('.phrase input:focus').waitFor();
    const focused = await page.evaluate(`(async () => {
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
      await Promise.resolve();
      return document.activeElement.closest('.phrase')?.dataset.index;
    })()`);
    assert.equal(focused, '1');
  });

  it('never loses the focus: after a merge, a split and an undo it is in the list', async () => {
    const inList = (name: string) => page.locator('.row-main:focus', { hasText: name }).waitFor();
    await inList('PreguntarWifi');
    await page.locator('.row', { hasText: 'TarjetaFidelidad' }).getByRole('button').click();
    await press('m');
    await page.getByRole('dialog').waitFor();
    await press('Enter');
    await until(() => server.events.length === 1, 'the merge');
    await inList('TarjetaFidelidad');
    await press('Enter');
    await page.locator('.phrase input:focus').waitFor();
    await press(' ', 's');
    await page.getByRole('dialog').getByLabel('Name of the new intent').fill('PedirTarjeta');
    await press('Enter');
    await until(() => server.events.length === 2, 'the split');
    await page.locator('.row-main:focus, .phrase input:focus').waitFor();
    await press('u');
    await until(() => server.events.length === 3, 'the undo');
    await page.locator('.row-main:focus, .phrase input:focus').waitFor();
  });

  it('shows what somebody else decides within seconds', async () => {
    await heading('PreguntarWifi');
    server.decide('luis', { action: 'reject', proposal: 'p-00000001', reason: 'no' });
    await page.locator('.row[data-status=rejected]', { hasText: 'LlevarPerro' }).waitFor({ timeout: 4_000 });
    await page.getByText('luis rejected “LlevarPerro”').waitFor();
  });

  it('keeps a decision while no worker answers, over a reload too, and stores it once', async () => {
    await heading('PreguntarWifi');
    server.hasWorker = false;
    await press('a');
    await page.getByText('1 decision waiting to be stored').waitFor();
    assert.equal(server.events.length, 0);
    page.on('dialog', (dialog) => void dialog.accept());
    server.hasWorker = true;
    const poll = page.waitForResponse((response) => response.url().includes('/decisions') && response.ok());
    await page.reload();
    await poll;
    await until(() => server.events.length === 1, 'the decision');
    await page.locator('.row[data-status=accepted]', { hasText: 'PreguntarWifi' }).waitFor();
    assert.deepEqual(actions(), ['accept']);
  });

  it('says why a decision was refused', async () => {
    await heading('PreguntarWifi');
    await press('r');
    await page.getByLabel('Name', { exact: true }).fill('Preguntar Wifi');
    await page.getByText('Amazon Lex takes letters and digits').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('reservarmesa');
    await page.getByText('The bot has an intent ReservarMesa already').waitFor();
    await press('Escape');
    await page.route('**/review/decisions', (route) =>
      route.fulfill({
        status: 422,
        json: { error: { type: 'InvalidDecision', message: 'The deadline has passed.', facts: {} } },
      }),
    );
    await press('a');
    await page.getByText('Not stored (accepted “PreguntarWifi”): The deadline has passed.').waitFor();
  });

  it('never takes a suggestion for a decision', async () => {
    await heading('PreguntarWifi');
    await page.getByText('0 % of 3,228 interactions decided').waitFor();
    await press('j', 'j', 'Enter');
    assert.deepEqual(server.events, []);
  });

  it('accepts and rejects several at once, which one undo takes back', async () => {
    await heading('PreguntarWifi');
    await press(' ', 'j', ' ', 'x');
    await page.getByRole('dialog').getByText('Reject 2 proposals').waitFor();
    await press('Enter');
    await page.locator('.row[data-status=rejected]').nth(1).waitFor();
    await press('u');
    await page.locator('.row[data-status=rejected]').first().waitFor({ state: 'detached' });
    assert.deepEqual(actions(), ['reject', 'undo']);
  });

  it('marks as one goes along, and says what a decision about all of it is about', async () => {
    await heading('PreguntarWifi');
    const marked = page.locator('.row .mark input:checked');
    await press('J', 'J');
    await heading('PreguntarAlergenos');
    assert.equal(await marked.count(), 3);
    await press('K');
    assert.equal(await marked.count(), 2);
    // Going on without shift keeps what is marked; the next way adds to it.
    await press('j', 'j', 'Shift+ArrowDown');
    await heading('TarjetaFidelidad');
    assert.equal(await marked.count(), 4);
    await press('Escape');
    assert.equal(await marked.count(), 0);
    await press('A');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('6 new intents, 2 with new examples for intents of the bot').waitFor();
    assert.deepEqual(await dialog.locator('.warning').allInnerTexts(), [
      'PreguntarAlergenos may be confused with ConsultarCarta, which the bot has',
      'ReservarGrupo may be confused with ReservarMesa, which the bot has',
    ]);
    await press('Enter');
    await until(() => server.events.length === 1, 'the decision');
    assert.deepEqual(actions(), ['accept-all']);
  });

  it('tells the last decision alone, with a button that takes it back, and covers nothing', async () => {
    await heading('PreguntarWifi');
    await press('a', 'a', 'a');
    const told = page.locator('.notice-card');
    await told.getByText('Stored: accepted “PreguntarAlergenos”').waitFor();
    assert.equal(await told.count(), 1);
    const card = (await told.boundingBox())!;
    for (const part of ['.phrase-list', '.group-list', '.key-bar']) {
      const around = (await page.locator(part).boundingBox())!;
      assert.ok(around.y + around.height <= card.y + 1 || around.y >= card.y + card.height - 1, part);
    }
    assert.equal(await page.evaluate('document.activeElement.closest(".notices")'), null);
    await told.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.row[data-status=open]', { hasText: 'PreguntarAlergenos' }).waitFor();
    await told.getByRole('button', { name: 'Redo' }).waitFor();
    assert.deepEqual(actions(), ['accept', 'accept', 'accept', 'undo']);
  });

  it('takes back at once what the review does not show yet', async () => {
    await heading('PreguntarWifi');
    await page.route(/\/review$/, async (route) => {
      await new Promise((done) => setTimeout(done, 1_000));
      await route.continue().catch(() => undefined);
    });
    await press('a', 'u', 'U', 'u');
    await until(() => server.events.length === 4, 'all of it');
    assert.deepEqual(actions(), ['accept', 'undo', 'redo', 'undo']);
  });

  it('moves phrases into an intent of the bot', async () => {
    await heading('PreguntarWifi');
    await press('Enter');
    await page.locator('.phrase input:focus').waitFor();
    // Faster than the page paints: what is selected is what the keys say.
    await Promise.all([' ', 'j', ' ', 'v'].map((key) => page.keyboard.press(key)));
    await page.getByRole('dialog').getByRole('combobox').fill('Horario');
    await press('ArrowDown', 'Enter', 'Enter');
    await until(() => server.events.length === 1, 'the move');
    const [event] = server.received;
    assert.deepEqual(event!.decision, {
      action: 'move',
      members: ['u000000', 'u000001'],
      intent: 'ConsultarHorario',
    });
  });

  it('shows which new examples the bot did not choose, and puts just those into the tray', async () => {
    await press('b');
    await page.getByText('Nothing here is there by likeness alone.').waitFor();
    const row = page.locator('.row', { hasText: 'ReservarMesa' });
    await row.getByText('6 by likeness alone').waitFor();
    await row.getByRole('button').click();
    await page.getByText('chosen by the bot itself: 12; by likeness alone: 6').waitFor();
    await page.getByRole('checkbox', { name: 'mesa para cuatro variante 5 by likeness alone' }).waitFor();
    await page.getByRole('checkbox', { name: 'mesa para cuatro variante 6', exact: true }).waitFor();
    await press('b');
    await page.getByText(/^6 selected/).waitFor();
    // One of them is right after all.
    await press('Enter');
    await page.locator('.phrase input:focus').waitFor();
    await press(' ', 'v');
    await page.getByRole('dialog').getByLabel('into the tray').and(page.locator(':checked')).waitFor();
    await press('Enter');
    await until(() => server.events.length === 1, 'the move');
    const [first, ...others] = [0, 1, 2, 3, 4, 5].map((n) => `u${(0x236 + n).toString(16).padStart(6, '0')}`);
    assert.deepEqual(server.received[0]!.decision, { action: 'move', members: others, aside: true });
    await row.getByText('1 by likeness alone').waitFor();
    await page.getByRole('button', { name: 'Select 1 by likeness alone' }).click();
    await press('s');
    await page.getByRole('dialog').getByLabel('Name of the new intent').fill('MesaParaCuatro');
    await press('Enter');
    await until(() => server.events.length === 2, 'the split');
    assert.deepEqual(server.received[1]!.decision, {
      action: 'split',
      proposal: 'e-ReservarMesa',
      members: [first],
      name: 'MesaParaCuatro',
    });
    await row.getByText('by likeness alone').waitFor({ state: 'detached' });
  });

  it('says before all is accepted how much of it is there by likeness alone', async () => {
    await heading('PreguntarWifi');
    await press('A');
    await page.getByRole('dialog').getByText('12 new examples are there by likeness alone').waitFor();
  });

  it('lists all keys in the help, those of the phrases too', async () => {
    await heading('PreguntarWifi');
    await press('?');
    const help = page.getByRole('dialog');
    for (const label of ['Select what is there by likeness alone', 'Select all', 'More like this', 'Split'])
      await help.getByText(label, { exact: true }).waitFor();
  });

  it('shows what is searched for, not what the search hides, and goes there with the arrow', async () => {
    await heading('PreguntarWifi');
    await press('/');
    await page.keyboard.type('puntos');
    await heading('TarjetaFidelidad');
    await press('ArrowDown');
    await page.locator('.row-main:focus', { hasText: 'TarjetaFidelidad' }).waitFor();
    await press('ArrowDown');
    await heading('PuntosSocio');
    await press('/');
    await page.keyboard.type(' xyz');
    await page.getByText('Choose something in the list.').waitFor();
    await press('Escape');
    await heading('PreguntarWifi');
    await page.getByLabel('Open only').check();
    server.decide('luis', { action: 'reject', proposal: 'p-00000000' });
    await page.getByText('This is not among what the list shows now.').waitFor({ timeout: 4_000 });
    await heading('PreguntarWifi');
  });

  it('goes from the search to the phrases that it found', async () => {
    await press('/');
    await page.keyboard.type('calefacción');
    await press('Enter');
    await page.locator('.phrase', { hasText: 'pregunta por calefacción 0' }).waitFor();
    await press('ArrowDown');
    await page.locator('.phrase input:focus').waitFor();
  });

  for (const signIn of ['link', 'openid'])
    it(`offers only what helps when the session has ended, with ${signIn}`, async () => {
      await heading('PreguntarWifi');
      await page.route('**/api/**', (route) =>
        route.fulfill({
          status: 401,
          json: { error: { type: 'NoSessionError', message: 'Nobody is signed in.', facts: { signIn } } },
        }),
      );
      await page.locator('.banner', { hasText: 'You are not signed in' }).waitFor({ timeout: 10_000 });
      await press('g', 'k');
      await page.locator('.failure').first().waitFor();
      assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
      const ways = await page.getByRole('link', { name: 'Sign in' }).count();
      assert.equal(ways > 0, signIn === 'openid');
    });

  it('finds phrases of any group, and what is like one of them', async () => {
    await press('/');
    await page.keyboard.type('calefacción');
    await press('Enter');
    await page.getByText('Phrases with “calefacción”').waitFor();
    await page.locator('.phrase', { hasText: 'pregunta por calefacción 0' }).waitFor();
    await page.locator('.phrase input').first().focus();
    await press('l');
    await page.getByText('Phrases like “pregunta por calefacción 0”').waitFor();
  });

  it('can do without keys of one letter', async () => {
    await press('?');
    await page.getByRole('dialog').getByLabel('Use keys of one letter').uncheck();
    await press('Escape');
    await press('a');
    await page.waitForTimeout(300);
    assert.deepEqual(server.events, []);
    await page.getByRole('button', { name: /^Accept/ }).click();
    await until(() => server.events.length === 1, 'the decision');
  });

  it('shows the effect of a decision also when the first estimate is still on its way', async () => {
    let answerFirst = () => {};
    const isHeld = new Promise<void>((held) => {
      void page.route(
        '**/review/preview',
        async (route) => {
          const response = await route.fetch();
          await new Promise<void>((answer) => {
            answerFirst = answer;
            held();
          });
          await route.fulfill({ response }).catch(() => undefined);
        },
        { times: 1 },
      );
    });
    await page.reload();
    await heading('PreguntarWifi');
    await isHeld;
    await press('p', 'a');
    await page.locator('.row[data-status=accepted]').waitFor();
    answerFirst();
    await page.getByRole('complementary').getByText('As of 1 decision').waitFor();
  });

  it('shows the estimated effect soon after a decision', async () => {
    await press('p');
    await page.getByRole('complementary').getByText('As of 0 decisions').waitFor();
    const before = Date.now();
    await press('a');
    await page.getByRole('complementary').getByText('As of 1 decision').waitFor();
    assert.ok(Date.now() - before < 2_000);
    await page.getByRole('complementary').getByText('una frase de referencia sobre PreguntarWifi').waitFor();
  });
});
