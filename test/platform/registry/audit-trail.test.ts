import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AuditRecord } from '../../../src/domain/audit';
import { InvalidInputError } from '../../../src/domain/errors';
import { decisionActions } from '../../../src/domain/review';
import { AuditTrail } from '../../../src/platform/registry/audit-trail';
import { type ObjectStore, openObjectStore } from '../../../src/platform/storage/object-store';
import { ServiceUnavailableError } from '../../../src/platform/aws/errors';
import { startTestS3, testBucket, type TestS3 } from '../../support/s3';

const record = (name: string): AuditRecord => ({
  id: `review/cafe/0001/run/${name}`,
  at: '2026-11-01T12:00:00.000Z',
  event: { kind: 'approval', cycle: 1, author: 'ana', decisions: 3 },
});
const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

describe('the audit trail', () => {
  let folder: string;
  let store: ObjectStore;
  let trail: AuditTrail;
  let audit: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ciclo-audit-'));
    store = openObjectStore();
    trail = new AuditTrail(store, `${pathToFileURL(folder).href}/`, 'cafe');
    audit = join(folder, 'audit');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const path = (number: number) => join(audit, `${String(number).padStart(6, '0')}.json`);
  const edit = (number: number, change: (entry: Record<string, unknown>) => void) => {
    const entry = JSON.parse(readFileSync(path(number), 'utf8')) as Record<string, unknown>;
    change(entry);
    writeFileSync(path(number), `${JSON.stringify(entry, null, 2)}\n`);
  };
  const setAuthor = (author: string) => (entry: Record<string, unknown>) =>
    Object.assign(entry['event'] as object, { author });
  const problems = async () =>
    (await trail.verify()).problems.map(({ number, problem }) => `${number} ${problem}`);

  it('chains each entry to the bytes of the one before', async () => {
    assert.equal(await trail.append([]), null);
    assert.deepEqual(await trail.verify(), { entries: 0, head: null, problems: [] });
    await trail.append([record('a'), record('b')]);
    const head = await trail.append([record('c')]);
    assert.deepEqual(readdirSync(audit), ['000001.json', '000002.json', '000003.json']);
    const stored = [1, 2, 3].map((number) => readFileSync(path(number)));
    const entries = await trail.entries();
    assert.deepEqual(
      entries.map(({ number, previousSha256 }) => [number, previousSha256]),
      [
        [1, null],
        [2, sha256(stored[0]!)],
        [3, sha256(stored[1]!)],
      ],
    );
    assert.deepEqual(head, { number: 3, sha256: sha256(stored[2]!) });
    assert.deepEqual(await trail.verify(), { entries: 3, head, problems: [] });
  });

  it('reads every kind of decision again', async () => {
    await trail.append(
      decisionActions.map((action, index) => ({
        ...record(action),
        event: {
          kind: 'decision',
          cycle: 1,
          author: 'ana',
          number: index + 1,
          action,
          proposals: [],
          name: null,
        },
      })),
    );
    const actions = (await trail.entries()).map(({ event }) => event.kind === 'decision' && event.action);
    assert.deepEqual(actions, [...decisionActions]);
  });

  it('shows an entry that was edited, and which one', async () => {
    await trail.append(['a', 'b', 'c', 'd'].map(record));
    edit(2, setAuthor('luis'));
    assert.deepEqual(await problems(), ['2 is not what number 3 was chained to: one of the two was changed']);
  });

  it('shows that entries are missing in between and at the beginning', async () => {
    await trail.append(['a', 'b', 'c', 'd', 'e'].map(record));
    rmSync(path(3));
    rmSync(path(4));
    assert.deepEqual(await problems(), ['3 is missing', '4 is missing']);
    rmSync(path(1));
    assert.deepEqual(await problems(), ['1 is missing', '3 is missing', '4 is missing']);
  });

  it('shows an entry that was taken out and the rest moved up', async () => {
    await trail.append(['a', 'b', 'c'].map(record));
    renameSync(path(3), path(2));
    assert.deepEqual(await problems(), [
      '2 calls itself number 3',
      '1 is not what number 2 was chained to: one of the two was changed',
    ]);
  });

  it('shows what is no entry, what tells an event twice and what is of another pipeline', async () => {
    await trail.append(['a', 'b', 'c'].map(record));
    edit(3, (entry) => Object.assign(entry, { id: record('a').id, pipeline: 'bar' }));
    assert.deepEqual(await problems(), ['3 is of pipeline "bar"', '3 tells the same event as number 1']);
    writeFileSync(path(3), '{"number":3}');
    assert.deepEqual(await problems(), ['3 is no entry: it was overwritten or damaged']);
    await assert.rejects(trail.entries(), InvalidInputError);
  });

  it('shows a cut or edited end against a head that was noted', async () => {
    await trail.append(['a', 'b'].map(record));
    const noted = (await trail.verify()).head!.sha256;
    await trail.append([record('c')]);
    assert.deepEqual((await trail.verify(noted)).problems, []);
    rmSync(path(3));
    rmSync(path(2));
    assert.deepEqual(await problems(), []);
    const cut = await trail.verify(noted);
    assert.equal(cut.problems.length, 1);
    assert.equal(cut.problems[0]?.number, 2);
    assert.match(cut.problems[0]?.problem ?? '', /the end was cut off/);
  });

  it('notes an event once, however often it is told', async () => {
    await trail.append(['a', 'b'].map(record));
    const head = await trail.append(['a', 'b', 'c'].map(record));
    assert.equal(head?.number, 3);
    assert.deepEqual(await trail.append(['a', 'b', 'c'].map(record)), head);
    assert.equal((await trail.entries()).length, 3);
  });

  it('notes an event once when the answer to its write was lost', async () => {
    await trail.append([record('a')]);
    let lost = 0;
    const losing = new Proxy(store, {
      get: (target, name: keyof ObjectStore) =>
        name === 'write'
          ? async (...given: Parameters<ObjectStore['write']>) => {
              const written = await target.write(...given);
              if (lost++ === 0) throw new ServiceUnavailableError('socket hang up', {}, false);
              return written;
            }
          : target[name].bind(target),
    });
    const failing = new AuditTrail(losing, `${pathToFileURL(folder).href}/`, 'cafe');
    await assert.rejects(failing.append(['b', 'c'].map(record)), ServiceUnavailableError);
    await failing.append(['b', 'c'].map(record));
    assert.deepEqual(
      (await trail.entries()).map(({ id }) => id.at(-1)),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(await problems(), []);
  });

  describe('with writers at once, on S3', function () {
    this.timeout(60_000);
    let s3: TestS3;
    before(async () => {
      s3 = await startTestS3();
    });
    after(() => s3.stop());

    it('keeps one chain without a gap, and every event once', async () => {
      const prefix = `s3://${testBucket}/audit-race/`;
      const writer = () => new AuditTrail(openObjectStore({ s3: s3.client }), prefix, 'cafe');
      const own = (name: string) => ['1', '2', '3', '4'].map((number) => record(`${name}${number}`));
      await Promise.all([
        writer().append(own('a')),
        writer().append(own('b')),
        // A second attempt of the same activity, while the first still runs.
        writer().append(own('b')),
      ]);
      const verification = await writer().verify();
      assert.deepEqual(verification.problems, []);
      assert.equal(verification.entries, 8);
      const names = (await writer().entries()).map(({ id }) => id.slice(-2));
      assert.deepEqual([...names].sort(), ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'b3', 'b4']);
      assert.deepEqual(
        names.filter((name) => name.startsWith('a')),
        ['a1', 'a2', 'a3', 'a4'],
      );
    });

    it('refuses to create an entry that is there, whoever tries', async () => {
      const trailOnS3 = new AuditTrail(
        openObjectStore({ s3: s3.client }),
        `s3://${testBucket}/audit-once/`,
        'cafe',
      );
      await trailOnS3.append([record('a')]);
      await assert.rejects(
        openObjectStore({ s3: s3.client }).write(`s3://${testBucket}/audit-once/audit/000001.json`, 'x', {
          ifNoneMatch: '*',
        }),
        /ConflictError|exists|condition|changed/i,
      );
      assert.deepEqual((await trailOnS3.verify()).problems, []);
    });
  });
});
