import { getFloat, getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';

/** γ·x/√(mean x² + ε), the mean over all axes from `axis` on. */
export const rmsNormalization = preserving('RMSNormalization', {
  inputs: [2, 2],
  decompose: ({ node, inputs: [x, scale], g }) => {
    const rank = g.dims(x).length;
    const first = normaliseAxis(getInt(node, 'axis', -1), rank);
    const axes = Array.from({ length: rank - first }, (_, i) => first + i);
    const power = g.reduceMean(g.square(x), axes);
    return [g.mul(g.div(x, g.sqrt(g.add(power, getFloat(node, 'epsilon', 1e-5)))), scale)];
  },
});
