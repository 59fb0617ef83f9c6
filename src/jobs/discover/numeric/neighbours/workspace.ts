import { controlNumbers } from './rounds';
import { innerProductsIn, type InnerProducts } from '../wasm/inner-products';
import { leftStep, rightStep, rowStride } from '../wasm/product-tile';
import { WebAssembly, type SharedMemory } from '../wasm/web-assembly';

/** What a workspace is made for. */
export interface WorkspacePlan {
  rows: number;
  columns: number;
  /** Nearest rows kept for each row. */
  width: number;
  threads: number;
  /** Most rows that one row may be compared with in a round of descent. */
  candidates: number;
}

/** Rows on the left and right of one block of products: both, and the products, fit the processor's caches. */
const leftRows = 16;
const rightRows = 256;
const pageBytes = 65_536;

/** Where everything lies in the shared memory, in bytes. */
interface Addresses {
  points: number;
  candidates: number;
  candidateCounts: number;
  threads: {
    indices: number;
    similarities: number;
    worst: number;
    list: number;
    leftWorst: number;
    rightWorst: number;
    products: number;
    hits: number;
  }[];
  end: number;
}

function addressesOf(plan: WorkspacePlan): Addresses {
  let end = 0;
  const take = (bytes: number) => {
    const start = end;
    end += Math.ceil(bytes / 64) * 64;
    return start;
  };
  take(4 * controlNumbers);
  const points = take(plan.rows * rowBytesOf(plan));
  const candidates = take(4 * plan.rows * plan.candidates);
  const candidateCounts = take(8 * plan.rows);
  const threads = Array.from({ length: plan.threads }, () => ({
    indices: take(4 * plan.rows * plan.width),
    similarities: take(4 * plan.rows * plan.width),
    worst: take(4 * plan.rows),
    list: take(4 * (plan.rows + rightStep)),
    leftWorst: take(4 * leftRows),
    rightWorst: take(4 * rightRows),
    products: take(4 * leftRows * rightRows),
    hits: take(leftRows * rightRows + 4),
  }));
  return { points, candidates, candidateCounts, threads, end };
}

function rowBytesOf({ columns }: WorkspacePlan): number {
  return Math.max(Math.ceil((2 * columns) / rowStride), 1) * rowStride;
}

/** Memory for a plan, full of zeros. */
export function allocate(plan: WorkspacePlan): SharedMemory {
  const pages = Math.ceil(addressesOf(plan).end / pageBytes);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

const nothing = -(2 ** 31);

/**
 * What one thread sees of the shared memory: the points as whole numbers, and its own list of the nearest rows found
 * so far for each row. Which pairs a thread is given does not matter to the union of all lists: similarities are
 * whole numbers, and of equally similar rows the one with the lower number comes first.
 */
export class Workspace {
  readonly control: Int32Array;
  readonly points: Int16Array;
  /** Numbers of 16 bits from one row of points to the next. */
  readonly pointStride: number;
  /** For each row the rows to compare in a round of descent, those that are new first. */
  readonly candidates: Int32Array;
  /** For each row the number of new candidates and that of all. */
  readonly candidateCounts: Int32Array;
  /** Nearest rows so far, best first; −1 where there are fewer. */
  readonly indices: Int32Array;
  readonly similarities: Int32Array;
  /** A list of rows to compare; see `compare`. */
  readonly list: Int32Array;
  private readonly worst: Int32Array;
  /** Of the rows of the block that is being compared, the least similarity that matters. */
  private readonly leftWorst: Int32Array;
  private readonly rightWorst: Int32Array;
  private readonly products: Int32Array;
  private readonly hits: Int32Array;
  private readonly addresses: Addresses;
  private readonly own: Addresses['threads'][number];
  private readonly rowBytes: number;
  private readonly innerProducts: InnerProducts;

  constructor(
    readonly plan: WorkspacePlan,
    memory: SharedMemory,
    thread: number,
  ) {
    const { buffer } = memory;
    const { rows, width } = plan;
    this.addresses = addressesOf(plan);
    this.own = this.addresses.threads[thread]!;
    this.rowBytes = rowBytesOf(plan);
    this.pointStride = this.rowBytes / 2;
    this.control = new Int32Array(buffer, 0, controlNumbers);
    this.points = new Int16Array(buffer, this.addresses.points, rows * this.pointStride);
    this.candidates = new Int32Array(buffer, this.addresses.candidates, rows * plan.candidates);
    this.candidateCounts = new Int32Array(buffer, this.addresses.candidateCounts, 2 * rows);
    this.indices = new Int32Array(buffer, this.own.indices, rows * width);
    this.similarities = new Int32Array(buffer, this.own.similarities, rows * width);
    this.worst = new Int32Array(buffer, this.own.worst, rows);
    this.list = new Int32Array(buffer, this.own.list, rows + rightStep);
    this.leftWorst = new Int32Array(buffer, this.own.leftWorst, leftRows);
    this.rightWorst = new Int32Array(buffer, this.own.rightWorst, rightRows);
    this.products = new Int32Array(buffer, this.own.products, leftRows * rightRows);
    this.hits = new Int32Array(buffer, this.own.hits, (leftRows * rightRows) / rightStep + 1);
    this.innerProducts = innerProductsIn(memory);
  }

  /** Empties the lists. */
  clear(): void {
    this.indices.fill(-1);
    this.similarities.fill(nothing);
    this.worst.fill(nothing);
  }

  /** Takes over the lists of another thread. */
  copyFrom(other: Workspace): void {
    this.indices.set(other.indices);
    this.similarities.set(other.similarities);
    this.worst.set(other.worst);
  }

  /** Adds what another thread has found. */
  merge(other: Workspace): void {
    const { rows, width } = this.plan;
    for (let row = 0, entry = 0; row < rows; row++) {
      for (const end = entry + width; entry < end; entry++) {
        if (other.indices[entry]! < 0) continue;
        this.offer(row, other.indices[entry]!, other.similarities[entry]!);
      }
    }
  }

  /**
   * Compares each of the first rows of `list` with all that come after it there, and notes both of each pair where
   * it is among the nearest of the other.
   * @param firstCount how many rows are compared with those after them
   * @param count rows in the list
   */
  compare(firstCount: number, count: number): void {
    const { list } = this;
    // The kernel takes whole steps: what it computes beyond the end is not looked at.
    for (let extra = 0; extra < rightStep; extra++) list[count + extra] = list[count - 1]!;
    for (let right = 0; right < count; right += rightRows) {
      const rightEnd = Math.min(right + rightRows, count);
      for (let left = 0; left < Math.min(firstCount, rightEnd); left += leftRows) {
        this.compareBlock(left, Math.min(left + leftRows, firstCount), Math.max(left, right), rightEnd);
      }
    }
  }

  private compareBlock(left: number, leftEnd: number, right: number, rightEnd: number): void {
    const { list, worst, products, hits } = this;
    const groupRows = rightStep;
    for (let i = left; i < leftEnd; i++) this.leftWorst[i - left] = worst[list[i]!]!;
    for (let j = right; j < rightEnd; j++) this.rightWorst[j - right] = worst[list[j]!]!;
    const stride = roundUp(rightEnd - right, rightStep);
    const hitCount = this.multiply(left, leftEnd - left, right, stride);
    for (let hit = 0; hit < hitCount; hit++) {
      const first = (hits[hit]! - this.own.products) >> 2;
      const i = left + Math.floor(first / stride);
      if (i >= leftEnd) continue;
      const a = list[i]!;
      const j = right + (first % stride);
      for (let offset = 0; offset < groupRows && j + offset < rightEnd; offset++) {
        const similarity = products[first + offset]!;
        const b = list[j + offset]!;
        if (similarity >= worst[a]!) this.offer(a, b, similarity);
        if (similarity >= worst[b]!) this.offer(b, a, similarity);
      }
    }
  }

  /**
   * Inner products of two parts of `list`, into `products`.
   * @param rightCount a multiple of `rightStep`
   * @returns the number of hits
   */
  private multiply(left: number, leftCount: number, right: number, rightCount: number): number {
    const { own } = this;
    const end = this.innerProducts(
      this.addresses.points,
      this.rowBytes,
      own.list + 4 * left,
      roundUp(leftCount, leftStep),
      own.list + 4 * right,
      rightCount,
      own.leftWorst,
      own.rightWorst,
      own.products,
      own.hits,
    );
    return (end - own.hits) >> 2;
  }

  /**
   * For each row in a part of `list`, by how much it is more similar to one row than to another.
   * @param margins result, as many numbers as there are rows
   */
  leanings(first: number, second: number, start: number, count: number, margins: Int32Array): void {
    // The two rows stand where the list is not used.
    const { list, products } = this;
    const end = list.length - leftStep;
    list[end] = first;
    list[end + 1] = second;
    for (let done = 0; done < count; done += rightRows) {
      const part = Math.min(rightRows, count - done);
      const stride = roundUp(part, rightStep);
      this.multiply(end, leftStep, start + done, stride);
      for (let index = 0; index < part; index++) {
        margins[done + index] = products[index]! - products[stride + index]!;
      }
    }
  }

  private offer(row: number, candidate: number, similarity: number): void {
    if (row === candidate) return;
    const { indices, similarities } = this;
    const { width } = this.plan;
    const start = row * width;
    let place = start + width;
    while (
      place > start &&
      (similarities[place - 1]! < similarity ||
        (similarities[place - 1] === similarity && indices[place - 1]! > candidate))
    ) {
      place--;
    }
    if (place === start + width || (place > start && indices[place - 1] === candidate)) return;
    for (let entry = start + width - 1; entry > place; entry--) {
      similarities[entry] = similarities[entry - 1]!;
      indices[entry] = indices[entry - 1]!;
    }
    similarities[place] = similarity;
    indices[place] = candidate;
    this.worst[row] = similarities[start + width - 1]!;
  }
}

function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step;
}
