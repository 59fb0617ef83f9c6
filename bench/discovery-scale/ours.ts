import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Discovering from '../../src/jobs/discover/discover';
import type * as Layout from '../../src/jobs/discover/map/layout';
import { adjustedRandIndex } from '../../src/jobs/discover/numeric/agreement';
import type * as Graphs from '../../src/jobs/discover/numeric/graph';
import type * as Communities from '../../src/jobs/discover/numeric/louvain';
import type * as Matrices from '../../src/jobs/discover/numeric/matrix';
import type * as Search from '../../src/jobs/discover/numeric/nearest-neighbours';
import { readPoints, writeNumbers, type InputFiles } from './files';
import { asDiscovery, isKnown, type GeneratedPoints } from './log';

/** What one step took. */
export interface Step {
  seconds: number;
  /** Of all threads. */
  cpuSeconds: number;
}

/** The whole discovery after embedding, without the map. */
export interface JobFigures {
  job: Step;
  /** So many phrases stood for all. */
  divided: number;
  proposals: number;
  /** Adjusted Rand index over the utterances of hidden topics; each that is noise stands alone. */
  hiddenAri: number;
  /** Share, 0–1, of the missed utterances of known intents that are given to theirs. */
  knownRight: number;
}

/** The steps that the Python tools do too. */
export interface PartFigures {
  neighbours: Step;
  communities: Step;
  communityCount: number;
  /** Share of the true nearest neighbours of some rows that were found, 0–1. */
  recall: number;
  map?: Step;
}

const width = 15;
const resolution = 1;
const sampledRows = 200;

/** Run as `ours.ts DIST INPUT TASK`: measures what is compiled in DIST; prints JSON. */
async function main([dist = '', input = '', task = '']: string[]): Promise<void> {
  const requireCompiled = createRequire(__filename);
  const load = <T>(name: string) => requireCompiled(join(dist, 'jobs', 'discover', name)) as T;
  const files = JSON.parse(input) as InputFiles;
  const generated = readPoints(files);
  const figures =
    task === 'job' ? await measureJob(load, generated) : measureParts(load, generated, files, task === 'map');
  console.log(JSON.stringify(figures));
}

type Load = <T>(name: string) => T;

async function measureJob(load: Load, generated: GeneratedPoints): Promise<JobFigures> {
  const { discoverAmong } = load<typeof Discovering>('discover');
  const { topics } = generated;
  const { input, embedded } = asDiscovery(generated);
  const [discovery, job] = await measure(() => discoverAmong(input, embedded));
  const answers = discovery.assignments.map((one) =>
    'proposal' in one ? one.proposal : 'intent' in one ? one.intent : one.id,
  );
  const rows = [...answers.keys()];
  const hidden = rows.filter((row) => topics[row]! >= 0 && !isKnown(topics[row]!));
  const missed = rows.filter((row) => isKnown(topics[row]!) && input.utterances[row]!.intent === null);
  return {
    job,
    divided: discovery.sample?.phrases ?? embedded.units.length,
    proposals: discovery.proposals.length,
    hiddenAri: adjustedRandIndex(
      hidden.map((row) => answers[row]!),
      hidden.map((row) => topics[row]!),
    ),
    knownRight: missed.filter((row) => answers[row] === `Intent${topics[row]}`).length / missed.length,
  };
}

function measureParts(
  load: Load,
  { points }: GeneratedPoints,
  files: InputFiles,
  withMap: boolean,
): Promise<PartFigures> {
  const { nearestNeighbours } = load<typeof Search>('numeric/nearest-neighbours');
  const { mutualNeighbourGraph } = load<typeof Graphs>('numeric/graph');
  const { louvain } = load<typeof Communities>('numeric/louvain');
  const { layoutMap } = load<typeof Layout>('map/layout');
  const { dot } = load<typeof Matrices>('numeric/matrix');
  return measureAll();

  async function measureAll(): Promise<PartFigures> {
    const [found, neighbours] = await measure(() => nearestNeighbours(points, width));
    const [communities, communitySteps] = await measure(() =>
      louvain(mutualNeighbourGraph(found), { resolution, seed: 1 }),
    );
    const figures: PartFigures = {
      neighbours,
      communities: communitySteps,
      communityCount: new Set(communities).size,
      recall: recallOf(found),
    };
    if (withMap) {
      const [map, step] = await measure(() => layoutMap(points, found, { seed: 1 }));
      writeNumbers(files.map, map);
      figures.map = step;
    }
    return figures;
  }

  function recallOf(found: Search.Neighbours): number {
    let common = 0;
    const rows = Math.min(sampledRows, points.rows);
    for (let sample = 0; sample < rows; sample++) {
      const row = Math.floor((sample * points.rows) / rows);
      const own = found.indices.subarray(row * width, (row + 1) * width);
      const similarities = Float64Array.from({ length: points.rows }, (_, other) =>
        other === row ? -Infinity : dot(points, row, points, other),
      );
      const least = similarities.toSorted()[points.rows - width]!;
      common += own.filter((other) => similarities[other]! >= least).length;
    }
    return common / (rows * width);
  }
}

async function measure<T>(work: () => T | Promise<T>): Promise<[T, Step]> {
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  const result = await work();
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return [result, { seconds, cpuSeconds: (user + system) / 1e6 }];
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
