import { byOwnStatistics } from '../coupling/normalised.js';
import { getFloat } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import { normalise, perChannel } from '../formulas/normalise.js';
import { normalisedWeight } from '../layers/path-rule.js';
import { normalisationWeights } from '../layers/normalisation-weights.js';
import { dimsOf } from '../shapes/application.js';
import { requireOneEach } from '../shapes/require-one-each.js';
import { normalised } from '../symmetry/normalised.js';

/** γ·(x − μ)/√(σ² + ε) + β, the mean and variance of each channel of each image. */
export const instanceNormalization = preserving('InstanceNormalization', {
  inputs: [3, 3],
  symmetry: normalised({ byChannel: true }),
  coupling: byOwnStatistics,
  weights: normalisationWeights,
  path: normalisedWeight,
  requireFit: application => requireOneEach(application, [1, 2], dimsOf(application, 0)[1]),
  decompose: ({ node, inputs: [x, ...parameters], g }) => {
    const rank = g.dims(x).length;
    const [scale, shift] = parameters.map(value => perChannel(g, value, rank));
    const space = g
      .dims(x)
      .slice(2)
      .map((_, i) => i + 2);
    const normal = normalise(g, x, space, getFloat(node, 'epsilon', 1e-5));
    return [g.add(g.mul(normal, scale), shift)];
  },
});
