import { getInts } from '../attribute.js';
import type { Node } from '../graph.js';
import type { Application } from '../shapes/application.js';
import { extent, windowOf, windowPositions, type Window } from '../shapes/window.js';
import { rewritten } from '../upgrades/rewritten.js';
import type { WindowReach } from './reach-rule.js';

/** What is around maps, and what to do without it. */
export interface Surroundings {
  /** What is seen beyond the border. */
  readonly fill: number;
  /** Whether windows that see beyond the border do what the others do, with `fill` there. */
  readonly evenAtBorder?: boolean;
}

/** The reach of a convolution or a pool of two spatial axes. @param kernel its sizes, unless its attributes say them. */
export function windowReach(
  { node, inputs }: Application,
  kernel: readonly number[],
  { fill, evenAtBorder = true }: Surroundings,
): WindowReach | undefined {
  const sizes = inputs[0]?.dims?.slice(2);
  if (sizes?.length !== 2) return undefined;
  const window = windowOf(node, getInts(node, 'kernel_shape', kernel), sizes);
  if (!evenAtBorder && seesBorder(window, sizes)) return undefined;
  return { window, fill, inside: withoutPads(node) };
}

const withoutPads = (node: Node): Node =>
  rewritten(node, { without: ['pads', 'auto_pad', 'ceil_mode'] });

/** Whether some window sees what is beyond the border of a map of these sizes. */
export const seesBorder = (window: Window, sizes: readonly number[]): boolean => {
  const { kernel, strides, dilations, begin } = window;
  return windowPositions(window, sizes).some((positions, axis) => {
    const seen = (positions - 1) * strides[axis] + extent(kernel[axis], dilations[axis]);
    return begin[axis] > 0 || seen - begin[axis] > sizes[axis];
  });
};
