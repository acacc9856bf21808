import { getInt } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import { awayFromZero } from '../formulas/away-from-zero.js';
import { normalisedWeight } from '../layers/path-rule.js';

/** x/‖x‖ₚ along an axis, 0 where x is, with slope 0. */
export const lpNormalization = preserving('LpNormalization', {
  path: normalisedWeight,
  decompose: ({ node, inputs: [x], g }) => {
    const axes = [getInt(node, 'axis', -1)];
    const squares = getInt(node, 'p', 2) === 2;
    const sum = g.reduceSum(squares ? g.square(x) : g.abs(x), axes);
    return [g.div(x, awayFromZero(g, squares ? g.sqrt(sum) : sum))];
  },
});
