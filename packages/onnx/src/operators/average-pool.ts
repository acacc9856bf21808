import { getInt, getInts } from '../attribute.js';
import { pooling } from '../families/pooling.js';
import { windowReach } from '../layers/window-reach.js';
import { windowSums } from '../formulas/window-sums.js';
import { overlapAdd } from '../formulas/overlap-add.js';
import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import type { Node } from '../graph.js';
import { dimsOf, type Application } from '../shapes/application.js';
import { spaceAxes } from '../shapes/space-axes.js';
import { windowOf, windowPositions, type Window } from '../shapes/window.js';
import { tensorOf } from '../tensor.js';

/** The mean of each window. */
export const averagePool = pooling('AveragePool', {
  isLinear: true,
  averages: coveredAxes,
  reach: application => {
    const { node, inputs } = application;
    const counted =
      getInt(node, 'count_include_pad', 0) === 1 && getInt(node, 'ceil_mode', 0) === 0;
    return windowReach(application, inputs[0]?.dims?.slice(2) ?? [], {
      fill: 0,
      evenAtBorder: counted,
    });
  },
  /** Every element of a window gets dy / count. */
  gradient: ({ node, inputs: [x], g }, [dy]) => [
    () => {
      const sizes = g.space(x);
      const window = windowOf(node, getInts(node, 'kernel_shape', []), sizes);
      const positions = g.space(dy!);
      const counts = windowCounts(node, window, sizes, positions);
      return overlapAdd(g, divided(g, dy!, counts), window, sizes);
    },
  ],
  inDouble: (g, node) => {
    const [x] = node.inputs;
    const sizes = g.space(x);
    const window = windowOf(node, getInts(node, 'kernel_shape', []), sizes);
    const positions = windowPositions(window, sizes);
    const counts = windowCounts(node, window, sizes, positions);
    return divided(g, windowSums(g, x, window, positions), counts);
  },
});

/** Values at positions, each divided by the count of its window. @param x [N, C, positions…]. */
function divided(g: Algebra, x: Value, counts: readonly number[]): Value {
  if (counts.every(count => count === counts[0])) return g.div(x, counts[0]);
  return g.div(x, g.constant(tensorOf(g.type(x), [1, 1, ...g.space(x)], counts)));
}

/** Elements that each window averages over: with count_include_pad zeros of the padding, too. */
function windowCounts(
  node: Node,
  { kernel, strides, dilations, begin, end }: Window,
  sizes: readonly number[],
  positions: readonly number[],
): number[] {
  const padded = getInt(node, 'count_include_pad', 0) === 1;
  const along = (i: number): number[] => {
    const [first, last] = padded ? [-begin[i], sizes[i] + end[i]] : [0, sizes[i]];
    return Array.from({ length: positions[i] }, (_, p) => {
      const places = Array.from(
        { length: kernel[i] },
        (_, k) => p * strides[i] - begin[i] + k * dilations[i],
      );
      return places.filter(at => at >= first && at < last).length;
    });
  };
  return positions.reduce<number[]>(
    (counts, _, i) => counts.flatMap(count => along(i).map(more => count * more)),
    [1],
  );
}

/** Those of space, where the only window leaves no pixel out and adds none. */
function coveredAxes(application: Application): readonly number[] {
  const { node } = application;
  const dims = dimsOf(application, 0);
  const space = dims.slice(2);
  const { kernel, begin, end } = windowOf(node, getInts(node, 'kernel_shape', []), space);
  const padded = [...begin, ...end].some(pad => pad > 0);
  return !padded && kernel.every((size, i) => size === space[i]) ? spaceAxes(dims) : [];
}
