/** Eigenvalues, largest first, and eigenvectors: vector k lies in `vectors[k * size …]`. */
export interface EigenDecomposition {
  values: Float64Array;
  vectors: Float64Array;
}

const maximumSweeps = 30;

/**
 * The eigendecomposition of a real symmetric matrix by cyclic Jacobi rotations
 * (Golub & Van Loan, Matrix Computations, 8.5): slower than tridiagonalisation, but short and accurate;
 * meant for sizes up to a few hundred.
 * @param matrix size × size numbers, row after row; only read
 */
export function symmetricEigen(matrix: Float64Array, size: number): EigenDecomposition {
  const a = Float64Array.from(matrix);
  const vectors = new Float64Array(size * size);
  for (let index = 0; index < size; index++) vectors[index * size + index] = 1;
  let norm = 0;
  for (const value of a) norm += value * value;
  for (let sweep = 0; sweep < maximumSweeps; sweep++) {
    let offDiagonal = 0;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) offDiagonal += a[p * size + q]! ** 2;
    if (offDiagonal <= 1e-22 * norm) break;
    const negligible = Math.sqrt((1e-24 * norm) / (size * size));
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) {
        const apq = a[p * size + q]!;
        if (Math.abs(apq) <= negligible) continue;
        const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * apq);
        const tangent = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const cosine = 1 / Math.sqrt(tangent * tangent + 1);
        rotateSymmetric(a, size, p, q, cosine, tangent * cosine, tangent * apq);
        rotateRows(vectors, size, p, q, cosine, tangent * cosine);
      }
    }
  }
  const order = Array.from({ length: size }, (_, index) => index);
  order.sort((left, right) => a[right * size + right]! - a[left * size + left]!);
  const sorted = new Float64Array(size * size);
  order.forEach((from, to) => sorted.set(vectors.subarray(from * size, (from + 1) * size), to * size));
  return { values: Float64Array.from(order, (index) => a[index * size + index]!), vectors: sorted };
}

/** Applies the rotation of rows and columns p and q that makes entry (p, q) zero; both triangles are kept. */
function rotateSymmetric(
  a: Float64Array,
  size: number,
  p: number,
  q: number,
  cosine: number,
  sine: number,
  shift: number,
): void {
  const rowP = p * size;
  const rowQ = q * size;
  const app = a[rowP + p]! - shift;
  const aqq = a[rowQ + q]! + shift;
  for (let k = 0; k < size; k++) {
    const akp = a[rowP + k]!;
    const akq = a[rowQ + k]!;
    const newP = cosine * akp - sine * akq;
    const newQ = sine * akp + cosine * akq;
    a[rowP + k] = newP;
    a[rowQ + k] = newQ;
    a[k * size + p] = newP;
    a[k * size + q] = newQ;
  }
  a[rowP + p] = app;
  a[rowQ + q] = aqq;
  a[rowP + q] = 0;
  a[rowQ + p] = 0;
}

function rotateRows(vectors: Float64Array, size: number, p: number, q: number, cosine: number, sine: number) {
  for (let k = 0, x = p * size, y = q * size; k < size; k++, x++, y++) {
    const left = vectors[x]!;
    const right = vectors[y]!;
    vectors[x] = cosine * left - sine * right;
    vectors[y] = sine * left + cosine * right;
  }
}
