import { getFloat, getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import { normalise, perChannel } from '../formulas/normalise.js';
import { normalisedWeight } from '../layers/path-rule.js';
import { normalisationWeights } from '../layers/normalisation-weights.js';
import { dimsOf, type Application } from '../shapes/application.js';
import { requireOneEach } from '../shapes/require-one-each.js';
import { normalised } from '../symmetry/normalised.js';

/** γ·(x − μ)/√(σ² + ε) + β, the mean and variance of each group of channels of each image. */
export const groupNormalization = preserving('GroupNormalization', {
  inputs: [3, 3],
  symmetry: normalised({ byChannel: false }),
  weights: normalisationWeights,
  path: normalisedWeight,
  requireFit: requireGroups,
  decompose: ({ node, inputs: [x, scale, shift], g }) => {
    const [batch, channels, ...space] = g.dims(x);
    const groups = getInt(node, 'num_groups', 1);
    const perGroup = channels! / groups;
    const grouped = g.reshape(x, [batch, groups, perGroup, ...space]);
    const axes = space.map((_, i) => i + 3);
    const normal = normalise(g, grouped, [2, ...axes], getFloat(node, 'epsilon', 1e-5));
    if (g.size(scale, 0) === channels) {
      const [factor, offset] = [scale, shift].map(value => perChannel(g, value, space.length + 2));
      return [g.add(g.mul(g.reshapeLike(normal, x), factor), offset)];
    }
    // before opset 21 one of each a group
    const [factor, offset] = [scale, shift].map(value => perChannel(g, value, space.length + 3));
    return [g.reshapeLike(g.add(g.mul(normal, factor), offset), x)];
  },
});

function requireGroups(application: Application): void {
  const channels = dimsOf(application, 0)[1];
  const groups = getInt(application.node, 'num_groups', 1);
  if (groups < 1 || channels % groups !== 0)
    throw new Error(`num_groups ${groups} does not divide ${channels} channels`);
  requireOneEach(application, [1, 2], application.opset < 21 ? groups : channels);
}
