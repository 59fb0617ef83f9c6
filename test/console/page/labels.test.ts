import assert from 'node:assert/strict';
import type { MapPoints } from '../../../src/console/api';
import { labelsOf, withoutOverlaps } from '../../../src/console/page/map/labels';

const points: MapPoints = {
  decisions: 0,
  available: true,
  groups: [
    { id: 'p-1', kind: 'proposal', name: 'Wifi' },
    { id: 'p-2', kind: 'proposal', name: 'Perros' },
    { id: 'i-Saludar', kind: 'intent', name: 'Saludar' },
    { id: 't-1', kind: 'tray', name: 'loose' },
  ],
  ids: ['a', 'b', 'c', 'd', 'e', 'f'],
  x: [0, 2, 10, 5, 6, 9],
  y: [0, 4, 10, 5, 6, 9],
  group: [0, 0, 0, 1, 2, 3],
  count: [1, 1, 1, 9, 50, 99],
  confidence: [-1, -1, -1, -1, 0.9, -1],
};
const textsOf = (...[colouring, current]: ['proposal' | 'intent' | 'confidence', string | null]) =>
  labelsOf(points, colouring, current).map(({ text }) => text);

describe('names on the map', () => {
  it('are of what the colouring tells apart, the current one first, then the most said', () => {
    assert.deepEqual(textsOf('proposal', null), ['Perros', 'Wifi']);
    assert.deepEqual(textsOf('proposal', 'p-1'), ['Wifi', 'Perros']);
    assert.deepEqual(textsOf('intent', 'p-1'), ['Wifi', 'Saludar']);
    assert.deepEqual(labelsOf(points, 'proposal', 'p-1')[0], { text: 'Wifi', x: 2, y: 4, isCurrent: true });
  });

  it('cover none that comes before them', () => {
    const label = { text: '', x: 0, y: 0, isCurrent: false };
    const placed = [
      { label, x: 100, y: 100, width: 80 },
      { label, x: 150, y: 110, width: 80 },
      { label, x: 150, y: 125, width: 80 },
      { label, x: 190, y: 100, width: 80 },
    ];
    // The second lies over the first; the third is 25 pixels below it, the fourth 10 pixels beside it.
    assert.deepEqual(withoutOverlaps(placed), [placed[0], placed[2], placed[3]]);
  });
});
