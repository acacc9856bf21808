import { getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';

/** x/‖x‖ₚ along an axis. */
export const lpNormalization = preserving('LpNormalization', {
  decompose: ({ node, inputs: [x], g }) => {
    const axes = [getInt(node, 'axis', -1)];
    if (getInt(node, 'p', 2) === 1) return [g.div(x, g.reduceSum(g.abs(x), axes))];
    return [g.div(x, g.sqrt(g.reduceSum(g.square(x), axes)))];
  },
});
