import assert from 'node:assert/strict';
import { divideSelfConsistently, fittingResolution } from '../../../../src/jobs/discover/grouping/resolution';
import { stabilityOf } from '../../../../src/jobs/discover/grouping/stability';
import { buildGraph, type Graph } from '../../../../src/jobs/discover/numeric/graph';
import { seededRandom } from '../../../../src/jobs/discover/numeric/random';

/** Cliques of given sizes, each joined with the next by one edge. */
function chainOfCliques(sizes: readonly number[]): { graph: Graph; groups: number[][] } {
  const edges: [number, number][] = [];
  const groups: number[][] = [];
  let next = 0;
  for (const size of sizes) {
    const group = Array.from({ length: size }, (_, index) => next + index);
    for (const a of group) for (const b of group) if (a < b) edges.push([a, b]);
    if (next > 0) edges.push([next - 1, next]);
    groups.push(group);
    next += size;
  }
  const graph = buildGraph(next, {
    from: edges.map(([a]) => a),
    to: edges.map(([, b]) => b),
    weight: edges.map(() => 1),
  });
  return { graph, groups };
}

/** Nodes in groups of given sizes, each with about `degree` edges, `within` of them inside of its group. */
function planted(
  sizes: readonly number[],
  degree: number,
  within: number,
): { graph: Graph; groups: Int32Array } {
  const random = seededRandom(7);
  const groups = Int32Array.from(sizes.flatMap((size, group) => Array.from({ length: size }, () => group)));
  const starts = sizes.map((_, group) => sizes.slice(0, group).reduce((sum, size) => sum + size, 0));
  const from: number[] = [];
  const to: number[] = [];
  groups.forEach((group, node) => {
    for (let edge = 0; edge < degree / 2; edge++) {
      const inside = random() < within;
      from.push(node);
      to.push(
        inside ? starts[group]! + Math.floor(random() * sizes[group]!) : Math.floor(random() * groups.length),
      );
    }
  });
  return { graph: buildGraph(groups.length, { from, to, weight: from.map(() => 1) }), groups };
}

const counted = (communities: Int32Array) => new Set(communities).size;

describe('the resolution', () => {
  it('fits the communities by the formula', () => {
    // Two triangles joined by an edge: 14 ends of edges, 12 of them within; degrees 7 and 7.
    const { graph } = chainOfCliques([3, 3]);
    const inside = 12 / 7;
    const between = 2 / 7;
    const expected = (inside - between) / Math.log(inside / between);
    const fitting = fittingResolution(graph, Int32Array.of(0, 0, 0, 1, 1, 1));
    assert.ok(Math.abs(fitting! - expected) < 1e-12, String(fitting));
    assert.equal(fittingResolution(graph, new Int32Array(6)), null);
  });

  it('chooses itself on many even groups and on few uneven ones', () => {
    const even = planted(
      Array.from({ length: 60 }, () => 25),
      20,
      0.8,
    );
    assert.ok(Math.abs(counted(divideSelfConsistently(even.graph, 1).communities) - 60) <= 6);
    const uneven = planted([400, 200, 100, 50, 25], 20, 0.9);
    const count = counted(divideSelfConsistently(uneven.graph, 1).communities);
    assert.ok(count >= 4 && count <= 8, String(count));
  });
});

describe('the stability of topics', () => {
  it('is high for cliques and low for a mixture of their halves', () => {
    const { graph, groups } = chainOfCliques([10, 10, 10]);
    const halves = groups[0]!.slice(0, 5).concat(groups[1]!.slice(0, 5));
    const [clique, mixture] = stabilityOf([groups[0]!, halves], graph, 1, 1);
    assert.ok(clique! > 0.95, String(clique));
    // Five of ten shared with a clique of ten: 5 / 15.
    assert.ok(mixture! < 0.4, String(mixture));
    assert.deepEqual(stabilityOf([], graph, 1, 1), []);
  });
});
