import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Layout from '../../src/jobs/discover/map/layout';
import type * as Graphs from '../../src/jobs/discover/numeric/graph';
import type * as Communities from '../../src/jobs/discover/numeric/louvain';
import type * as Matrices from '../../src/jobs/discover/numeric/matrix';
import type * as Search from '../../src/jobs/discover/numeric/nearest-neighbours';
import { readPoints, writeNumbers, type InputFiles } from './files';

/** What one step took. */
export interface Step {
  seconds: number;
  /** Of all threads. */
  cpuSeconds: number;
}

export interface OursFigures {
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

/** Run as `ours.ts DIST INPUT TASK`: measures what is compiled in DIST, for TASK `map` with the map; prints JSON. */
function main([dist = '', input = '', task = '']: string[]): void {
  const requireCompiled = createRequire(__filename);
  const load = <T>(name: string) => requireCompiled(join(dist, 'jobs', 'discover', name)) as T;
  const { nearestNeighbours } = load<typeof Search>('numeric/nearest-neighbours');
  const { mutualNeighbourGraph } = load<typeof Graphs>('numeric/graph');
  const { louvain } = load<typeof Communities>('numeric/louvain');
  const { layoutMap } = load<typeof Layout>('map/layout');
  const { dot } = load<typeof Matrices>('numeric/matrix');
  const files = JSON.parse(input) as InputFiles;
  const points = readPoints(files);
  const [found, neighbours] = measure(() => nearestNeighbours(points, width));
  const [communities, communitySteps] = measure(() =>
    louvain(mutualNeighbourGraph(found), { resolution, seed: 1 }),
  );
  const figures: OursFigures = {
    neighbours,
    communities: communitySteps,
    communityCount: new Set(communities).size,
    recall: 0,
  };
  if (task === 'map') {
    const [map, step] = measure(() => layoutMap(points, found, { seed: 1 }));
    writeNumbers(files.map, map);
    figures.map = step;
  }
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
  console.log(JSON.stringify({ ...figures, recall: common / (rows * width) }));
}

function measure<T>(work: () => T): [T, Step] {
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  const result = work();
  const seconds = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return [result, { seconds, cpuSeconds: (user + system) / 1e6 }];
}

main(process.argv.slice(2));
