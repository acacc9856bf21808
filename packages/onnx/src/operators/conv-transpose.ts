import { getInt, getInts, getString } from '../attribute.js';
import type { Node } from '../graph.js';
import { dimsOf, typeOf, Unknown, type Operator } from './operator.js';
import { extent, windowOf, type Window } from './window.js';

/** The transpose of a convolution: every input element adds a multiple of the kernel to the output. */
export const convTranspose: Operator = {
  name: 'ConvTranspose',
  infer: application => {
    const [batch, channels, ...sizes] = dimsOf(application, 0);
    const [filters, perGroup, ...kernel] = dimsOf(application, 1);
    const { node } = application;
    if (channels !== filters)
      throw new Error(`input has ${channels} channels, weights expect ${filters}`);
    const window = windowOf(node, getInts(node, 'kernel_shape', kernel), sizes);
    const space = statedSpace(node, sizes.length) ?? coveredSpace(node, window, sizes);
    const dims = [batch, perGroup * getInt(node, 'group', 1), ...space];
    return [{ type: typeOf(application, 0), dims }];
  },
};

/** The attribute output_shape; some writers include batch and channels. */
const statedSpace = (node: Node, rank: number): number[] | undefined =>
  getInts(node, 'output_shape', undefined)?.slice(-rank);

/** What the kernels cover, pads taken off; with auto_pad SAME the stride times the input. */
function coveredSpace(node: Node, window: Window, sizes: readonly number[]): number[] {
  const { kernel, strides, dilations, begin, end } = window;
  const extra = getInts(
    node,
    'output_padding',
    sizes.map(() => 0),
  );
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
