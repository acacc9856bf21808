import { dimsOf, typeOf, type Operator } from './operator.js';

/**
 * γ·(x − μ)/√(σ² + ε) + β for each channel; while training μ and σ² are the batch's, and further
 * outputs hold statistics (of the shape that γ has).
 */
export const batchNormalization: Operator = {
  name: 'BatchNormalization',
  infer: application => {
    const statistic = { type: typeOf(application, 3), dims: dimsOf(application, 1) };
    const normalised = { type: typeOf(application, 0), dims: dimsOf(application, 0) };
    return [normalised, ...application.node.outputs.slice(1).map(() => statistic)];
  },
};
