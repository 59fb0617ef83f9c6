import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Utterance } from '../../../src/domain/utterance';
import { prepareFolder, type PreparedFolder } from '../../../src/jobs/prepare';

interface Expected {
  totals: { objects: number; records: number; broken: number; leftOut: Record<string, number> };
  objects: Record<string, { broken: number }>;
}

const example = resolve('examples/cafe');

for (const logs of ['logs', 'logs-later']) {
  describe(`the café's ${logs}`, () => {
    let out: string;
    let prepared: PreparedFolder;
    let expected: Expected;

    before(async () => {
      out = await mkdtemp(join(tmpdir(), 'ciclo-test-'));
      expected = (
        JSON.parse(await readFile(join(example, 'expected.json'), 'utf8')) as Record<string, Expected>
      )[logs]!;
      prepared = await prepareFolder({
        logsDirectory: join(example, logs),
        outDirectory: out,
        parameters: { localeId: 'es_ES', lowConfidence: 0.6 },
      });
    });
    after(() => rm(out, { recursive: true }));

    it('are read to the last record', () => {
      const { records, broken } = expected.totals;
      const { in: read, quarantined, accepted } = prepared.result.records;
      assert.deepEqual(
        { read, quarantined, accepted },
        { read: records, quarantined: broken, accepted: records - broken },
      );
    });

    it('hold the broken records where they were put', async () => {
      const found: Record<string, number> = {};
      const lines = (await readFile(prepared.paths.quarantine, 'utf8')).split('\n').filter(Boolean);
      for (const line of lines) {
        const { object } = JSON.parse(line) as { object: string };
        const name = fileURLToPath(object).slice(join(example, logs).length + 1);
        found[name] = (found[name] ?? 0) + 1;
      }
      const planted = Object.entries(expected.objects).filter(([, { broken }]) => broken > 0);
      assert.deepEqual(found, Object.fromEntries(planted.map(([name, { broken }]) => [name, broken])));
    });

    it('lose exactly the turns that are no requests', () => {
      const counted = Object.entries(expected.totals.leftOut).filter(([, count]) => count > 0);
      const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      assert.deepEqual(
        prepared.result.interactions.leftOutByReason,
        Object.fromEntries(counted.map(([name, count]) => [kebab(name), count])),
      );
    });

    it('are hardly ever taken for another language, unless they are of one', async () => {
      const truth = await readFile(join(example, 'truth.csv'), 'utf8');
      const rows: string[][] = parse(truth);
      const topics = new Map(rows.map(([text, topic]) => [text!, topic!]));
      const lines = (await readFile(prepared.paths.utterances, 'utf8')).split('\n').filter(Boolean);
      const phrases = lines
        .map((line) => JSON.parse(line) as Utterance)
        .filter(({ text }) => topics.has(text));
      const isForeign = ({ language }: Utterance) => language !== 'es' && language !== 'und';
      const share = (some: Utterance[]) => some.filter(isForeign).length / some.length;
      const [foreign, own] = [true, false].map((wanted) =>
        phrases.filter(
          ({ text }) => (topics.get(text) === 'foreign') === wanted && topics.get(text) !== 'junk',
        ),
      );
      assert.ok(share(own!) < 0.005, `${share(own!)} of the customers' phrases are called foreign`);
      assert.ok(share(foreign!) > 0.6, `only ${share(foreign!)} of the foreign phrases are recognised`);
    });

    it('give up none of the personal data planted in them', async () => {
      const { phrases } = JSON.parse(await readFile(join(example, 'planted-personal-data.json'), 'utf8')) as {
        phrases: { personal: { value: string }[] }[];
      };
      const written = (
        await Promise.all(Object.values(prepared.paths).map((path) => readFile(path, 'utf8')))
      ).join('\n');
      const values = phrases.flatMap(({ personal }) => personal.map(({ value }) => value));
      assert.ok(values.length > 50);
      assert.deepEqual(
        values.filter((value) => written.includes(value)),
        [],
      );
    });
  });
}
