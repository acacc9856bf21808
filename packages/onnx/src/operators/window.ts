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

/** The window of a Conv or pooling node over these spatial sizes. */
export function windowOf(node: Node, kernel: readonly number[], sizes: readonly number[]): Window {
  const rank = sizes.length;
  const ones = Array<number>(rank).fill(1);
  const strides = getInts(node, 'strides', ones);
  const dilations = getInts(node, 'dilations', ones);
  const ceil = getInt(node, 'ceil_mode', 0) === 1;
  const auto = getString(node, 'auto_pad', 'NOTSET');
  const pads = getInts(node, 'pads', Array<number>(2 * rank).fill(0));
  const same = auto.startsWith('SAME_');
  if (!same) {
    const explicit = auto === 'VALID' ? Array<number>(2 * rank).fill(0) : pads;
    const [begin, end] = [explicit.slice(0, rank), explicit.slice(rank)];
    return { kernel, strides, dilations, begin, end, ceil };
  }
  const totals = sizes.map((size, i) =>
    samePadding(size, extent(kernel[i], dilations[i]), strides[i]),
  );
  const small = totals.map(total => Math.floor(total / 2));
  const large = totals.map((total, i) => total - small[i]);
  const [begin, end] = auto === 'SAME_UPPER' ? [small, large] : [large, small];
  return { kernel, strides, dilations, begin, end, ceil };
}

/** Pixels that a dilated kernel spans. */
export const extent = (kernel: number, dilation: number): number => dilation * (kernel - 1) + 1;

/** Number of window positions on each axis. @throws where the window does not fit. */
export function windowPositions(window: Window, sizes: readonly number[]): number[] {
  return sizes.map((size, i) => {
    const free =
      size + window.begin[i] + window.end[i] - extent(window.kernel[i], window.dilations[i]);
    if (free < 0) throw new Error(`a window of ${window.kernel[i]} does not fit into ${size}`);
    const positions = Math.floor(free / window.strides[i]) + 1;
    return window.ceil ? ceilPositions(window, i, size, free) : positions;
  });
}

/** With ceil_mode the last window may hang over the end, but must start inside the input or its left padding. */
function ceilPositions(window: Window, i: number, size: number, free: number): number {
  const positions = Math.ceil(free / window.strides[i]) + 1;
  const lastStart = (positions - 1) * window.strides[i];
  return lastStart >= size + window.begin[i] ? positions - 1 : positions;
}

function samePadding(size: number, span: number, stride: number): number {
  return Math.max(0, (Math.ceil(size / stride) - 1) * stride + span - size);
}
