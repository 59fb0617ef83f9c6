import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gaussianMixture } from '../../test/jobs/discover/numeric/mixture';
import { buildDist } from '../support/build';
import { describeMachine } from '../support/machine';
import { runMeasured, type Measured } from '../support/measured-process';
import { pythonEnvironment } from '../support/python';
import { markdownTable, megabytes, ratio } from '../support/table';
import { writeNumbers, type InputFiles } from './files';
import type { OursFigures, Step } from './ours';

const usage = `Usage: npm run bench -- discovery-scale [--sizes 5000,…,200000] [--peers 100000] [--maps 20000]

Nearest neighbours (15) and communities of generated points: Gaussians of about 150 points each around centres on the
sphere in 384 dimensions. --sizes are the numbers of points, --peers the most that the Python tools get (pynndescent and
leidenalg, and scikit-learn's exact search up to 20,000), --maps the most of which a map is drawn, beside umap-learn.
What the Python tools compile on first use does not count. Peak memory is that of the whole process, with the points.`;

const columns = 384;
const pointsPerGroup = 150;
const spread = 0.8;

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
  rows: number;
  ours: OursFigures;
  peakMemoryBytes: number;
  peer?: PeerFigures;
  peerMemoryBytes?: number;
  maps?: { ours: Step; peer: PeerMap };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '5000,10000,20000,50000,100000,200000' },
      peers: { type: 'string', default: '100000' },
      maps: { type: 'string', default: '20000' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const dist = buildDist();
  const python = await pythonEnvironment(join(__dirname, 'requirements.txt'));
  const lines: Line[] = [];
  for (const rows of values.sizes.split(',').map(Number)) {
    const line = await measureSize(rows, { dist, python }, Number(values.peers), Number(values.maps));
    lines.push(line);
  }
  console.log(`\n${describeMachine()}\n\n${scaleTable(lines)}`);
  if (lines.some((line) => line.peer)) console.log(`\n${peerTable(lines)}`);
  if (lines.some((line) => line.maps)) console.log(`\n${mapTable(lines)}`);
}

async function measureSize(
  rows: number,
  { dist, python }: { dist: string; python: string },
  mostForPeers: number,
  mostForMaps: number,
): Promise<Line> {
  const folder = await mkdtemp(join(tmpdir(), 'ciclo-bench-'));
  try {
    console.error(`${rows.toLocaleString('en')} points`);
    const files: InputFiles = { points: join(folder, 'points'), map: join(folder, 'map'), rows, columns };
    const groups = Math.ceil(rows / pointsPerGroup);
    writeNumbers(files.points, gaussianMixture({ rows, columns, groups }, spread, 1).points.values);
    const input = JSON.stringify(files);
    const runOurs = (task: string) =>
      runMeasured(process.execPath, [...process.execArgv, join(__dirname, 'ours.ts'), dist, input, task]);
    const runPeer = (task: string) => runMeasured(python, [join(__dirname, 'peers.py'), input, task]);
    const measured = await runOurs('communities');
    const line: Line = { rows, ours: figuresOf(measured), peakMemoryBytes: measured.peakMemoryBytes };
    if (rows <= mostForPeers) {
      const peer = await runPeer('communities');
      line.peer = figuresOf(peer);
      line.peerMemoryBytes = peer.peakMemoryBytes;
    }
    if (rows <= mostForMaps) {
      const { map } = figuresOf<Required<OursFigures>>(await runOurs('map'));
      line.maps = { ours: map, peer: figuresOf(await runPeer('map')) };
    }
    return line;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function figuresOf<T>({ stdout }: Measured): T {
  return JSON.parse(stdout) as T;
}

const count = (value: number) => value.toLocaleString('en');
const seconds = ({ seconds: value }: { seconds: number }) => `${value.toFixed(value < 10 ? 2 : 1)} s`;
const together = (left: Step, right: Step): Step => ({
  seconds: left.seconds + right.seconds,
  cpuSeconds: left.cpuSeconds + right.cpuSeconds,
});
const total = ({ neighbours, communities }: Pick<OursFigures, 'neighbours' | 'communities'>) =>
  together(neighbours, communities);

function scaleTable(lines: readonly Line[]): string {
  const first = lines[0]!;
  const nLogN = (rows: number) => rows * Math.log(rows);
  const headings = [
    'points',
    'neighbours',
    'communities',
    'both',
    'CPU',
    'of n·log n',
    'recall',
    'peak memory',
  ];
  return markdownTable(
    headings,
    lines.map(({ rows, ours, peakMemoryBytes }) => [
      count(rows),
      seconds(ours.neighbours),
      seconds(ours.communities),
      seconds(total(ours)),
      `${total(ours).cpuSeconds.toFixed(1)} s`,
      ratio(total(ours).cpuSeconds / total(first.ours).cpuSeconds, nLogN(rows) / nLogN(first.rows)),
      ours.recall.toFixed(3),
      megabytes(peakMemoryBytes),
    ]),
  );
}

function peerTable(lines: readonly Line[]): string {
  return markdownTable(
    [
      'points',
      'scikit-learn',
      'pynndescent',
      'ours',
      'leidenalg',
      'ours',
      'communities',
      'ours',
      'memory',
      'ours',
    ],
    lines.flatMap(({ rows, ours, peakMemoryBytes, peer, peerMemoryBytes }) =>
      peer && peerMemoryBytes !== undefined
        ? [
            [
              count(rows),
              peer.exact ? seconds(peer.exact) : '–',
              seconds(peer.neighbours),
              ratio(ours.neighbours.seconds, peer.neighbours.seconds),
              seconds(peer.communities),
              ratio(ours.communities.seconds, peer.communities.seconds),
              count(peer.communityCount),
              count(ours.communityCount),
              megabytes(peerMemoryBytes),
              ratio(peakMemoryBytes, peerMemoryBytes),
            ],
          ]
        : [],
    ),
  );
}

function mapTable(lines: readonly Line[]): string {
  return markdownTable(
    ['points', 'our map', 'with neighbours', 'umap-learn', 'ours', 'trustworthiness', 'of umap-learn'],
    lines.flatMap(({ rows, ours, maps }) => {
      if (!maps) return [];
      const all = together(ours.neighbours, maps.ours);
      const trust = maps.peer.trustworthiness;
      return [
        [
          count(rows),
          seconds(maps.ours),
          seconds(all),
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
