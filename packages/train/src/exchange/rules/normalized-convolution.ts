import type { Normalized } from '../../layers/normalized-convolution.js';
import type { Sliding } from '../../layers/sliding-layer.js';
import type { LayerRule, Placement } from '../layer-rule.js';

/** Conv / √(Σx² + ε), the sum being that of squares over channels, its mean over each window times k². */
export const normalizedConvolution: LayerRule = {
  className: 'NormalizedConvolution',
  weights: () => [{ suffix: 'weight', layout: 'kernel' }],
  place: (config, placement) => {
    const { kernel, stride, padding, byFilter, epsilon } = config.settings as Sliding & Normalized;
    const { inputs, output, weights, add, constant } = placement;
    const [x] = inputs;
    const window = {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: Array<number>(4).fill(padding),
    };
    const weight = byFilter ? normalizedFilters(epsilon, placement) : weights[0];
    const responses = add('Conv', [x, weight], window, `${output}/responses`);
    const squares = add('ReduceSumSquare', [x], { axes: [1] }, `${output}/squares`);
    const means = add(
      'AveragePool',
      [squares],
      { ...window, count_include_pad: 1 },
      `${output}/means`,
    );
    const sums = add('Mul', [means, constant(kernel ** 2)], {}, `${output}/sums`);
    add('Div', [responses, normOf(sums, epsilon, `${output}/patch`, placement)]);
  },
};

/** W / √(Σ_w w² + ε). */
function normalizedFilters(epsilon: number, placement: Placement): string {
  const { add, output, weights } = placement;
  const squares = add('ReduceSumSquare', weights, { axes: [1, 2, 3] }, `${output}/filter squares`);
  const norm = normOf(squares, epsilon, `${output}/filter`, placement);
  return add('Div', [weights[0], norm], {}, `${output}/filters`);
}

const normOf = (
  squares: string,
  epsilon: number,
  name: string,
  { add, constant }: Placement,
): string =>
  add(
    'Sqrt',
    [add('Add', [squares, constant(epsilon)], {}, `${name} positive`)],
    {},
    `${name} norm`,
  );
