import { selectRows, type Matrix } from '../numeric/matrix';
import type { Graph } from '../numeric/graph';
import { louvain } from '../numeric/louvain';
import { nearestAmong } from '../numeric/nearest-among';
import { nearestNeighbours, type Neighbours } from '../numeric/nearest-neighbours';
import { weighEvidence } from '../neighbourhood';
import { neighbourGraph } from './neighbour-graph';
import { divideSelfConsistently } from './resolution';
import { sampleProportionally } from './sample';

export interface Communities {
  /** Units that were divided, in ascending order: all, or of many a sample. */
  divided: Int32Array;
  /** Their graph; its nodes are places in `divided`. */
  graph: Graph;
  resolution: number;
  /** For each of all units its nearest among those that were divided. */
  neighbours: Neighbours;
  /** For each of all units the number of its community. */
  communities: Int32Array;
}

export interface CommunityOptions {
  /** Neighbours of each unit. */
  width: number;
  /** So many times the resolution that the units ask for themselves. */
  resolutionFactor: number;
  /** Of more units than this a sample is divided. */
  mostDivided: number;
  seed: number;
}

/**
 * Divides units into communities of their graph of neighbours. Of many units a sample is divided, in which each known
 * group has its share; every other unit joins the community that has the most weight among its nearest in the sample.
 * @param metric one row of length 1 for each unit
 * @param groups for each unit the number of what it is known to belong to, or −1
 */
export function findCommunities(
  metric: Matrix,
  groups: Int32Array,
  { width, resolutionFactor, mostDivided, seed }: CommunityOptions,
): Communities {
  const divided = sampleProportionally(groups, mostDivided, seed);
  const isWhole = divided.length === metric.rows;
  const ownNeighbours = nearestNeighbours(isWhole ? metric : selectRows(metric, divided), width, { seed });
  const graph = neighbourGraph(ownNeighbours);
  const resolution = resolutionFactor * divideSelfConsistently(graph, seed).resolution;
  const own = louvain(graph, { resolution, seed });
  if (isWhole) return { divided, graph, resolution, neighbours: ownNeighbours, communities: own };
  const neighbours = withTheRest(metric, divided, ownNeighbours, seed);
  const communities = new Int32Array(metric.rows).fill(-1);
  divided.forEach((unit, place) => (communities[unit] = own[place]!));
  return { divided, graph, resolution, neighbours, communities: letTheRestJoin(communities, neighbours) };
}

/** Neighbours of all units: of those that were divided as they are, of the others the nearest among these. */
function withTheRest(metric: Matrix, divided: Int32Array, own: Neighbours, seed: number): Neighbours {
  const { rows } = metric;
  const { width } = own;
  const isDivided = new Uint8Array(rows);
  for (const unit of divided) isDivided[unit] = 1;
  const rest = Int32Array.from({ length: rows }, (_, unit) => unit).filter((unit) => isDivided[unit] === 0);
  const indices = new Int32Array(rows * width);
  const similarities = new Float32Array(rows * width);
  const write = (units: Int32Array, found: Neighbours) =>
    units.forEach((unit, place) => {
      const [start, end] = [place * width, (place + 1) * width];
      indices.set(found.indices.subarray(start, end), unit * width);
      similarities.set(found.similarities.subarray(start, end), unit * width);
    });
  write(divided, { ...own, indices: own.indices.map((place) => (place < 0 ? -1 : divided[place]!)) });
  write(rest, nearestAmong(metric, rest, divided, width, seed));
  return { rows, width, indices, similarities };
}

/** What has no neighbour in any community is one of its own. */
function letTheRestJoin(communities: Int32Array, neighbours: Neighbours): Int32Array {
  const evidence = weighEvidence(neighbours, communities);
  let next = communities.reduce((most, community) => Math.max(most, community), -1) + 1;
  return communities.map((community, unit) => {
    if (community >= 0) return community;
    return evidence[unit]!.group >= 0 ? evidence[unit]!.group : next++;
  });
}
