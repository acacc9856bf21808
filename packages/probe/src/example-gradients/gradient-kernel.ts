import { matrix, type Matrix } from '@nads/linalg';
import type { RowPart, RowProduct, Rows, Watched } from '@nads/runtime';
import { NotFinite } from '../not-finite/not-finite.js';
import { requireBlocks, type KernelState } from '../tangent-kernel/tangent-kernel.js';

/** Gradients of images as a kernel takes them, one along some outputs for each. */
export interface ExampleFeatures {
  /** Images. */
  readonly count: number;
  /** Numbers that the parts of one image hold. */
  readonly size: number;
  /** Gradients of images from `first` on, up to before `last`. */
  parts(first: number, last: number): Promise<readonly RowPart[]>;
}

/** Gradients whose inner products are entries of a kernel; one for both where it is symmetric. */
export interface KernelTerm {
  readonly rows: ExampleFeatures;
  readonly columns: ExampleFeatures;
}

/** How a kernel is worked out. */
export interface GradientKernelOptions extends Watched {
  readonly product: RowProduct;
  /** Bytes that gradients may take at a time; those that do not fit are worked out again for each block of rows. */
  readonly memory: number;
  /** What an earlier run has done with the same terms and as much memory. */
  readonly from?: KernelState;
  /** Called after every block but the last, with a copy of the kernel. */
  readonly onBlock?: (state: KernelState) => void | Promise<void>;
}

/** Images whose gradients pass by at a time. */
const streamedAtOnce = 512;

/** Numbers on one side of a product: 64 MB in double precision. */
const handy = 1 << 23;

/**
 * The sum over terms of K[i, j] = ⟨g_i, h_j⟩, g the gradients of its rows and h of its columns: [rows × columns]. Products and sums are in
 * double precision. Where rows and columns of a term are the
 * same, those of all terms must be: half of the products are enough.
 * @throws NotFinite where an entry is not finite; the signal's reason once it is aborted.
 */
export async function gradientKernel(
  terms: readonly KernelTerm[],
  options: GradientKernelOptions,
): Promise<Matrix> {
  const { from, onBlock } = options;
  const [{ rows, columns }] = terms;
  const kernel = from ? copyOf(from.kernel) : matrix(rows.count, columns.count);
  const blocks = terms.flatMap(term => blocksOf(term, options.memory));
  requireBlocks(from, blocks.length);
  const work = new Work(blocks, from?.blocks ?? 0, options);
  for (let i = from?.blocks ?? 0; i < blocks.length; i++) {
    await work.add(blocks[i], kernel);
    if (i + 1 < blocks.length) await onBlock?.({ blocks: i + 1, kernel: copyOf(kernel) });
  }
  if (rows === columns) mirror(kernel);
  requireFinite(kernel);
  return kernel;
}

/** @throws NotFinite where an entry is not finite. */
function requireFinite({ columns, data }: Matrix): void {
  const at = data.findIndex(x => !Number.isFinite(x));
  if (at < 0) return;
  const [i, j] = [Math.floor(at / columns), at % columns];
  throw new NotFinite(data[at], `for the product of its gradients at images ${i} and ${j}`);
}

/** Gradients that a kernel takes; those of columns are worked out again for each block of rows. */
export const gradientsOf = (terms: readonly KernelTerm[], memory: number): number =>
  terms.flatMap(term => blocksOf(term, memory)).reduce((sum, block) => sum + passesOf(block), 0);

const copyOf = ({ rows, columns, data }: Matrix): Matrix => matrix(rows, columns, data.slice());

/** Rows of one term, whose gradients are held while those of columns pass by. */
interface Block extends KernelTerm {
  readonly first: number;
  readonly last: number;
  readonly stream: number;
}

function blocksOf(term: KernelTerm, memory: number): Block[] {
  const { rows, columns } = term;
  const kept = Math.max(2, Math.floor(memory / (4 * Math.max(rows.size, columns.size))));
  const stream = Math.max(1, Math.min(streamedAtOnce, kept >> 1));
  const size = Math.max(1, kept - stream);
  return Array.from({ length: Math.ceil(rows.count / size) }, (_, i) => ({
    ...term,
    first: i * size,
    last: Math.min(rows.count, (i + 1) * size),
    stream,
  }));
}

/** Columns that are not among the rows of a block. */
const firstColumn = ({ rows, columns, last }: Block): number => (rows === columns ? last : 0);

const passesOf = (block: Block): number =>
  block.last - block.first + block.columns.count - firstColumn(block);

/** Works out gradients, counts them, and adds their products. */
class Work {
  private done: number;
  private readonly total: number;
  private readonly options: GradientKernelOptions;

  /** @param from how many blocks are done already. */
  constructor(blocks: readonly Block[], from: number, options: GradientKernelOptions) {
    const passes = blocks.map(passesOf);
    const sum = (some: readonly number[]): number => some.reduce((a, b) => a + b, 0);
    this.done = sum(passes.slice(0, from));
    this.total = sum(passes);
    this.options = options;
  }

  /** Adds the products of the gradients of a block's rows with those of its columns. */
  async add(block: Block, kernel: Matrix): Promise<void> {
    const { rows, columns, first, last } = block;
    const held: Chunk[] = [];
    for await (const chunk of this.chunks(rows, first, last, block.stream)) held.push(chunk);
    if (rows === columns)
      for (const [i, a] of held.entries())
        for (const b of held.slice(i)) await this.addProducts(kernel, a, b);
    for await (const chunk of this.chunks(columns, firstColumn(block), columns.count, block.stream))
      for (const one of held) await this.addProducts(kernel, one, chunk);
  }

  /** Gradients of images from `first` up to before `last`, so many at a time. */
  private async *chunks(
    features: ExampleFeatures,
    first: number,
    last: number,
    stream: number,
  ): AsyncGenerator<Chunk> {
    const { signal, onProgress } = this.options;
    for (let from = first; from < last; from += stream) {
      signal?.throwIfAborted();
      const to = Math.min(last, from + stream);
      const parts = await features.parts(from, to);
      onProgress?.({ unit: 'gradients', done: (this.done += to - from), total: this.total });
      yield { first: from, count: to - from, parts };
    }
  }

  /** Adds the inner products of two chunks, so many rows at a time that those of both fit where they are multiplied. */
  private async addProducts(kernel: Matrix, a: Chunk, b: Chunk): Promise<void> {
    for (const top of handyRows(a))
      for (const left of handyRows(b))
        addAt(kernel, await this.options.product(top, left), top.first, left.first);
  }
}

/** Gradients of some images that follow each other. */
interface Chunk extends Rows {
  readonly first: number;
}

/** A chunk in pieces whose numbers are handy. */
function handyRows({ first, count, parts }: Chunk): Chunk[] {
  const numbers = parts.reduce(
    (sum, { left, right }) => sum + (left?.length ?? 0) + right.length,
    0,
  );
  const most = Math.max(1, Math.floor((handy * count) / numbers));
  return Array.from({ length: Math.ceil(count / most) }, (_, i) => {
    const [from, to] = [i * most, Math.min(count, (i + 1) * most)];
    const some = (rows: Float32Array): Float32Array => {
      const size = rows.length / count;
      return rows.subarray(from * size, to * size);
    };
    const pieces = parts.map(({ left, right }) => ({
      ...(left && { left: some(left) }),
      right: some(right),
    }));
    return { first: first + from, count: to - from, parts: pieces };
  });
}

/** Adds a matrix to another from a row and a column on. */
function addAt(to: Matrix, part: Matrix, top: number, left: number): void {
  for (let i = 0; i < part.rows; i++) {
    const at = (top + i) * to.columns + left;
    for (let j = 0; j < part.columns; j++) to.data[at + j] += part.data[i * part.columns + j];
  }
}

/** Copies what is above the diagonal to below it. */
function mirror({ rows, data }: Matrix): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < i; j++) data[i * rows + j] = data[j * rows + i];
}
