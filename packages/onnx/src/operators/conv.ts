import { convolved as coupled, withGroups } from '../coupling/convolved.js';
import { getInt, getInts } from '../attribute.js';
import { convolutionProduct } from '../formulas/convolution-product.js';
import { convolvedFrom } from '../formulas/convolved-from.js';
import { summedForEach } from '../formulas/example-rule.js';
import { kernelGradient, kernelGradientOfEach } from '../formulas/kernel-gradient.js';
import { perChannel } from '../formulas/normalise.js';
import { smallMapConvolution } from '../formulas/small-map-convolution.js';
import { convolutionHead } from '../layers/convolution-head.js';
import { convolutionWeights } from '../layers/convolution-weights.js';
import { windowReach } from '../layers/window-reach.js';
import type { Operator } from '../operator.js';
import { typeOf } from '../shapes/application.js';
import { convolvedDims } from '../shapes/convolved-dims.js';
import { requireOneEach } from '../shapes/require-one-each.js';
import { windowOf } from '../shapes/window.js';
import { convolved } from '../symmetry/windowed.js';
import { sizeOf } from '../tensor.js';

/** Y[n, m, p] = b[m] + Σ_{c, δ} W[m, c, δ] X[n, c, s·p + d·δ − pad], within groups of channels. */
export const conv: Operator = {
  name: 'Conv',
  inputs: [2, 3],
  layer: 'convolution',
  channels: 1,
  channelsBy: (node, [, channels]) => channels * getInt(node, 'group', 1),
  coupling: coupled({ all: 'output' }),
  resized: withGroups,
  symmetry: convolved,
  weights: convolutionWeights({ kind: 'conv', takesBias: true }),
  reach: (application, isFixed) => {
    const fixed = [1, 2].every(input => !application.node.inputs[input] || isFixed(input));
    const kernel = application.inputs[1]?.dims?.slice(2) ?? [];
    return fixed ? windowReach(application, kernel, { fill: 0 }) : undefined;
  },
  macs: (_, [, weight], output) => sizeOf(output) * sizeOf(weight.slice(1)),
  head: convolutionHead,
  asProduct: convolutionProduct,
  inDouble: (g, node) => convolutionProduct(g, node, Infinity),
  onSmallMaps: smallMapConvolution,
  infer: application => {
    const dims = convolvedDims(application, 1);
    requireOneEach(application, [2], dims[1]);
    return [{ type: typeOf(application, 0), dims }];
  },
  /** A convolution of dy with the kernel turned; products of dy with shifted images; the sum of dy. */
  gradient: ({ node, inputs: [x, weights], g }, [dy]) => {
    const sizes = g.space(x);
    const window = windowOf(node, getInts(node, 'kernel_shape', g.space(weights)), sizes);
    const groups = getInt(node, 'group', 1);
    return [
      () => convolvedFrom(g, dy!, { weights, window, groups, sizes }),
      () => kernelGradient(g, x, dy!, window, groups),
      () => g.reduceSum(dy!, [0, ...sizes.map((_, i) => i + 2)], false),
    ];
  },
  ofEach: ({ node, inputs: [x, weights, bias], g }, dy, input) => {
    if (input === 2) return summedForEach(g, dy, perChannel(g, bias, g.dims(dy).length));
    const window = windowOf(node, getInts(node, 'kernel_shape', g.space(weights)), g.space(x));
    return { rows: kernelGradientOfEach(g, x, dy, window, getInt(node, 'group', 1)) };
  },
};
