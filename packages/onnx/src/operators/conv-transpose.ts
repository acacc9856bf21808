import { convolved, withGroups } from '../coupling/convolved.js';
import { getInt, getInts, getString } from '../attribute.js';
import { kernelGradient } from '../formulas/kernel-gradient.js';
import type { Node } from '../graph.js';
import { convolutionWeights } from '../layers/convolution-weights.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf, Unknown } from '../shapes/application.js';
import { groupsOf } from '../shapes/groups-of.js';
import { kernelSizes } from '../shapes/kernel-sizes.js';
import { requireOneEach } from '../shapes/require-one-each.js';
import { requireList, sizesOf } from '../shapes/sizes-of.js';
import { extent, windowOf, type Window } from '../shapes/window.js';
import { sizeOf } from '../tensor.js';

/** The transpose of a convolution: every input element adds a multiple of the kernel to the output. */
export const convTranspose: Operator = {
  name: 'ConvTranspose',
  inputs: [2, 3],
  layer: 'convolution',
  channels: 1,
  channelsBy: (_, [channels]) => channels,
  coupling: convolved({ all: 'input' }),
  resized: withGroups,
  weights: convolutionWeights({ kind: 'conv-transpose', takesBias: false }),
  macs: (_, [input, weight]) => sizeOf(input) * sizeOf(weight.slice(1)),
  /** The convolution of dy; products of x with shifted dy; the sum of dy. */
  gradient: ({ node, inputs: [x, weights], g }, [dy]) => {
    const window = transposedWindow(node, g.space(weights), g.space(x), g.space(dy!));
    const group = getInt(node, 'group', 1);
    const { kernel, strides, dilations, begin, end } = window;
    const axes = kernel.map((_, i) => i + 2);
    return [
      () => {
        // output that no input reaches: a convolution leaves it out, or meets it once too often
        const pads = [...begin, ...end.map(zeros => Math.max(0, zeros))];
        const slide = { group, kernel_shape: kernel, strides, dilations, pads };
        const found = g.op('Conv', [dy!, weights], slide);
        return g.sameDims(found, x)
          ? found
          : g.slice(
              found,
              axes,
              axes.map(() => 0),
              g.space(x),
            );
      },
      () => kernelGradient(g, dy!, x, window, group),
      () => g.reduceSum(dy!, [0, ...axes], false),
    ];
  },
  infer: application => {
    const [batch, channels, ...sizes] = dimsOf(application, 0);
    const [filters, perGroup, ...rest] = dimsOf(application, 1);
    const { node } = application;
    const kernel = kernelSizes(node, [filters, perGroup, ...rest], sizes.length + 2);
    if (channels !== filters)
      throw new Error(`input has ${channels} channels, weights expect ${filters}`);
    const outputs = perGroup * groupsOf(node, filters);
    requireOneEach(application, [2], outputs);
    const window = windowOf(node, kernel, sizes);
    const space = statedSpace(node, sizes.length) ?? coveredSpace(node, window, sizes);
    return [{ type: typeOf(application, 0), dims: [batch, outputs, ...space] }];
  },
};

/** The window whose convolution this is the transpose of: from the larger space to the smaller. */
function transposedWindow(
  node: Node,
  kernelSizes: readonly number[],
  small: readonly number[],
  large: readonly number[],
): Window {
  const window = windowOf(node, getInts(node, 'kernel_shape', kernelSizes), small);
  const auto = getString(node, 'auto_pad', 'NOTSET');
  if (auto === 'NOTSET' && !getInts(node, 'output_shape', undefined)) {
    // what the stride leaves over at the end is met by no window
    const { kernel, strides, dilations, begin } = window;
    const end = large.map(
      (size, i) => strides[i] * (small[i] - 1) + extent(kernel[i], dilations[i]) - begin[i] - size,
    );
    return { ...window, end };
  }
  const total = large.map((size, i) => {
    const covered =
      window.strides[i] * (small[i] - 1) + extent(window.kernel[i], window.dilations[i]);
    return Math.max(0, covered - size);
  });
  const [few, many] = [Math.floor, Math.ceil].map(cut => total.map(pads => cut(pads / 2)));
  // the specification gives the odd one to the front unless asked for SAME_UPPER
  const [begin, end] = auto === 'SAME_UPPER' ? [few, many] : [many, few];
  return { ...window, begin, end };
}

/** The attribute output_shape; some writers include batch and channels. @throws where it is of another length. */
function statedSpace(node: Node, rank: number): readonly number[] | undefined {
  const stated = getInts(node, 'output_shape', undefined);
  const space = stated?.length === rank + 2 ? stated.slice(2) : stated;
  if (space) requireList('output_shape', space, { length: rank, least: 1 });
  return space;
}

/** What the kernels cover, pads taken off; with auto_pad SAME the stride times the input. */
function coveredSpace(node: Node, window: Window, sizes: readonly number[]): number[] {
  const { kernel, strides, dilations, begin, end } = window;
  const extra = sizesOf(node, 'output_padding', { length: sizes.length, least: 0 });
  const same = getString(node, 'auto_pad', 'NOTSET').startsWith('SAME_');
  return sizes.map((size, i) => {
    const covered = strides[i] * (size - 1) + extent(kernel[i], dilations[i]) + extra[i];
    return same ? sameSize(size * strides[i], covered) : covered - begin[i] - end[i];
  });
}

function sameSize(wanted: number, covered: number): number {
  if (covered >= wanted) return wanted;
  throw new Unknown('runtimes disagree on auto_pad where the stride leaves gaps');
}
