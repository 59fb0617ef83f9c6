import assert from 'node:assert/strict';
import { adjustedRandIndex } from '../../../src/jobs/discover/numeric/agreement';
import { symmetricEigen } from '../../../src/jobs/discover/numeric/eigen';
import {
  buildGraph,
  contract,
  mutualNeighbourGraph,
  type Graph,
} from '../../../src/jobs/discover/numeric/graph';
import { louvain } from '../../../src/jobs/discover/numeric/louvain';
import {
  centreRows,
  dot,
  normalizeRows,
  selectRows,
  type Matrix,
} from '../../../src/jobs/discover/numeric/matrix';
import { nearestNeighbours } from '../../../src/jobs/discover/numeric/nearest-neighbours';
import { quantile, rankOf } from '../../../src/jobs/discover/numeric/order-statistics';
import { permutation, seededRandom } from '../../../src/jobs/discover/numeric/random';
import { truncatedSvd } from '../../../src/jobs/discover/numeric/svd';
import { sideBySide, tfidf } from '../../../src/jobs/discover/numeric/tfidf';
import { whitenWithinGroups } from '../../../src/jobs/discover/numeric/whitening';
import { characterFeatures, pairs } from '../../../src/jobs/discover/text/features';

const documents = ['hay wifi en la terraza', 'la clave del wifi', 'perros en la terraza', 'hay wifi'];

function assertClose(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-5): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, index) =>
    assert.ok(
      Math.abs(actual[index]! - value) <= tolerance,
      `[${index}]: ${actual[index]} instead of ${value}`,
    ),
  );
}

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, values: Float32Array.from(rows.flat()) };
}

/** The TF-IDF matrix as dense rows, its columns in alphabetical order. */
function denseRows({ matrix, terms }: ReturnType<typeof tfidf>): { terms: string[]; rows: number[][] } {
  const sorted = [...terms].sort();
  const rows = Array.from({ length: matrix.rows }, (_, row) => {
    const dense = sorted.map(() => 0);
    for (let entry = matrix.offsets[row]!; entry < matrix.offsets[row + 1]!; entry++) {
      dense[sorted.indexOf(terms[matrix.indices[entry]!]!)] = matrix.values[entry]!;
    }
    return dense;
  });
  return { terms: sorted, rows };
}

describe('TF-IDF', () => {
  // The numbers are scikit-learn 1.x's: TfidfVectorizer().fit_transform(documents).toarray()
  it('is that of scikit-learn', () => {
    const { terms, rows } = denseRows(tfidf(documents.map((text) => text.split(' '))));
    assert.deepEqual(terms, ['clave', 'del', 'en', 'hay', 'la', 'perros', 'terraza', 'wifi']);
    assertClose(rows[0]!, [0, 0, 0.481635, 0.481635, 0.389925, 0, 0.481635, 0.389925]);
    assertClose(rows[1]!, [0.596039, 0.596039, 0, 0, 0.380444, 0, 0, 0.380444]);
    assertClose(rows[2]!, [0, 0, 0.484263, 0, 0.392053, 0.614226, 0.484263, 0]);
    assertClose(rows[3]!, [0, 0, 0, 0.777221, 0, 0, 0, 0.629228]);
  });

  // TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
  it('knows word pairs and a least document frequency', () => {
    const features = documents.map((text) => pairs(text.split(' ')));
    const { terms, rows } = denseRows(tfidf(features, { sublinear: true, minimumDocuments: 2 }));
    assert.deepEqual(terms, ['en', 'en la', 'hay', 'hay wifi', 'la', 'la terraza', 'terraza', 'wifi']);
    assertClose(rows[0]!, [0.369842, 0.369842, 0.369842, 0.369842, 0.299419, 0.369842, 0.369842, 0.299419]);
    assertClose(rows[3]!, [0, 0, 0.613667, 0.613667, 0, 0, 0, 0.496816]);
  });

  // TfidfVectorizer(analyzer='char_wb', ngram_range=(2, 5)).build_analyzer()('un té')
  it('takes character runs as scikit-learn does', () => {
    const expected = [' u', 'un', 'n ', ' un', 'un ', ' un ', ' t', 'té', 'é ', ' té', 'té ', ' té '];
    assert.deepEqual(characterFeatures('un té').sort(), expected.sort());
  });

  it('gives parts side by side their shares of the length', () => {
    const { matrix } = tfidf([['a'], ['b']]);
    const both = sideBySide([
      { matrix, share: 0.25 },
      { matrix, share: 0.75 },
    ]);
    assert.equal(both.columns, 4);
    assertClose(both.values.subarray(0, 2), [0.5, Math.sqrt(0.75)]);
  });
});

describe('the truncated singular value decomposition', () => {
  const { matrix } = tfidf(documents.map((text) => text.split(' ')));

  // numpy.linalg.svd(TfidfVectorizer().fit_transform(documents).toarray(), compute_uv=False)
  it('has the singular values of NumPy', () => {
    assertClose(truncatedSvd(matrix, 4, 1).singularValues, [1.426384, 1.009638, 0.906918, 0.351512]);
  });

  it('keeps inner products when no rank is cut off', () => {
    const { scores } = truncatedSvd(matrix, 4, 1);
    assertClose([dot(scores, 0, scores, 2), dot(scores, 0, scores, 3)], [0.619338, 0.619687], 1e-3);
    assertClose([dot(scores, 0, scores, 0)], [1], 1e-4);
  });

  it('is the same for the same seed and bears rank 0, rank above the rows and no rows', () => {
    assert.deepEqual(truncatedSvd(matrix, 2, 7), truncatedSvd(matrix, 2, 7));
    assert.equal(truncatedSvd(matrix, 0, 1).scores.columns, 0);
    assert.equal(truncatedSvd(matrix, 50, 1).scores.columns, 4);
    assert.equal(truncatedSvd(tfidf([]).matrix, 5, 1).scores.rows, 0);
  });
});

describe('the eigendecomposition', () => {
  // numpy.linalg.eigh([[4, 1, 2], [1, 3, 0], [2, 0, 5]])
  it('has the eigenvalues of NumPy and eigenvectors that belong to them', () => {
    const a = [4, 1, 2, 1, 3, 0, 2, 0, 5];
    const { values, vectors } = symmetricEigen(Float64Array.from(a), 3);
    assertClose(values, [6.669079088, 3.476023603, 1.854897309], 1e-8);
    for (let k = 0; k < 3; k++) {
      const vector = vectors.subarray(3 * k, 3 * k + 3);
      const image = [0, 1, 2].map((i) => [0, 1, 2].reduce((sum, j) => sum + a[3 * i + j]! * vector[j]!, 0));
      assertClose(
        image,
        Array.from(vector, (value) => value * values[k]!),
        1e-8,
      );
    }
  });
});

describe('whitening within groups', () => {
  // NumPy: S = pooled covariance; S = .7*S + .3*trace(S)/3*eye(3); solve(cholesky(S), X.T).T
  it('agrees with NumPy', () => {
    const points = matrixOf([
      [1, 2, 0],
      [2, 1, 1],
      [0, 1, 3],
      [5, 4, 1],
      [4, 6, 2],
      [6, 5, 0],
      [9, 9, 9],
    ]);
    const white = whitenWithinGroups(points, Int32Array.of(0, 0, 0, 1, 1, 1, -1), 0.3);
    assertClose(white.values.subarray(0, 3), [0.983739, 2.471627, 1.184322]);
    assertClose(white.values.subarray(18, 21), [8.853649, 11.990606, 17.644334]);
  });

  it('leaves points alone where no group has two', () => {
    const points = matrixOf([
      [1, 2],
      [3, 4],
    ]);
    assert.deepEqual(whitenWithinGroups(points, Int32Array.of(0, -1), 0.3), points);
  });
});

/** Zachary's karate club (1977): 34 people, 78 friendships. */
const karate =
  '0-1 0-2 0-3 0-4 0-5 0-6 0-7 0-8 0-10 0-11 0-12 0-13 0-17 0-19 0-21 0-31 1-2 1-3 1-7 1-13 1-17 1-19 1-21 1-30 2-3 ' +
  '2-7 2-27 2-28 2-32 2-9 2-8 2-13 3-7 3-12 3-13 4-6 4-10 5-6 5-10 5-16 6-16 8-30 8-32 8-33 9-33 13-33 14-32 14-33 ' +
  '15-32 15-33 18-32 18-33 19-33 20-32 20-33 22-32 22-33 23-25 23-27 23-32 23-33 23-29 24-25 24-27 24-31 25-31 26-29 ' +
  '26-33 27-33 28-31 28-33 29-32 29-33 30-32 30-33 31-32 31-33 32-33';

function graphOf(edges: string, size: number): Graph {
  const ends = edges.split(' ').map((edge) => edge.split('-').map(Number));
  return buildGraph(size, {
    from: ends.map(([from]) => from!),
    to: ends.map(([, to]) => to!),
    weight: ends.map(() => 1),
  });
}

function modularity(graph: Graph, communities: Int32Array): number {
  const degrees = Array.from(
    { length: graph.size },
    (_, node) => graph.offsets[node + 1]! - graph.offsets[node]!,
  );
  const total = degrees.reduce((sum, degree) => sum + degree, 0);
  let within = 0;
  for (let a = 0; a < graph.size; a++) {
    for (let b = 0; b < graph.size; b++) {
      if (communities[a] !== communities[b]) continue;
      const joined = graph.targets.subarray(graph.offsets[a], graph.offsets[a + 1]).includes(b) ? 1 : 0;
      within += joined - (degrees[a]! * degrees[b]!) / total;
    }
  }
  return within / total;
}

describe('Louvain', () => {
  const club = graphOf(karate, 34);

  // leidenalg's best over 20 seeds is 0.41979; igraph's community_multilevel reaches 0.41560.
  it('reaches the modularity of other implementations on the karate club', () => {
    const found = [1, 2, 3, 4, 5].map((seed) => modularity(club, louvain(club, { resolution: 1, seed })));
    assert.ok(Math.max(...found) > 0.4155, String(found));
    assert.ok(Math.min(...found) > 0.38, String(found));
  });

  it('separates cliques that one edge joins, and makes more communities at a higher resolution', () => {
    const cliques = graphOf('0-1 0-2 0-3 1-2 1-3 2-3 3-4 4-5 4-6 4-7 5-6 5-7 6-7', 8);
    assert.deepEqual([...louvain(cliques, { resolution: 1, seed: 1 })], [0, 0, 0, 0, 1, 1, 1, 1]);
    const count = (resolution: number) => new Set(louvain(club, { resolution, seed: 1 })).size;
    assert.ok(count(0.2) <= count(1) && count(1) < count(4));
  });

  it('is the same for the same seed, and leaves nodes without edges alone', () => {
    assert.deepEqual(louvain(club, { resolution: 1, seed: 5 }), louvain(club, { resolution: 1, seed: 5 }));
    const empty = buildGraph(3, { from: [], to: [], weight: [] });
    assert.deepEqual([...louvain(empty, { resolution: 1, seed: 1 })], [0, 1, 2]);
  });
});

describe('graphs', () => {
  it('add up parallel edges and keep loops apart', () => {
    const graph = buildGraph(2, { from: [0, 1, 1], to: [1, 0, 1], weight: [1, 2, 5] });
    assert.deepEqual([...graph.weights], [3, 3]);
    assert.deepEqual([...graph.loops], [0, 5]);
  });

  it('keep the total weight when nodes are put together', () => {
    const graph = contract(graphOf('0-1 1-2 2-3 0-2', 4), Int32Array.of(0, 0, 1, 1), 2);
    assert.deepEqual([...graph.loops], [1, 1]);
    assert.deepEqual([...graph.weights], [2, 2]);
  });

  it('join rows that are both among the nearest of the other', () => {
    const points = normalizeRows(
      matrixOf([
        [1, 0],
        [1, 0.1],
        [0, 1],
      ]),
    );
    const graph = mutualNeighbourGraph(nearestNeighbours(points, 1));
    assert.deepEqual([...graph.targets], [1, 0]);
  });
});

describe('small measures', () => {
  // sklearn.metrics.adjusted_rand_score([0, 0, 1, 1, 2, 2, 2], [0, 0, 1, 2, 2, 2, 1])
  it('agree on partitions as scikit-learn does', () => {
    assert.ok(Math.abs(adjustedRandIndex([0, 0, 1, 1, 2, 2, 2], [0, 0, 1, 2, 2, 2, 1]) - 0.2125) < 1e-9);
    assert.equal(adjustedRandIndex(['a', 'a', 'b'], [1, 1, 0]), 1);
    assert.equal(adjustedRandIndex([], []), 1);
    assert.throws(() => adjustedRandIndex([1], []), RangeError);
  });

  it('take quantiles and ranks', () => {
    assert.equal(quantile([3, 1, 2, 4], 0.5), 3);
    assert.equal(quantile([], 0.5), undefined);
    assert.equal(rankOf(2.5, [1, 2, 3, 4]), 0.5);
  });

  it('draw the same permutation for the same seed', () => {
    const order = permutation(100, seededRandom(9));
    assert.deepEqual(order, permutation(100, seededRandom(9)));
    assert.notDeepEqual(order, permutation(100, seededRandom(10)));
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      [...Array(100).keys()],
    );
  });

  it('centre rows and pick rows', () => {
    const points = matrixOf([
      [1, 5],
      [3, 1],
    ]);
    assert.deepEqual([...centreRows(points).values], [-1, 2, 1, -2]);
    assert.deepEqual([...selectRows(points, [1]).values], [3, 1]);
  });
});
