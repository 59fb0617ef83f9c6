import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Discovery } from '../../../src/domain/discovery';
import type { DiscoveryMap } from '../../../src/domain/discovery-map';
import { InvalidInputError, NotFoundError } from '../../../src/domain/errors';
import type { JobProgress } from '../../../src/domain/job';
import { discoverFiles, runDiscover } from '../../../src/jobs/discover';
import { openObjectStore } from '../../../src/platform/storage/object-store';

const parameters = { embedder: 'lexical', language: 'es', minimumSize: 3, seed: 1 };
const knownCsv =
  'text,intent\na qué hora abrís,ConsultarHorario\nhorario,ConsultarHorario\nun café,PedirCafe\n';

describe('discovery on files', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'ciclo-test-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function file(name: string, content: string | Buffer): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  async function run(content: string | Buffer, known?: string): Promise<Discovery> {
    const utterancesPath = await file('utterances', content);
    const knownPath = known === undefined ? undefined : await file('known', known);
    return discoverFiles({
      utterancesPath,
      knownPath,
      outPath: join(folder, 'out/discovery.json'),
      parameters,
    });
  }

  const ids = ({ assignments }: Discovery) => assignments.map(({ id }) => id);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

  it('reads CSV with ids and counts, and writes what it returns', async () => {
    const discovery = await run('text,id,count\n"hola, wifi",a,3\nhay wifi,b,\n', knownCsv);
    assert.deepEqual(ids(discovery), ['a', 'b']);
    assert.deepEqual(JSON.parse(await readFile(join(folder, 'out/discovery.json'), 'utf8')), discovery);
  });

  it('reads semicolons, a byte order mark, quotes with line breaks and doubled quotes', async () => {
    const discovery = await run('\uFEFFid;text\r\n1;"dijo ""wifi"""\r\n2;"dos\nlíneas; aquí"\r\n');
    assert.deepEqual(ids(discovery), ['1', '2']);
  });

  it('reads JSON lines, of prepared utterances too', async () => {
    const prepared = {
      text: 'abrís hoy',
      id: 'x',
      language: 'es',
      count: 2,
      firstSeen: null,
      lastSeen: null,
    };
    const lines = [
      { ...prepared, outcome: 'understood', intent: 'ConsultarHorario', confidence: 0.9, alternative: null },
      { text: 'hay wifi', count: 4 },
    ];
    const discovery = await run(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n\n`, knownCsv);
    assert.deepEqual(ids(discovery), ['x', hash('hay wifi')]);
    assert.ok(
      'intent' in discovery.assignments[0]! && discovery.assignments[0].intent === 'ConsultarHorario',
    );
  });

  it('tells the language of rows that state none, as the job "prepare" does', async () => {
    const { tray } = await run('text\ncan I bring my dog?\nhay wifi\n');
    const english = tray.find(({ language }) => language === 'en');
    assert.deepEqual(english?.representatives, ['can I bring my dog?']);
  });

  it('keeps ids from an earlier result, draws a map and writes a report', async () => {
    const texts = ['hay wifi', 'clave del wifi', 'no va el wifi', 'wifi gratis', 'señal del wifi'];
    const utterancesPath = await file('u.csv', `text\n${texts.join('\n')}\n`);
    const paths = {
      utterancesPath,
      outPath: join(folder, 'd.json'),
      mapPath: join(folder, 'out/map.json'),
      reportPath: join(folder, 'out/report.html'),
    };
    const earlier = await discoverFiles({ ...paths, parameters });
    const { points } = JSON.parse(await readFile(paths.mapPath, 'utf8')) as DiscoveryMap;
    assert.deepEqual(points.map(({ id }) => id).sort(), texts.map(hash).sort());
    assert.ok(points.every(({ x, y }) => Math.abs(x) <= 1 && Math.abs(y) <= 1));
    const report = await readFile(paths.reportPath, 'utf8');
    assert.equal(report.match(/<circle /g)?.length, texts.length);
    const renamed = structuredClone(earlier);
    for (const proposal of renamed.proposals) {
      proposal.id = 'p-00000001';
      proposal.name = 'Wifi';
    }
    const previousPath = await file('previous.json', JSON.stringify(renamed));
    const later = await discoverFiles({ ...paths, previousPath, parameters });
    assert.deepEqual(
      later.proposals.map(({ id, name, isReturning }) => ({ id, name, isReturning })),
      renamed.proposals.map(({ id, name }) => ({ id, name, isReturning: true })),
    );
    await assert.rejects(
      discoverFiles({ ...paths, previousPath: await file('no.json', '{"proposals":1}'), parameters }),
      (error) => error instanceof InvalidInputError && error.message.includes('proposals'),
    );
  });

  it('gives rows without an id one made of their text, and repeated ids a number', async () => {
    const discovery = await run('text\nhay wifi\nhay wifi\n');
    assert.deepEqual(ids(discovery), [hash('hay wifi'), `${hash('hay wifi')}-2`]);
  });

  it('takes an empty file for no rows', async () => {
    assert.deepEqual((await run('')).assignments, []);
    assert.deepEqual((await run('text\n')).assignments, []);
  });

  const broken: [string, string | Buffer, RegExp][] = [
    ['a missing column', 'utterance\nhay wifi\n', /no column "text".*utterance/],
    ['a bad count', 'text,count\nhola,1\nhay wifi,many\n', /line 3: count/],
    ['a line that is no JSON', '{"text":"hola"}\n{"text":secreto}\n', /line 2 is no JSON/],
    ['a JSON line without text', '{"text":"hola"}\n{"id":"1"}\n', /line 2: text/],
    ['a time that is none', 'text,firstSeen\nhay wifi,yesterday\n', /line 2: firstSeen: a date/],
    ['an open quote', 'text\n"hola\n', /no proper CSV/],
    ['another encoding', Buffer.from([0x74, 0x65, 0x78, 0x74, 0x0a, 0xe9, 0x0a]), /no UTF-8/],
  ];
  for (const [what, content, message] of broken) {
    it(`refuses ${what}, and quotes nobody`, async () => {
      await assert.rejects(run(content), (error) => {
        assert.ok(error instanceof InvalidInputError);
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /secreto|hola/);
        return true;
      });
    });
  }

  it('refuses known phrases without an intent, and files that do not exist', async () => {
    await assert.rejects(run('text\nhola\n', 'text,intent\nhola,\n'), /line 2: intent/);
    const missing = {
      utterancesPath: join(folder, 'none.csv'),
      outPath: join(folder, 'out.json'),
      parameters,
    };
    await assert.rejects(
      discoverFiles(missing),
      (error) => error instanceof NotFoundError && error.message.includes('none.csv'),
    );
  });

  it('gives the same result as the job in a cycle', async () => {
    const texts = ['hay wifi', 'clave del wifi', 'no va el wifi', 'wifi gratis', 'abrís hoy'];
    const utterances = texts.map((text, index) => ({
      id: hash(text),
      text,
      language: 'es',
      count: 2,
      firstSeen: `2026-08-0${index + 1}T10:00:00.000Z`,
      lastSeen: '2026-08-20T10:00:00.000Z',
      outcome: 'missed',
      intent: null,
      confidence: null,
      // What the bot would have guessed decides whether a phrase becomes a new example.
      alternative: text === 'abrís hoy' ? { intent: 'ConsultarHorario', confidence: 0.4 } : null,
    }));
    const lines = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const onFiles = await run(lines(utterances), knownCsv);
    const uri = (path: string) => pathToFileURL(path).href;
    const store = openObjectStore();
    const progress: JobProgress[] = [];
    const result = await runDiscover(
      {
        job: 'discover',
        outputUri: `${uri(folder)}/job/`,
        utterancesUri: uri(await file('u.jsonl', lines(utterances))),
        knownUri: uri(
          await file(
            'k.jsonl',
            lines([
              { text: 'a qué hora abrís', intent: 'ConsultarHorario' },
              { text: 'horario', intent: 'ConsultarHorario' },
              { text: 'un café', intent: 'PedirCafe' },
            ]),
          ),
        ),
        rejectedUri: uri(await file('r.jsonl', '')),
        previousDiscoveryUri: null,
        parameters,
      },
      store,
      (one) => progress.push(one),
    );
    assert.deepEqual(JSON.parse(await store.readArtifactText(result.discovery)), onFiles);
    const map = JSON.parse(await store.readArtifactText(result.map!)) as DiscoveryMap;
    assert.equal(map.points.length, texts.length);
    assert.deepEqual(result.counts, onFiles.counts);
    assert.equal(result.proposals, onFiles.proposals.length);
    assert.ok(progress.every(({ done, total }) => done <= total) && progress.length > 0);
  });
});
