import { getInt } from '../attribute.js';
import { dimsOf, normaliseAxis, typeOf, type Operator } from './operator.js';
import { statedType } from './stated-type.js';

/** γ·(x − μ)/√(σ² + ε) + β over all axes from `axis` on; then μ and 1/√(σ² + ε). */
export const layerNormalization: Operator = {
  name: 'LayerNormalization',
  infer: application => {
    const dims = dimsOf(application, 0);
    const first = normaliseAxis(getInt(application.node, 'axis', -1), dims.length);
    const type = statedType(application.node, 'stash_type') ?? 'float32';
    const statistic = { type, dims: dims.map((size, axis) => (axis < first ? size : 1)) };
    return [{ type: typeOf(application, 0), dims }, statistic, statistic];
  },
};
