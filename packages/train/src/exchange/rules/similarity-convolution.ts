import { measureSuffixes } from '../../measures/measure-names.js';
import type { Measure } from '../../measures/measure.js';
import type { Sliding } from '../../layers/sliding-layer.js';
import type { LayerRule, Placement } from '../layer-rule.js';

/** A convolution whose kernel is computed in the graph, from weight and measure. */
export const similarityConvolution: LayerRule = {
  className: 'SimilarityConvolution',
  weights: ({ settings }) => [
    { suffix: 'weight', layout: 'kernel' },
    { suffix: measureSuffixes[(settings as Measure).measure], layout: 'same' },
  ],
  place: (config, placement) => {
    const { kernel, stride, padding, ...measure } = config.settings as Sliding & Measure;
    const { inputs, add } = placement;
    add('Conv', [inputs[0], measuredWeight(kernel, measure, placement)], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: Array<number>(4).fill(padding),
    });
  },
};

/** W ⊙ d of W [filters, inputs, k, k], or W M with the places of W as one axis. */
function measuredWeight(
  kernel: number,
  { measure, perChannel }: Measure,
  { add, integers, output, weights: [weight, learnt] }: Placement,
): string {
  const folded = `${output}/measured`;
  if (measure === 'diagonal') return add('Mul', [weight, learnt], {}, folded);
  // a row for each filter and channel; per channel, products of rows with a matrix for each channel
  const places = perChannel ? [0, 0, 1, -1] : [0, 0, -1];
  const rows = add('Reshape', [weight, integers(places)], {}, `${output}/places`);
  const product = add('MatMul', [rows, learnt], {}, `${output}/product`);
  return add('Reshape', [product, integers([0, 0, kernel, kernel])], {}, folded);
}
