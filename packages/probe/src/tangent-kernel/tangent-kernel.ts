import {
  matrix,
  multiplyTransposed,
  OptionError,
  transpose,
  type Matrix,
  type MatrixProduct,
} from '@nads/linalg';
import type { Watched } from '@nads/runtime';

/** Parameter gradients that a kernel is made of. */
export interface TangentFeatures {
  /** Images. */
  readonly images: number;
  /** Outputs whose kernels are summed. */
  readonly outputs: readonly number[];
  /** Numbers in a gradient: P. */
  readonly parameters: number;
  /** Writes ∂f_k/∂θ at an image into [P]. */
  write(image: number, k: number, out: Float32Array): Promise<void>;
}

/** A kernel that is not complete. */
export interface KernelState {
  /** How many blocks of rows are done, for one output after the other. */
  readonly blocks: number;
  /** Their sum so far. */
  readonly kernel: Matrix;
}

/** @throws OptionError where more blocks are done than there are */
export function requireBlocks(from: KernelState | undefined, count: number): void {
  if (from && from.blocks > count)
    throw new OptionError(
      'resume',
      `${from.blocks} blocks of a kernel of ${count} are said to be done; start over`,
    );
}

/** How the products of gradients are worked out. */
export interface KernelOptions extends Watched {
  /** What an earlier run has done with the same features and as many gradients kept. */
  readonly from?: KernelState;
  /** Called after every block but the last, with a copy of the kernel. */
  readonly onBlock?: (state: KernelState) => void | Promise<void>;
  /** Gradients that are kept at a time, at least 2. */
  readonly kept: number;
  readonly multiply?: MatrixProduct;
}

/** Gradients recomputed at a time for every block that is kept. */
const streamedAtOnce = 16;

/** Numbers of a factor that are turned into float64 at a time: 64 MB. */
const handy = 1 << 23;

/** Images whose gradients are kept, and how many others pass by at a time. */
interface Division {
  readonly block: number;
  readonly stream: number;
}

function divide(images: number, kept: number): Division {
  if (kept >= images) return { block: images, stream: 0 };
  const stream = Math.max(1, Math.min(streamedAtOnce, kept >> 1));
  return { block: Math.max(1, kept - stream), stream };
}

/** Backward passes that a kernel takes: those of images behind a block are taken again for each block. */
export function passesOf(images: number, outputs: number, kept: number): number {
  const { block } = divide(images, kept);
  let passes = 0;
  for (let first = 0; first < images; first += block) passes += images - first;
  return passes * outputs;
}

/**
 * The empirical neural tangent kernel K[i, j] = Σ_k Σ_θ ∂f_k(x_i)/∂θ · ∂f_k(x_j)/∂θ over the chosen
 * outputs k, [images × images] (Jacot, Gabriel & Hongler 2018). Products and sums are in float64; no more than
 * `kept` gradients are held, those of other images are recomputed for each block.
 */
export async function tangentKernel(
  features: TangentFeatures,
  options: KernelOptions,
): Promise<Matrix> {
  const { images } = features;
  const { from, onBlock } = options;
  const kernel = from ? copyOf(from.kernel) : matrix(images, images);
  const blocks = blocksOf(features, options.kept);
  requireBlocks(from, blocks.length);
  const left = blocks.slice(from?.blocks);
  const gradients = new GradientRows(features, options, passesIn(blocks) - passesIn(left));
  for (const [i, block] of left.entries()) {
    await addBlock(kernel, block, gradients, options);
    if (i + 1 === left.length) break;
    await onBlock?.({ blocks: blocks.length - left.length + i + 1, kernel: copyOf(kernel) });
  }
  for (let i = 0; i < images; i++)
    for (let j = 0; j < i; j++) kernel.data[i * images + j] = kernel.data[j * images + i];
  return kernel;
}

const copyOf = ({ rows, columns, data }: Matrix): Matrix => matrix(rows, columns, data.slice());

/** Rows of a kernel of one output. */
interface Block {
  readonly output: number;
  readonly first: number;
  readonly last: number;
  /** Images behind them, so many at a time. */
  readonly stream: number;
  readonly images: number;
}

function blocksOf({ images, outputs }: TangentFeatures, kept: number): Block[] {
  const { block, stream } = divide(images, kept);
  const firsts = Array.from({ length: Math.ceil(images / block) }, (_, i) => i * block);
  return outputs.flatMap(output =>
    firsts.map(first => {
      const last = Math.min(images, first + block);
      return { output, first, last, stream, images };
    }),
  );
}

const passesIn = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { first, images }) => sum + images - first, 0);

/** Adds the products of a block's gradients with each other and with those of the images behind. */
async function addBlock(
  kernel: Matrix,
  { output, first, last, stream, images }: Block,
  gradients: GradientRows,
  { multiply }: KernelOptions,
): Promise<void> {
  const rows = await gradients.of(first, last, output);
  await addProducts(kernel, rows, first, rows, first, multiply);
  for (let from = last; from < images; from += stream) {
    const others = await gradients.of(from, Math.min(images, from + stream), output);
    await addProducts(kernel, rows, first, others, from, multiply);
  }
}

/** Works out gradients and counts them. */
class GradientRows {
  private done: number;
  private readonly total: number;
  private readonly features: TangentFeatures;
  private readonly options: KernelOptions;

  /** @param done how many an earlier run has worked out */
  constructor(features: TangentFeatures, options: KernelOptions, done: number) {
    this.done = done;
    this.features = features;
    this.options = options;
    this.total = passesOf(features.images, features.outputs.length, options.kept);
  }

  /** ∂f_k/∂θ at images from `first` on, up to before `last`. */
  async of(first: number, last: number, k: number): Promise<Float32Array[]> {
    const rows: Float32Array[] = [];
    for (let image = first; image < last; image++) {
      this.options.signal?.throwIfAborted();
      const row = new Float32Array(this.features.parameters);
      await this.features.write(image, k, row);
      rows.push(row);
      this.options.onProgress?.({ unit: 'gradients', done: ++this.done, total: this.total });
    }
    return rows;
  }
}

/** Adds the inner products of rows and others to the kernel, rows from `top` and columns from `left` on. */
async function addProducts(
  kernel: Matrix,
  rows: readonly Float32Array[],
  top: number,
  others: readonly Float32Array[],
  left: number,
  multiply?: MatrixProduct,
): Promise<void> {
  const size = rows[0].length;
  const width = Math.max(1, Math.floor(handy / Math.max(rows.length, others.length)));
  for (let from = 0; from < size; from += width) {
    const to = Math.min(size, from + width);
    const a = columns(rows, from, to);
    const b = others === rows ? a : columns(others, from, to);
    const part = multiply ? await multiply(a, transpose(b)) : multiplyTransposed(a, b);
    for (let i = 0; i < rows.length; i++)
      for (let j = 0; j < others.length; j++)
        kernel.data[(top + i) * kernel.columns + left + j] += part.data[i * others.length + j];
  }
}

function columns(rows: readonly Float32Array[], from: number, to: number): Matrix {
  const part = matrix(rows.length, to - from);
  rows.forEach((values, i) => part.data.set(values.subarray(from, to), i * part.columns));
  return part;
}
