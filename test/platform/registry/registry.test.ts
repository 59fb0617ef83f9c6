import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openObjectStore } from '../../../src/platform/storage/object-store';
import { describeRegistry } from './registry-behaviour';

describe('registry, state and cycles on disk', () => {
  const folders: string[] = [];
  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  describeRegistry(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ciclo-registry-'));
    folders.push(folder);
    return { store: openObjectStore(), storeUri: `${pathToFileURL(folder).href}/` };
  });
});
