import { getFloat } from '../../attribute.js';
import type { Operator } from '../../operator.js';
import { dimsOf, typeOf } from '../../shapes/application.js';

/** γ·s/√(mean s² + ε) over the last axis, s = x + skip + bias; its fourth output is s. */
export const skipSimplifiedLayerNormalization: Operator = {
  name: 'SkipSimplifiedLayerNormalization',
  domain: 'com.microsoft',
  inputs: [3, 4],
  outputs: [1, 4],
  decompose: ({ node, inputs: [x, skip, scale, bias], g }) => {
    const sum = bias ? g.add(g.add(x, skip), bias) : g.add(x, skip);
    const power = g.reduceMean(g.square(sum), [g.dims(x).length - 1]);
    const root = g.sqrt(g.add(power, getFloat(node, 'epsilon', 1e-12)));
    return [g.mul(g.div(sum, root), scale), undefined, undefined, sum];
  },
  infer: application => {
    const [type, dims] = [typeOf(application, 0), dimsOf(application, 0)];
    const statistic = { type: 'float32', dims: [...dims.slice(0, -1), 1] } as const;
    return [{ type, dims }, statistic, statistic, { type, dims }];
  },
};
