import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { MapPoints } from '../../../src/console/api';
import { palettes, pointColours, type Colouring } from '../../../src/console/page/map/colours';
import { toWindow, wholeMap } from '../../../src/console/page/map/transform';
import { closeBrowser, openPage, startFake, type OpenPage } from './browser';
import type { FakeServer } from './fake/server';

interface Place {
  x: number;
  y: number;
}

/** The map in the browser: what is selected there, in the list and by keyboard is the same. */
describe('the map in the browser', () => {
  let server: FakeServer;
  let url: string;
  let open: OpenPage;
  let page: Page;
  let points: MapPoints;
  /** Where each point is in the window, with all of the map in sight. */
  let places: Place[];
  beforeEach(async () => {
    ({ server, url } = await startFake());
    open = await openPage(url, { view: 'map', colorScheme: 'light' });
    page = open.page;
    await page.locator('.map-box canvas').first().waitFor();
    points = await page.evaluate<MapPoints>(
      "fetch('api/pipelines/cafe/cycles/3/review/map').then((answer) => answer.json())",
    );
    const box = (await page.locator('.map-box').boundingBox())!;
    const size = { width: Math.floor(box.width), height: Math.floor(box.height) };
    const fitted = (values: readonly number[]) => {
      const [least, greatest] = [Math.min(...values), Math.max(...values)];
      return values.map((value) => (value - least) / (greatest - least));
    };
    const [x, y] = [fitted(points.x), fitted(points.y)];
    places = points.ids.map((_, index) => {
      const at = toWindow(wholeMap, size, x[index]!, y[index]!);
      return { x: box.x + at.x, y: box.y + at.y };
    });
  });
  afterEach(async () => {
    await open.context.close();
    await server.stop();
    assert.deepEqual(open.faults, []);
  });
  after(closeBrowser);

  const chosen = (count: number | string | undefined) =>
    page.getByRole('heading', { name: new RegExp(`^${count} phrases? sel`) });
  const listed = () => page.locator('.map-phrases .phrase label bdi').allInnerTexts();
  const groupOf = (index: number) => points.groups[points.group[index]!]!.id;
  /** Points that lie in an upright rectangle of the window. */
  const within = (from: Place, to: Place) =>
    places.flatMap(({ x, y }, index) => (x > from.x && x < to.x && y > from.y && y < to.y ? [index] : []));

  async function draw(corners: readonly Place[]): Promise<void> {
    await page.mouse.move(corners[0]!.x, corners[0]!.y);
    await page.mouse.down();
    for (const { x, y } of corners.slice(1)) await page.mouse.move(x, y, { steps: 4 });
    await page.mouse.up();
  }

  /** A rectangle with some points in it, and away from all others. */
  function rectangleAround(group: string): { from: Place; to: Place; inside: number[] } {
    const own = places.filter((_, index) => groupOf(index) === group);
    const middle = (of: 'x' | 'y') => own.map((place) => place[of]).sort((a, b) => a - b)[own.length >> 1]!;
    const from = { x: Math.round(middle('x')) - 20.5, y: Math.round(middle('y')) - 14.5 };
    const to = { x: from.x + 43, y: from.y + 31 };
    return { from, to, inside: within(from, to) };
  }

  /** How many of the map's pixels have each colour, as `red,green,blue`. */
  async function pixels(): Promise<Map<string, number>> {
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    const counts = await page.evaluate<[string, number][]>(`(() => {
      const canvas = document.querySelector('.map-box canvas');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const counts = new Map();
      for (let at = 0; at < data.length; at += 4) {
        const colour = data[at] + ',' + data[at + 1] + ',' + data[at + 2];
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      return [...counts];
    })()`);
    return new Map(counts);
  }
  const coloursOf = (colouring: Colouring) =>
    pointColours(points, colouring, palettes.light).map((colour) => colour.join());

  it('selects what a lasso goes around, on the map and in the list; Esc clears', async () => {
    const { from, to, inside } = rectangleAround('p-00000000');
    assert.ok(inside.length >= 5 && inside.length < places.length / 4, `${inside.length} in the lasso`);
    const corners = [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }, from];
    const selected = palettes.light.selected.join();
    assert.equal((await pixels()).get(selected), undefined);
    await page.keyboard.down('Shift');
    await draw(corners);
    await page.keyboard.up('Shift');
    await chosen(inside.length).waitFor();
    const ids = inside.map((index) => points.ids[index]!);
    const { phrases } = await page.evaluate<{ phrases: { text: string }[] }, string[]>(
      (wanted) =>
        fetch('api/pipelines/cafe/cycles/3/review/utterances', {
          method: 'POST',
          headers: { 'x-csrf-token': 'token' },
          body: JSON.stringify({ ids: wanted }),
        }).then((answer) => answer.json() as Promise<{ phrases: { text: string }[] }>),
      ids,
    );
    const wanted = new Set(phrases.map(({ text }) => text));
    await page.locator('.map-phrases .phrase').first().waitFor();
    const shown = await listed();
    assert.ok(shown.length >= Math.min(5, inside.length));
    assert.deepEqual(
      shown.filter((text) => !wanted.has(text)),
      [],
    );
    assert.equal(await page.locator('.map-phrases .phrase[data-selected=false]').count(), 0);
    assert.ok((await pixels()).get(selected)! > inside.length);
    await page.keyboard.press('Escape');
    await chosen(inside.length).waitFor({ state: 'detached' });
    assert.equal((await pixels()).get(selected), undefined);
  });

  it('draws a lasso after its key without shift, and moves what is in it', async () => {
    const { from, to, inside } = rectangleAround('p-00000001');
    await page.keyboard.press('L');
    await draw([from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }]);
    await chosen(inside.length).waitFor();
    await page.keyboard.press('v');
    await page.getByRole('dialog').getByRole('combobox').fill('Horario');
    for (const key of ['ArrowDown', 'Enter', 'Enter']) await page.keyboard.press(key);
    await chosen(inside.length).waitFor({ state: 'detached' });
    await page
      .getByText(/^Stored: |moved/)
      .first()
      .waitFor();
    const [move] = server.received.map(({ decision }) => decision);
    assert.ok(move?.action === 'move');
    assert.deepEqual(new Set(move.members), new Set(inside.map((index) => points.ids[index]!)));
    await page.keyboard.press('u');
    await page.locator('.notice-card').getByRole('button', { name: 'Redo' }).waitFor();
  });

  it('moves and enlarges by mouse and by keyboard, and shows all of it again', async () => {
    const whole = JSON.stringify([...(await pixels())].sort());
    const changed = async () => JSON.stringify([...(await pixels())].sort()) !== whole;
    const at = places[0]!;
    await page.mouse.move(at.x, at.y);
    await page.mouse.wheel(0, -400);
    assert.ok(await changed(), 'the wheel enlarges');
    await page.keyboard.press('0');
    assert.ok(!(await changed()), '0 shows all');
    await page.keyboard.press('+');
    assert.ok(await changed(), '+ enlarges');
    await page.keyboard.press('-');
    assert.ok(!(await changed()), '- takes it back');
    await page.locator('.map-box').focus();
    await page.keyboard.press('ArrowLeft');
    assert.ok(await changed(), 'an arrow moves');
  });

  it('is coloured by proposal, by intent, by confidence', async () => {
    for (const now of ['proposal', 'intent', 'confidence'] as const) {
      assert.equal(await page.locator('.map-pane select').inputValue(), now);
      const expected = [...new Set(coloursOf(now))];
      const painted = await pixels();
      const seen = expected.filter((colour) => painted.has(colour));
      assert.ok(seen.length >= expected.length * 0.7, `${now}: ${seen.length} of ${expected.length} colours`);
      const others = (['proposal', 'intent', 'confidence'] as const)
        .filter((one) => one !== now)
        .flatMap(coloursOf);
      const foreign = new Set(others.filter((colour) => !expected.includes(colour)));
      assert.deepEqual(
        [...foreign].filter((colour) => (painted.get(colour) ?? 0) > 30),
        [],
        now,
      );
      await page.keyboard.press('c');
    }
    assert.equal(await page.locator('.map-pane select').inputValue(), 'proposal');
  });

  it('finds words and what is alike, and selects it, by keyboard alone', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('calefacción');
    await page.keyboard.press('Enter');
    const heating = points.ids.filter((_, index) => groupOf(index) === 't-00000001').length;
    await chosen(heating).waitFor();
    await page.keyboard.press('Escape');
    await chosen(heating).waitFor({ state: 'detached' });

    await page.keyboard.press('Enter');
    await page.locator('.phrase input:focus').waitFor();
    const phrase = (await listed())[0]!;
    await page.keyboard.press('l');
    const told = page.locator('.map-found', { hasText: `Phrases like “${phrase}` });
    await told.filter({ hasText: 'phrases found' }).waitFor();
    const found = /: (\d+) phrases found/.exec(await told.innerText())?.[1];
    assert.ok(Number(found) > 1, found);
    await page.keyboard.press('Enter');
    await chosen(found).waitFor();
  });

  it('shows on the map what is chosen in the list, and the other way round', async () => {
    const target = places.findIndex((place, index) => {
      const isAlone = places.every(
        (other, at) => at === index || Math.hypot(other.x - place.x, other.y - place.y) > 10,
      );
      return isAlone && groupOf(index) === 'p-00000002';
    });
    assert.ok(target >= 0);
    await page.mouse.click(places[target]!.x, places[target]!.y);
    await page.locator('.row[data-current=true]', { hasText: 'PreguntarAlergenos' }).waitFor();
    await page.keyboard.press('k');
    await page.locator('.row[data-current=true]', { hasText: 'LlevarPerro' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.phrase input:focus').waitFor();
    await page.keyboard.press(' ');
    await chosen(1).waitFor();
    assert.ok((await pixels()).has(palettes.light.selected.join()));
  });
});
