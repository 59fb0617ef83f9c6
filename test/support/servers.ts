import { TestWorkflowEnvironment } from '@temporalio/testing';

import { resolveBinary } from '../../src/local/binaries/resolve';
import { DISPATCH_LIMITS, type SearchAttributeKeys } from '../../src/local/temporal-server';
import { searchAttributes } from '../../src/workflows/search-attributes';

/** The environments of this mocha process by what they were asked for; `stopTestServers` ends them all. */
const environments = new Map<string, Promise<TestWorkflowEnvironment>>();

/** Numbers of temporal.api.enums.v1.IndexedValueType. */
const indexedValueTypes = { TEXT: 1, KEYWORD: 2, INT: 3, DOUBLE: 4, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 };

/** A progress line on stderr: the first run on a machine fetches binaries, which takes a while. */
const report = (line: string): void => void process.stderr.write(`${line}\n`);

function shared(
  key: string,
  create: () => Promise<TestWorkflowEnvironment>,
): Promise<TestWorkflowEnvironment> {
  const existing = environments.get(key);
  if (existing) return existing;
  const created = create();
  environments.set(key, created);
  return created;
}

/**
 * The time-skipping test server, one for a file of tests: its clock only ever moves forward, and it has no schedules. Use workflow ids and task queues of your own.
 */
export function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  return shared('time-skipping', async () => {
    const { path } = await resolveBinary('temporal-test-server', { report });
    const environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
    });
    // Its start takes no search attributes, unlike the dev server's.
    await environment.connection.operatorService.addSearchAttributes({
      namespace: environment.namespace ?? 'default',
      searchAttributes: Object.fromEntries(
        searchAttributes.map(({ name, type }) => [name, indexedValueTypes[type]]),
      ),
    });
    return environment;
  });
}

/**
 * A real dev server in memory, one for a file of tests and each set of search attributes, with the dispatch limits that
 * `up` uses too. Use workflow ids and task queues of your own.
 */
export function localEnvironment(
  searchAttributes: SearchAttributeKeys = [],
): Promise<TestWorkflowEnvironment> {
  const key = searchAttributes.map(({ name, type }) => `${name}=${type}`).sort();
  return shared(`local ${key.join(' ')}`, async () => {
    const { path } = await resolveBinary('temporal', { report });
    return TestWorkflowEnvironment.createLocal({
      server: {
        executable: { type: 'existing-path', path },
        searchAttributes: [...searchAttributes],
        extraArgs: [...DISPATCH_LIMITS],
      },
    });
  });
}

/** Ends every environment that was asked for; mocha calls it after the last test. */
export async function stopTestServers(): Promise<void> {
  const started = await Promise.allSettled(environments.values());
  environments.clear();
  for (const environment of started) {
    if (environment.status === 'fulfilled') await environment.value.teardown();
  }
}
