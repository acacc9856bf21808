import { getInt, getString } from '../attribute.js';
import type { Node } from '../graph.js';
import { requireList, sizesOf } from './sizes-of.js';

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
  requireList('kernel_shape', kernel, { length: rank, least: 1 });
  const strides = sizesOf(node, 'strides', { length: rank, least: 1 });
  const dilations = sizesOf(node, 'dilations', { length: rank, least: 1 });
  const pads = sizesOf(node, 'pads', { length: 2 * rank, least: 0 });
  const slide = { kernel, strides, dilations, ceil: getInt(node, 'ceil_mode', 0) === 1 };
  return { ...slide, ...padding(getString(node, 'auto_pad', 'NOTSET'), pads, slide, sizes) };
}

type Slide = Pick<Window, 'kernel' | 'strides' | 'dilations'>;

function padding(auto: string, pads: readonly number[], slide: Slide, sizes: readonly number[]) {
  if (!paddings.includes(auto))
    throw new Error(`auto_pad '${auto}' is none of ${paddings.join(', ')}; export the model again`);
  if (auto.startsWith('SAME_')) return samePadding(auto, slide, sizes);
  const used = auto === 'VALID' ? pads.map(() => 0) : pads;
  return { begin: used.slice(0, sizes.length), end: used.slice(sizes.length) };
}

const paddings = ['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'];

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
