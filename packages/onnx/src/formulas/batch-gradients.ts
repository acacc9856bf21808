import type { Operand } from '../algebra/algebra.js';
import type { Value } from '../algebra/builder.js';
import { getFloat } from '../attribute.js';
import { tensorOf } from '../tensor.js';
import type { Derivation, Gradient } from './derivation.js';
import { perChannel } from './normalise.js';

/**
 * The gradients of a batch normalisation in training, y = γ x̂ + β with x̂ = (x − μ)/√(σ² + ε), the mean μ and the variance σ² of
 * the batch (Ioffe & Szegedy 2015, section 3): dβ = Σ dy, dγ = Σ dy x̂, dx = γ/√(σ² + ε) (dy − dβ/n − x̂ dγ/n). Running averages
 * m r + (1 − m) μ and m r + (1 − m) σ² may have gradients, too. What is s x̂ + b for each channel is a
 * normalisation for evaluation, which runtimes do in one pass.
 */
export function batchGradients(
  { node, inputs: [x, scale], g }: Derivation,
  [dy, ofMean, ofVariance]: readonly (Value | undefined)[],
): readonly Gradient[] {
  const axes = g.dims(x).flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const [epsilon, momentum] = [getFloat(node, 'epsilon', 1e-5), getFloat(node, 'momentum', 0.9)];
  const filled = (value: number): Value => {
    const channels = g.size(scale, 0);
    return g.constant(tensorOf(g.type(scale), [channels], Array<number>(channels).fill(value)));
  };
  const [mean, variance] =
    momentum === 0 ? g.extend(node, 3).slice(1) : batchStatistics({ x, axes, g });
  const deviation = () => g.sqrt(g.add(variance, epsilon));
  const affine = (slope: Value, shift: Value): Value =>
    g.op('BatchNormalization', [x, slope, shift, mean, variance], {
      epsilon: { type: 'float', value: epsilon },
    });
  const shiftGradient = () => g.reduceSum(dy!, axes, false);
  const scaleGradient = () => g.reduceSum(g.mul(dy!, affine(filled(1), filled(0))), axes, false);
  const share = (value: Value, count: Operand): Value => g.div(value, count);

  const input = (): Value => {
    const count = g.count(x, axes);
    const factor = g.div(scale, deviation());
    const slopes = [
      dy && g.neg(share(g.mul(factor, scaleGradient()), count)),
      ofVariance && share(g.mul(g.mul(ofVariance, deviation()), 2 * (1 - momentum)), count),
    ];
    const shifts = [
      dy && g.neg(share(g.mul(factor, shiftGradient()), count)),
      ofMean && share(g.mul(ofMean, 1 - momentum), count),
    ];
    const [slope, shift] = [slopes, shifts].map(terms =>
      terms
        .filter(term => term !== undefined)
        .reduce<Value | undefined>(
          (sum, term) => (sum === undefined ? term : g.add(sum, term)),
          undefined,
        ),
    );
    const ofStatistics = affine(slope ?? filled(0), shift ?? filled(0));
    if (!dy) return ofStatistics;
    const rank = g.dims(x).length;
    return g.add(g.mul(dy, perChannel(g, factor, rank)), ofStatistics);
  };
  const given = (value: Value | undefined, gradient: () => Value): Gradient =>
    value === undefined ? undefined : gradient;
  return [
    input,
    given(dy, scaleGradient),
    given(dy, shiftGradient),
    given(ofMean, () => g.mul(ofMean!, momentum)),
    given(ofVariance, () => g.mul(ofVariance!, momentum)),
  ];
}

/** μ and σ² of each channel: [C]. */
function batchStatistics({ x, axes, g }: Pick<Derivation, 'g'> & { x: Value; axes: number[] }) {
  const mean = g.reduceMean(x, axes);
  const variance = g.reduceMean(g.square(g.sub(x, mean)), axes);
  return [mean, variance].map(value => g.reshape(value, [g.dims(x)[1]]));
}
