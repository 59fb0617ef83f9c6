import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { namesThen, ProposalNames } from '../../../src/console/server/proposal-names';
import type { MapEvent } from '../../../src/domain/category-map';
import type { DecisionAction } from '../../../src/domain/review';
import { openObjectStore } from '../../../src/platform/storage/object-store';
import { aDiscovery, aProposal } from '../../support/discovery';

describe('what proposals were called when they were decided about', () => {
  const found = new Map([
    ['p-1', 'Wifi'],
    ['p-2', 'Perros'],
  ]);
  const then = (...actions: DecisionAction[]) =>
    namesThen(
      actions.map((action, index): MapEvent => ({
        ...action,
        author: 'ana',
        number: index + 1,
        at: '2026-11-20T09:00:00.000Z',
        cycle: 1,
      })),
      found,
    );

  it('follows new names, and what splits and moves made', () => {
    assert.deepEqual(
      then(
        { action: 'accept', proposal: 'p-1' },
        { action: 'rename', proposal: 'p-1', name: 'PedirWifi' },
        { action: 'reject', proposals: ['p-1', 'p-2'] },
        { action: 'split', proposal: 'p-2', members: ['u1'], name: 'Gatos' },
        { action: 'accept', proposal: 'p-2.4' },
        { action: 'move', members: ['u2'], name: 'Loros' },
        { action: 'merge', proposals: ['p-2.4', 'n-6', 'gone'] },
      ),
      [['Wifi'], ['Wifi'], ['PedirWifi', 'Perros'], ['Perros'], ['Gatos'], [], ['Gatos', 'Loros', 'gone']],
    );
  });

  it('knows no name that was taken back', () => {
    const rename = { action: 'rename', proposal: 'p-1', name: 'PedirWifi' } as const;
    const accept = { action: 'accept', proposal: 'p-1' } as const;
    assert.deepEqual(then(rename, { action: 'undo' }, accept).at(-1), ['Wifi']);
    assert.deepEqual(then(rename, { action: 'undo' }, { action: 'redo' }, accept).at(-1), ['PedirWifi']);
  });

  it('begins with what discovery found, wherever that lies; without it, with nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ciclo-names-'));
    const store = openObjectStore();
    const uri = (path: string) => pathToFileURL(join(folder, path)).href;
    const discovery = await store.putArtifact(
      uri('0001/discover/discovery.json'),
      JSON.stringify(aDiscovery({ proposals: [aProposal({ id: 'p-1', name: 'Wifi' })], enrichments: [] })),
      { rows: 1, schemaVersion: 1 },
    );
    await store.write(uri('0002/discover/manifest.json'), JSON.stringify({ outputs: { discovery } }));
    const names = new ProposalNames(store);
    assert.deepEqual([...(await names.of(`${uri('0002')}/`))], [['p-1', 'Wifi']]);
    assert.deepEqual([...(await names.of(`${uri('0003')}/`))], []);
    await rm(folder, { recursive: true, force: true });
  });
});
