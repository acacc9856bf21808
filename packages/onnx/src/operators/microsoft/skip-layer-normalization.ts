import { getFloat } from '../../attribute.js';
import { normalise } from '../../formulas/normalise.js';
import type { Operator } from '../../operator.js';
import { dimsOf, typeOf } from '../../shapes/application.js';

/** γ·(s − μ)/√(σ² + ε) + β over the last axis, s = x + skip + bias; then μ, 1/√(σ² + ε) and s. */
export const skipLayerNormalization: Operator = {
  name: 'SkipLayerNormalization',
  domain: 'com.microsoft',
  inputs: [3, 5],
  outputs: [1, 4],
  decompose: ({ node, inputs: [x, skip, scale, shift, bias], g }) => {
    const sum = bias ? g.add(g.add(x, skip), bias) : g.add(x, skip);
    const normalised = normalise(g, sum, [g.dims(x).length - 1], getFloat(node, 'epsilon', 1e-12));
    const scaled = g.mul(normalised, scale);
    return [shift ? g.add(scaled, shift) : scaled, undefined, undefined, sum];
  },
  infer: application => {
    const [type, dims] = [typeOf(application, 0), dimsOf(application, 0)];
    const statistic = { type: 'float32', dims: [...dims.slice(0, -1), 1] } as const;
    return [{ type, dims }, statistic, statistic, { type, dims }];
  },
};
