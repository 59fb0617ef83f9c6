import assert from 'node:assert/strict';

import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

import { localEnvironment, timeSkippingEnvironment } from './servers';

describe('the servers of the test suite', function () {
  // The first run on a machine may have to build a binary.
  this.timeout(900_000);

  it('include a server that skips time', async () => {
    const environment = await timeSkippingEnvironment();
    assert.equal(await timeSkippingEnvironment(), environment);
    const startedAt = Date.now();
    const before = await environment.currentTimeMs();
    await environment.sleep('15 days');
    assert.ok((await environment.currentTimeMs()) - before >= 15 * 24 * 3_600_000);
    assert.ok(Date.now() - startedAt < 30_000);
  });

  it('include a real server with the search attributes that were asked for', async () => {
    const key = defineSearchAttributeKey('CicloTestKeyword', SearchAttributeType.KEYWORD);
    const environment = await localEnvironment([key]);
    assert.equal(await localEnvironment([key]), environment);
    const { customAttributes } = await environment.connection.operatorService.listSearchAttributes({
      namespace: environment.namespace ?? 'default',
    });
    assert.ok(customAttributes && key.name in customAttributes);
  });
});
