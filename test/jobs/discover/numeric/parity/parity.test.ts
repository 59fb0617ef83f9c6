import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layoutMap } from '../../../../../src/jobs/discover/map/layout';
import { adjustedRandIndex } from '../../../../../src/jobs/discover/numeric/agreement';
import { mutualNeighbourGraph } from '../../../../../src/jobs/discover/numeric/graph';
import { louvain } from '../../../../../src/jobs/discover/numeric/louvain';
import { nearestNeighbours } from '../../../../../src/jobs/discover/numeric/nearest-neighbours';
import { truncatedSvd } from '../../../../../src/jobs/discover/numeric/svd';
import { tfidf } from '../../../../../src/jobs/discover/numeric/tfidf';
import { trustworthiness } from '../../map/trustworthiness';
import { modularity } from '../modularity';
import { parityInput } from './input';

/** What `generate.py` wrote. */
interface Reference {
  neighbours: Record<string, number[]>;
  distances: Record<string, number[]>;
  tfidfTerms: string[];
  tfidfRows: Record<string, number[]>;
  singularValues: number[];
  adjustedRand: number[];
  edges: number;
  modularity: { resolution: number; ofGroups: number; leiden: number; louvain: number }[];
  trustworthiness: { ofFirstColumns: number; umap: number[] };
}

describe('parity with the usual Python tools', () => {
  const reference = JSON.parse(readFileSync(join(__dirname, 'reference.json'), 'utf8')) as Reference;
  const { points, groups, documents } = parityInput();
  const width = 15;
  const neighbours = nearestNeighbours(points, width);
  const graph = mutualNeighbourGraph(neighbours);

  function assertClose(actual: number, expected: number, tolerance: number, what: string): void {
    assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} instead of ${expected}`);
  }

  it("finds the neighbours of scikit-learn's NearestNeighbors", () => {
    let different = 0;
    for (const [row, expected] of Object.entries(reference.neighbours)) {
      const start = Number(row) * width;
      expected.forEach((other, rank) => {
        if (neighbours.indices[start + rank] !== other) different++;
        const distance = 1 - neighbours.similarities[start + rank]!;
        assertClose(distance, reference.distances[row]![rank]!, 5e-5, `row ${row}, rank ${rank}`);
      });
    }
    // Two that are equally near to five digits may change places.
    assert.ok(different <= 4, `${different} of 500 differ`);
  });

  it('weighs terms as TfidfVectorizer and decomposes as TruncatedSVD', () => {
    const { matrix, terms } = tfidf(documents, { sublinear: true, minimumDocuments: 2 });
    assert.deepEqual([...terms].sort(), reference.tfidfTerms);
    for (const [row, expected] of Object.entries(reference.tfidfRows)) {
      const dense = new Map<string, number>();
      for (let entry = matrix.offsets[Number(row)]!; entry < matrix.offsets[Number(row) + 1]!; entry++) {
        dense.set(terms[matrix.indices[entry]!]!, matrix.values[entry]!);
      }
      reference.tfidfTerms.forEach((term, column) =>
        assertClose(dense.get(term) ?? 0, expected[column]!, 2e-6, `row ${row}, ${term}`),
      );
    }
    const { singularValues } = truncatedSvd(matrix, 10, 1);
    reference.singularValues.forEach((expected, index) =>
      assertClose(singularValues[index]!, expected, 0.01 * expected, `singular value ${index}`),
    );
  });

  it('agrees on partitions as adjusted_rand_score', () => {
    const others = [1, 2, 3, 7, 12].map((modulus) => groups.map((group) => group % modulus));
    others.push(groups.map((_, row) => row % 12));
    others.forEach((other, index) =>
      assertClose(adjustedRandIndex(groups, other), reference.adjustedRand[index]!, 1e-9, String(index)),
    );
  });

  it('finds communities as good as those of leidenalg and igraph', () => {
    assert.equal(graph.targets.length / 2, reference.edges);
    for (const { resolution, ofGroups, leiden, louvain: igraph } of reference.modularity) {
      assertClose(modularity(graph, groups, resolution), ofGroups, 1e-5, 'modularity of the true groups');
      const found = [1, 2, 3, 4, 5].map((seed) =>
        modularity(graph, louvain(graph, { resolution, seed }), resolution),
      );
      assert.ok(
        Math.min(...found) >= leiden - 0.01,
        `${resolution}: ${found.join(' ')}, leidenalg ${leiden}`,
      );
      assert.ok(Math.max(...found) >= igraph - 0.002, `${resolution}: ${found.join(' ')}, igraph ${igraph}`);
    }
  });

  it('draws maps as trustworthy as those of umap-learn', function () {
    this.timeout(60_000);
    const firstColumns = Array.from({ length: 2 * points.rows }, (_, index) => {
      const column = index & 1;
      return points.values[(index >> 1) * points.columns + column]!;
    });
    const { ofFirstColumns, umap } = reference.trustworthiness;
    assertClose(trustworthiness(points, firstColumns, width), ofFirstColumns, 1e-6, 'of two columns');
    const own = [1, 2, 3].map((seed) =>
      trustworthiness(points, layoutMap(points, neighbours, { seed }), width),
    );
    assert.ok(Math.min(...own) >= Math.max(...umap) - 0.02, `${own.join(' ')}, umap-learn ${umap.join(' ')}`);
  });
});
