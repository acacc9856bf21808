import { getInt, getInts } from '../attribute.js';
import { pooling } from '../families/pooling.js';
import { overlapAdd } from '../formulas/overlap-add.js';
import type { Node } from '../graph.js';
import { windowOf, type Window } from '../shapes/window.js';
import { tensorOf } from '../tensor.js';

/** The mean of each window. */
export const averagePool = pooling('AveragePool', {
  isLinear: true,
  averages: coversAll,
  /** Every element of a window gets dy / count. */
  gradient: ({ node, inputs: [x], g }, [dy]) => [
    () => {
      const sizes = g.space(x);
      const window = windowOf(node, getInts(node, 'kernel_shape', []), sizes);
      const positions = g.space(dy!);
      const counts = windowCounts(node, window, sizes, positions);
      const share = counts.every(count => count === counts[0])
        ? g.div(dy!, counts[0])
        : g.div(dy!, g.constant(tensorOf(g.type(dy!), [1, 1, ...positions], counts)));
      return overlapAdd(g, share, window, sizes);
    },
  ],
});

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

/** Whether the only window leaves no pixel out and adds none. */
function coversAll(node: Node, space: readonly number[]): boolean {
  const { kernel, begin, end } = windowOf(node, getInts(node, 'kernel_shape', []), space);
  const padded = [...begin, ...end].some(pad => pad > 0);
  return !padded && kernel.every((size, i) => size === space[i]);
}
