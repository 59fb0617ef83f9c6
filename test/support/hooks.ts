import type { RootHookObject } from 'mocha';

import { stopTestServers } from './servers';

export const mochaHooks: RootHookObject = {
  async afterAll() {
    await stopTestServers();
  },
};
