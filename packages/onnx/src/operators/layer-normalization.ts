import { beforeAxis } from '../coupling/beside-axis.js';
import { getFloat, getInt } from '../attribute.js';
import { normalise } from '../formulas/normalise.js';
import { normalisedWeight } from '../layers/path-rule.js';
import { normalisationWeights } from '../layers/normalisation-weights.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { statedType } from '../shapes/stated-type.js';
import { normalisedFrom } from '../symmetry/normalised.js';

/** γ·(x − μ)/√(σ² + ε) + β over all axes from `axis` on; then μ and 1/√(σ² + ε). */
export const layerNormalization: Operator = {
  name: 'LayerNormalization',
  inputs: [2, 3],
  outputs: [1, 3],
  symmetry: normalisedFrom,
  coupling: beforeAxis(-1),
  weights: normalisationWeights,
  path: normalisedWeight,
  decompose: ({ node, inputs: [x, scale, shift], g }) => {
    const rank = g.dims(x).length;
    const first = normaliseAxis(getInt(node, 'axis', -1), rank);
    const axes = Array.from({ length: rank - first }, (_, i) => first + i);
    const scaled = g.mul(normalise(g, x, axes, getFloat(node, 'epsilon', 1e-5)), scale);
    return [shift ? g.add(scaled, shift) : scaled];
  },
  infer: application => {
    const dims = dimsOf(application, 0);
    const first = normaliseAxis(getInt(application.node, 'axis', -1), dims.length);
    const type = statedType(application.node, 'stash_type') ?? 'float32';
    const statistic = { type, dims: dims.map((size, axis) => (axis < first ? size : 1)) };
    return [{ type: typeOf(application, 0), dims }, statistic, statistic];
  },
};
