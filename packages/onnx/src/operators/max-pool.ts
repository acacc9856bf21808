import { channelwise } from '../coupling/kept-along.js';
import type { Algebra } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { getInts } from '../attribute.js';
import type { Node } from '../graph.js';
import { windowReach } from '../layers/window-reach.js';
import type { Operator } from '../operator.js';
import { typeOf } from '../shapes/application.js';
import { pooledDims } from '../shapes/pooled-dims.js';
import { windowOf } from '../shapes/window.js';
import { pooled } from '../symmetry/windowed.js';

/** The largest element of each window, and on request its place in the flattened input. */
export const maxPool: Operator = {
  name: 'MaxPool',
  inputs: [1, 1],
  outputs: [1, 2],
  symmetry: pooled({ isLinear: false }),
  channels: 1,
  coupling: channelwise,
  // places of elements in a crop are others than in the map
  reach: application =>
    application.node.outputs[1] ? undefined : windowReach(application, [], { fill: lowest }),
  infer: application => {
    const dims = pooledDims(application);
    return [
      { type: typeOf(application, 0), dims },
      { type: 'int64', dims },
    ];
  },
  /** dx = Σ dy over the windows that took their element from here. */
  gradient: ({ node, inputs: [x], g }, [dy]) => [
    () => {
      const [, places] = g.extend(node, 2);
      if (isApart(node, g.space(x)) && g.type(x) === 'float32') return putBack(g, x, dy!, places);
      const zeros = g.reshape(g.zerosLike(x), [undefined]);
      const flat = [places, dy!].map(value => g.reshape(value, [undefined]));
      const sums = g.op('ScatterElements', [zeros, ...flat], { axis: 0, reduction: 'add' });
      return g.reshapeLike(sums, x);
    },
  ],
};

/** Smaller than any element. */
const lowest = -3.4028234663852886e38;

/** Whether no element is in two windows, nor in the padding. */
function isApart(node: Node, sizes: readonly number[]): boolean {
  const { kernel, strides, dilations, begin, end } = windowOf(
    node,
    getInts(node, 'kernel_shape', []),
    sizes,
  );
  const overlapping = kernel.some((size, i) => size > strides[i] || dilations[i] > 1);
  return !overlapping && [...begin, ...end].every(zeros => zeros === 0);
}

/** Nothing is added up where windows are apart; onnxruntime does that eight times as fast. */
const putBack = (g: Algebra, x: Value, dy: Value, places: Value): Value =>
  g.op('MaxUnpool', [dy, places, g.shape(x)], {
    kernel_shape: g.space(x).map(() => 1),
  });
