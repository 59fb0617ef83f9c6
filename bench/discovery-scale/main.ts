import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildDist } from '../support/build';
import { describeMachine } from '../support/machine';
import { runMeasured, type Measured } from '../support/measured-process';
import { writeBetweenMarkers } from '../support/page';
import { pythonEnvironment } from '../support/python';
import { markdownTable, megabytes, ratio } from '../support/table';
import { writeNumbers, type InputFiles } from './files';
import { generatePoints } from './log';
import type { JobFigures, PartFigures, Step } from './ours';

const usage = `Usage: npm run bench -- discovery-scale [--sizes 5000,20000,100000,200000] [--peers 20000] [--maps 20000] [--write]

The whole discovery after embedding, without the map, of generated logs: half of the utterances are about 100 intents
that the bot knows (by one example for ten utterances), four in ten about topics that it does not know, of about 150
utterances each, one in ten about nothing in particular; points are Gaussians around centres on the sphere in 384
dimensions, phrases have words of their topic. Then its parts beside the Python tools on the same points.
  --sizes  numbers of utterances
  --peers  the most utterances that the Python tools get: pynndescent and leidenalg, and scikit-learn's exact search
  --maps   the most of which a map is drawn, beside umap-learn
  --write  puts the tables into docs/benchmarks.md
What the Python tools compile on first use does not count. Peak memory is that of the whole process, with its input.`;

const page = join(__dirname, '..', '..', 'docs', 'benchmarks.md');
const columns = 384;
/** What is to be reached, on two processors. */
const targets = [
  { utterances: 20_000, seconds: 5 },
  { utterances: 100_000, seconds: 40, peakMemoryBytes: 1.5e9 },
];
const mapTarget = { points: 20_000, seconds: 15 };

interface PeerFigures {
  neighbours: Step;
  communities: Step;
  communityCount: number;
  exact?: Step;
}

interface PeerMap {
  map: Step;
  trustworthiness?: { ours: number; theirs: number };
}

interface Line {
  utterances: number;
  job: JobFigures;
  peakMemoryBytes: number;
  parts?: { ours: PartFigures; peakMemoryBytes: number; peer: PeerFigures; peerMemoryBytes: number };
  maps?: { ours: Required<PartFigures>; peer: PeerMap };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '5000,20000,100000,200000' },
      peers: { type: 'string', default: '20000' },
      maps: { type: 'string', default: '20000' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const dist = buildDist();
  const sizes = values.sizes.split(',').map(Number);
  const [mostForPeers, mostForMaps] = [Number(values.peers), Number(values.maps)];
  const isAlone = sizes.every((size) => size > Math.max(mostForPeers, mostForMaps));
  const python = isAlone ? '' : await pythonEnvironment(join(__dirname, 'requirements.txt'));
  const lines: Line[] = [];
  for (const utterances of sizes) {
    lines.push(await measureSize(utterances, { dist, python }, mostForPeers, mostForMaps));
  }
  const tables = [
    describeMachine(),
    scaleTable(lines),
    verdicts(lines)
      .map((verdict) => `- ${verdict}`)
      .join('\n'),
    ...(lines.some((line) => line.parts) ? [peerTable(lines)] : []),
    ...(lines.some((line) => line.maps) ? [mapTable(lines)] : []),
  ].join('\n\n');
  console.log(`\n${tables}`);
  if (values.write) await writeBetweenMarkers(page, 'discovery-scale', tables);
}

async function measureSize(
  utterances: number,
  { dist, python }: { dist: string; python: string },
  mostForPeers: number,
  mostForMaps: number,
): Promise<Line> {
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-bench-'));
  try {
    console.error(`${count(utterances)} utterances`);
    const input = JSON.stringify(writeInput(folder, utterances));
    const runOurs = (task: string) =>
      runMeasured(process.execPath, [...process.execArgv, join(__dirname, 'ours.ts'), dist, input, task]);
    const runPeer = (task: string) => runMeasured(python, [join(__dirname, 'peers.py'), input, task]);
    const measured = await runOurs('job');
    const line: Line = { utterances, job: figuresOf(measured), peakMemoryBytes: measured.peakMemoryBytes };
    console.error(scaleTable([line]));
    if (utterances <= mostForMaps) {
      line.maps = { ours: figuresOf(await runOurs('map')), peer: figuresOf(await runPeer('map')) };
    }
    if (utterances <= mostForPeers) {
      const [ours, peer] = [await runOurs('parts'), await runPeer('communities')];
      line.parts = {
        ours: figuresOf(ours),
        peakMemoryBytes: ours.peakMemoryBytes,
        peer: figuresOf(peer),
        peerMemoryBytes: peer.peakMemoryBytes,
      };
    }
    return line;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function writeInput(folder: string, utterances: number): InputFiles {
  const { points, topics } = generatePoints(utterances, columns);
  const inFolder = (name: string) => join(folder, name);
  writeNumbers(inFolder('points'), points.values);
  writeNumbers(inFolder('topics'), topics);
  return {
    points: inFolder('points'),
    topics: inFolder('topics'),
    map: inFolder('map'),
    rows: points.rows,
    columns,
    utterances,
  };
}

function figuresOf<T>({ stdout }: Measured): T {
  return JSON.parse(stdout) as T;
}

const count = (value: number) => value.toLocaleString('en');
const seconds = ({ seconds: value }: { seconds: number }) => `${value.toFixed(value < 10 ? 2 : 1)} s`;

function scaleTable(lines: readonly Line[]): string {
  const first = lines[0]!;
  return markdownTable(
    [
      'utterances',
      'seconds',
      'CPU',
      'of n·log n',
      'peak memory',
      'topics sought among',
      'proposals',
      'ARI of the hidden',
      'known right',
    ],
    lines.map(({ utterances, job, peakMemoryBytes }) => [
      count(utterances),
      seconds(job.job),
      `${job.job.cpuSeconds.toFixed(1)} s`,
      ratio(job.job.cpuSeconds / first.job.job.cpuSeconds, nLogN(utterances) / nLogN(first.utterances)),
      megabytes(peakMemoryBytes),
      count(job.divided),
      count(job.proposals),
      job.hiddenAri.toFixed(3),
      `${(100 * job.knownRight).toFixed(0)} %`,
    ]),
  );
}

const nLogN = (rows: number) => rows * Math.log(rows);

/** A line for each target at a size that was measured. */
function verdicts(lines: readonly Line[]): string[] {
  const judged = (what: string, isReached: boolean) => `${what}: ${isReached ? 'reached' : 'not reached'}`;
  const [first] = lines;
  return lines.flatMap((line) => {
    const target = targets.find(({ utterances }) => utterances === line.utterances);
    const most = target?.peakMemoryBytes;
    const growth = line.job.job.cpuSeconds / first!.job.job.cpuSeconds;
    const size = `${count(line.utterances)} utterances`;
    return [
      ...(target
        ? [judged(`${size} within ${target.seconds} s`, line.job.job.seconds <= target.seconds)]
        : []),
      ...(most ? [judged(`${size} within ${megabytes(most)}`, line.peakMemoryBytes <= most)] : []),
      ...(line === first
        ? []
        : [
            judged(
              `${size}: no more than n·log n against ${count(first!.utterances)}`,
              growth <= nLogN(line.utterances) / nLogN(first!.utterances),
            ),
          ]),
      ...(line.maps && line.utterances === mapTarget.points
        ? [
            judged(
              `map of ${count(mapTarget.points)} within ${mapTarget.seconds} s`,
              drawing(line.maps.ours).seconds <= mapTarget.seconds,
            ),
          ]
        : []),
    ];
  });
}

function peerTable(lines: readonly Line[]): string {
  return markdownTable(
    [
      'utterances',
      'scikit-learn',
      'pynndescent',
      'ours',
      'recall',
      'leidenalg',
      'ours',
      'communities',
      'ours',
      'memory',
      'ours',
    ],
    lines.flatMap(({ utterances, parts }) => {
      if (!parts) return [];
      const { ours, peer, peakMemoryBytes, peerMemoryBytes } = parts;
      return [
        [
          count(utterances),
          peer.exact ? seconds(peer.exact) : '–',
          seconds(peer.neighbours),
          ratio(ours.neighbours.seconds, peer.neighbours.seconds),
          ours.recall.toFixed(3),
          seconds(peer.communities),
          ratio(ours.communities.seconds, peer.communities.seconds),
          count(peer.communityCount),
          count(ours.communityCount),
          megabytes(peerMemoryBytes),
          ratio(peakMemoryBytes, peerMemoryBytes),
        ],
      ];
    }),
  );
}

/** The map with the neighbours that it is drawn from. */
function drawing({ neighbours, map }: Required<PartFigures>): Step {
  return {
    seconds: neighbours.seconds + map.seconds,
    cpuSeconds: neighbours.cpuSeconds + map.cpuSeconds,
  };
}

function mapTable(lines: readonly Line[]): string {
  return markdownTable(
    ['utterances', 'our map', 'CPU', 'umap-learn', 'ours', 'trustworthiness', 'of umap-learn'],
    lines.flatMap(({ utterances, maps }) => {
      if (!maps) return [];
      const all = drawing(maps.ours);
      const trust = maps.peer.trustworthiness;
      return [
        [
          count(utterances),
          seconds(all),
          `${all.cpuSeconds.toFixed(1)} s`,
          seconds(maps.peer.map),
          ratio(all.seconds, maps.peer.map.seconds),
          trust ? trust.ours.toFixed(3) : '–',
          trust ? trust.theirs.toFixed(3) : '–',
        ],
      ];
    }),
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
