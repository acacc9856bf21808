import { getInt, getInts, getString } from '../attribute.js';
import type { Node } from '../graph.js';

/** How a window slides over the spatial axes of [N, C, spatial…]; every list has one entry an axis. */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Zeros before and after each axis, auto_pad resolved. */
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly ceil: boolean;
}

/** The window of a Conv or pooling node over these spatial sizes. @throws where the lists do not fit. */
export function windowOf(node: Node, kernel: readonly number[], sizes: readonly number[]): Window {
  const rank = sizes.length;
  const list = (name: string, fallback: number, length = rank) =>
    getInts(node, name, Array<number>(length).fill(fallback));
  const [strides, dilations] = [list('strides', 1), list('dilations', 1)];
  const pads = list('pads', 0, 2 * rank);
  if (
    [kernel, strides, dilations].some(({ length }) => length !== rank) ||
    pads.length !== 2 * rank
  )
    throw new Error(
      `kernel [${kernel}], strides, dilations or pads do not match the number of spatial axes, ${rank}`,
    );
  requireSizes({ kernel, strides, dilations }, 1);
  requireSizes({ pads }, 0);
  const slide = { kernel, strides, dilations, ceil: getInt(node, 'ceil_mode', 0) === 1 };
  return { ...slide, ...padding(getString(node, 'auto_pad', 'NOTSET'), pads, slide, sizes) };
}

/** @throws where a window is empty, moves nowhere, or backwards, or is cut */
function requireSizes(lists: Readonly<Record<string, readonly number[]>>, least: number): void {
  for (const [name, sizes] of Object.entries(lists))
    if (sizes.some(size => size < least))
      throw new Error(`${name} [${sizes}] must be ${least} or more; export the model again`);
}

type Slide = Pick<Window, 'kernel' | 'strides' | 'dilations'>;

function padding(auto: string, pads: readonly number[], slide: Slide, sizes: readonly number[]) {
  if (auto.startsWith('SAME_')) return samePadding(auto, slide, sizes);
  const used = auto === 'VALID' ? pads.map(() => 0) : pads;
  return { begin: used.slice(0, sizes.length), end: used.slice(sizes.length) };
}

/** As many window positions as strides fit into the input; an odd zero goes to the end or the front. */
function samePadding(
  auto: string,
  { kernel, strides, dilations }: Slide,
  sizes: readonly number[],
) {
  const totals = sizes.map((size, i) => {
    const covered = (Math.ceil(size / strides[i]) - 1) * strides[i];
    return Math.max(0, covered + extent(kernel[i], dilations[i]) - size);
  });
  const small = totals.map(total => Math.floor(total / 2));
  const large = totals.map(total => Math.ceil(total / 2));
  return auto === 'SAME_UPPER' ? { begin: small, end: large } : { begin: large, end: small };
}

/** Pixels that a dilated kernel spans. */
export const extent = (kernel: number, dilation: number): number => dilation * (kernel - 1) + 1;

/** Number of window positions on each axis. @throws where the window does not fit. */
export function windowPositions(window: Window, sizes: readonly number[]): number[] {
  const { kernel, strides, dilations, begin, end, ceil } = window;
  return sizes.map((size, i) => {
    const free = size + begin[i] + end[i] - extent(kernel[i], dilations[i]);
    if (free < 0) throw new Error(`a window of ${kernel[i]} does not fit into ${size}`);
    if (!ceil) return Math.floor(free / strides[i]) + 1;
    // the last window may hang over the end, but must start inside the input or its left padding
    const starts = Math.ceil((size + begin[i]) / strides[i]);
    return Math.min(Math.ceil(free / strides[i]) + 1, starts);
  });
}
