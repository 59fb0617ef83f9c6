import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '../support/machine';
import { benchCacheFolder, pythonEnvironment } from '../support/python';
import { writeBetweenMarkers } from '../support/page';
import { markdownTable } from '../support/table';
import { cafeScenario, Datasets, unevenScenario } from './datasets';
import { peers, runOurs, runPeer, writePeerInput, type Peer, type Run } from './methods';
import type { Scenario } from './scenario';
import { scoreOf, type Score } from './score';

const shared = join(__dirname, '..', '..', '..', 'shared');
const page = join(__dirname, '..', '..', 'docs', 'benchmarks.md');

const usage = `Usage: npm run bench -- discovery [--seeds 21,22,23] [--peers kmeans,umap-hdbscan,knn-leiden] [--only TEXT] [--write]

Lets the discovery find hidden topics in labelled utterances, beside the usual ways on the same embeddings.
  --seeds   which intents are hidden (default: 21,22,23; the method was made on others)
  --peers   whom to compare with; "none" for nobody (default: all)
  --only    scenarios whose name holds the text
  --data    folder with clinc150.json and nlpjs-corpus-es.json (default: ../shared/data)
  --models  folder with all-MiniLM-L6-v2-int8 and multilingual-e5-small-int8 (default: ../shared/models)
  --write   puts the table into docs/benchmarks.md`;

interface Trial {
  scenario: Scenario;
  /** Name in the table, and as the pipeline file names it. */
  embedders: { name: string; choice: string }[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '21,22,23' },
      peers: { type: 'string', default: Object.keys(peers).join(',') },
      only: { type: 'string', default: '' },
      data: { type: 'string', default: join(shared, 'data') },
      models: { type: 'string', default: join(shared, 'models') },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const chosenPeers = readPeers(values.peers);
  const python =
    chosenPeers.length === 0 ? '' : await pythonEnvironment(join(__dirname, 'peers', 'requirements.txt'));
  await mkdir(benchCacheFolder(), { recursive: true });
  const folder = await mkdtemp(join(benchCacheFolder(), 'discovery-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

  const rows: string[][] = [];
  const seeds = values.seeds.split(',').map(Number);
  for (const { scenario, embedders } of await trials(new Datasets(values.data), values.models, seeds)) {
    if (!scenario.name.includes(values.only)) continue;
    for (const { name, choice } of embedders) {
      const add = (method: string, run: Run) => {
        rows.push(row(scenario, name, method, scoreOf(scenario, run.answers), run.seconds));
        console.error(rows.at(-1)!.join(' | '));
      };
      add('**Ciclo**', await runOurs(scenario, choice));
      if (chosenPeers.length === 0) continue;
      const input = await writePeerInput(scenario, choice, folder);
      for (const peer of chosenPeers) add(peers[peer], runPeer(python, peer, input));
    }
  }
  const table = `${describeMachine()}\n\n${markdownTable(headings, rows)}`;
  console.log(`\n${table}`);
  if (values.write) await writeBetweenMarkers(page, 'discovery', table);
}

async function trials(data: Datasets, modelsFolder: string, seeds: readonly number[]): Promise<Trial[]> {
  const minilm = { name: 'MiniLM', choice: `onnx:${join(modelsFolder, 'all-MiniLM-L6-v2-int8')}` };
  const e5 = { name: 'E5', choice: `onnx:${join(modelsFolder, 'multilingual-e5-small-int8')}` };
  const lexical = { name: 'lexical', choice: 'lexical' };
  return [
    { scenario: data.clincUnsupervised(), embedders: [minilm, e5, lexical] },
    { scenario: await unevenScenario(), embedders: [lexical, e5] },
    ...seeds.map((seed) => ({ scenario: data.clincReal(seed), embedders: [minilm] })),
    ...seeds.map((seed) => ({ scenario: data.spanishCorpus(seed), embedders: [e5, lexical] })),
    { scenario: await cafeScenario(), embedders: [lexical, e5] },
  ];
}

function readPeers(list: string): Peer[] {
  if (list === 'none') return [];
  const names = list.split(',');
  const unknown = names.filter((name) => !(name in peers));
  if (unknown.length > 0) throw new Error(`There is no peer ${unknown.join(', ')}.\n\n${usage}`);
  return names as Peer[];
}

const headings = [
  'scenario, embedder',
  'method',
  'found',
  'ARI of the hidden',
  'known right',
  'outside as noise',
  'groups',
  'false groups',
  'seconds',
];

function row(scenario: Scenario, embedder: string, method: string, score: Score, seconds: number): string[] {
  const percent = (share: number | null) => (share === null ? '' : `${(100 * share).toFixed(0)} %`);
  return [
    `${scenario.name}, ${embedder}`,
    method,
    `${score.found} of ${score.hidden}`,
    score.hiddenAri.toFixed(3),
    percent(score.knownRight),
    percent(score.outsideAsNoise),
    String(score.groups),
    String(score.falseGroups),
    seconds.toFixed(1),
  ];
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
