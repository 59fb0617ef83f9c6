import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { msToNumber } from '@temporalio/common/lib/time';
import * as prettier from 'prettier';
import { activityOptions } from '../../../src/workflows/activity-options';
import { FaultWorld } from './fault-world';
import { faultsOf, measure, type Measured } from './measure';
import { furnish, scenarios, type Scenario } from './scenarios';
import { faultPage } from './table';

const root = join(__dirname, '..', '..', '..');
const page = join(root, 'docs', 'faults.md');

describe('faults of AWS', function () {
  this.timeout(300_000);
  let world: FaultWorld;
  let all: Scenario[];
  const measured: Measured[] = [];
  before(async () => {
    world = await FaultWorld.start();
    all = scenarios(world, await furnish(world));
  });
  after(() => world.stop());

  it('are tried on every operation that the worker calls', () => {
    const tried = new Set(all.map(({ operation }) => operation));
    assert.deepEqual(
      operationsOfWorker().filter((operation) => !tried.has(operation)),
      [],
    );
  });

  it('end in a named error or are lived through, and never in silence or for ever', async () => {
    for (const scenario of all) {
      for (const fault of faultsOf(scenario)) measured.push(await measure(world, scenario, fault));
      await world.endJobs();
    }
    const nameless = measured.filter(({ end }) => end.kind === 'failed' && !/Error$/.test(end.type));
    assert.deepEqual(nameless.map(told), []);
  });

  it('are never tried again where that cannot help, and again where it can', () => {
    const expectations: [RegExp, boolean][] = [
      [/^(ValidationException|PreconditionFailedException|InvalidParameter|InvalidRequest$)/, true],
      [/^(AccessDenied|ExpiredToken|UnrecognizedClient|AuthorizationError|NoSuchBucket)/, true],
      [/(Throttl|TooManyRequests|SlowDown)/, false],
      [/^(Internal|ServiceUnavailable$|ServerException|BadGateway|Conflict|ServiceQuota)/, false],
      [/^(connection|answer|no answer)/, false],
    ];
    const wrong = measured.filter(({ fault, end }) => {
      const expected = expectations.find(([pattern]) => pattern.test(fault));
      return expected !== undefined && end.kind === 'failed' && end.permanent !== expected[1];
    });
    assert.deepEqual(wrong.map(told), []);
  });

  it('say what to do, in sentences', () => {
    for (const one of measured) {
      if (one.end.kind !== 'failed') continue;
      assert.match(one.end.message, /^.+[.:;] .+\.$/s, told(one));
      assert.doesNotMatch(one.end.message, /\.\.|undefined|\[object/, told(one));
    }
  });

  it('are as docs/faults.md says', async () => {
    const options = await prettier.resolveConfig(page);
    const expected = await prettier.format(faultPage(measured), { ...options, filepath: page });
    if (process.env.UPDATE_GENERATED === '1') await writeFile(page, expected);
    const current = await readFile(page, 'utf8');
    const stale = 'is not current: UPDATE_GENERATED=1 npm run mocha -- test/activities/faults/faults.test.ts';
    const unknown = expected.split('\n').filter((line) => !current.includes(line));
    assert.deepEqual(unknown, [], `docs/faults.md ${stale}\n${unknown.join('\n')}`);
    assert.equal(current, expected, `docs/faults.md ${stale}`);
  });
});

describe('retry policies', () => {
  for (const [group, { retry, startToCloseTimeout }] of Object.entries(activityOptions)) {
    it(`${group}: attempts and time are bounded`, () => {
      assert.ok(retry.maximumAttempts >= 2 && retry.maximumAttempts <= 50);
      let pausesMs = 0;
      let pauseMs = msToNumber(retry.initialInterval);
      for (let attempt = 1; attempt < retry.maximumAttempts; attempt++) {
        pausesMs += Math.min(pauseMs, msToNumber(retry.maximumInterval));
        pauseMs *= retry.backoffCoefficient;
      }
      const longestMs = pausesMs + retry.maximumAttempts * msToNumber(startToCloseTimeout);
      assert.ok(longestMs <= 11 * 24 * 3_600_000, `${longestMs} ms`);
      assert.ok(pausesMs >= 30_000, 'a service that restarts has time to come back');
    });
  }
});

function told({ scenario, fault, end }: Measured): string {
  return `${scenario.operation}, ${fault}: ${JSON.stringify(end)}`;
}

/** What the sources of the worker and of its data jobs call, by commands or paginators. */
function operationsOfWorker(): string[] {
  const sources = reachableFrom([join(root, 'src', 'worker.ts'), join(root, 'src', 'jobs', 'main.ts')]);
  const found = sources.flatMap((source) =>
    [...source.matchAll(/\b(?:new (\w+)Command|paginate(\w+))\(/g)].map(
      ([, command, paginated]) => command ?? paginated!,
    ),
  );
  return [...new Set(found)];
}

/** The texts of these source files and of all that they import, directly or not. */
function reachableFrom(entries: string[]): string[] {
  const texts = new Map<string, string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (texts.has(path)) continue;
    const text = readFileSync(path, 'utf8');
    texts.set(path, text);
    for (const [, specifier] of text.matchAll(/\bfrom '(\.[^']*)'/g)) {
      const imported = join(dirname(path), specifier!);
      waiting.push(existsSync(`${imported}.ts`) ? `${imported}.ts` : join(imported, 'index.ts'));
    }
  }
  return [...texts.values()];
}
