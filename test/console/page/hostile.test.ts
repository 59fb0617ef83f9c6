import assert from 'node:assert/strict';
import { closeBrowser, openPage, startFake } from './browser';

describe('phrases and names that try to do harm', () => {
  after(closeBrowser);

  it('are shown as text, with their control characters, and do nothing', async () => {
    const { server, url } = await startFake({ hostile: true });
    const { page, context, faults } = await openPage(url);
    await page.locator('.phrase', { hasText: '<img src=x onerror=' }).waitFor();
    const turned = page.locator('.phrase', { hasText: 'pulsa aquí' });
    assert.equal(
      await turned.locator('bdi').innerText(),
      'pulsa aquí U+202Eexe.gpjU+202C yU+200B ya U+0007 está',
    );
    const name = page.locator('.row-name', { hasText: '<b>Perro</b>' });
    assert.equal(await name.innerText(), '<b>Perro</b>U+202EorreP');
    assert.equal(await page.locator('.phrase b, .phrase img, .row b, .phrase a').count(), 0);
    const long = page.locator('.phrase', { hasText: 'wifi muy muy' });
    assert.ok((await long.locator('bdi').innerText()).length <= 301);
    await long.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('dialog').getByText('Only its first').waitFor();
    assert.ok((await page.locator('.whole-phrase').innerText()).length > 1_900);
    assert.equal(await page.evaluate('window.harmed'), undefined);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.locator('.map-box').waitFor();
    assert.equal(await page.evaluate('window.harmed'), undefined);
    assert.deepEqual(faults, []);
    await context.close();
    await server.stop();
  });
});
