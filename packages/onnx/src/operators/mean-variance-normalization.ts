import { getInt, getInts } from '../attribute.js';
import { preserving } from '../families/preserving.js';
import type { Node } from '../graph.js';
import { rewritten } from '../upgrades/rewritten.js';

/** (x − μ)/(σ + 10⁻⁹) over the given axes. */
export const meanVarianceNormalization = preserving('MeanVarianceNormalization', {
  upgrade: { since: 9, rewrite: ({ node }) => [withAxes(node)] },
  decompose: ({ node, inputs: [x], g }) => {
    const axes = getInts(node, 'axes', [0, 2, 3]);
    const centred = g.sub(x, g.reduceMean(x, axes));
    const deviation = g.sqrt(g.reduceMean(g.square(centred), axes));
    return [g.div(centred, g.add(deviation, 1e-9))];
  },
});

/** Before opset 9 it took space and batch, or everything. */
function withAxes(node: Node): Node {
  if (getInt(node, 'normalize_variance', 1) === 0)
    throw new Error('normalize_variance 0 is not supported');
  const axes = getInt(node, 'across_channels', 0) === 0 ? [0, 2, 3] : [0, 1, 2, 3];
  return rewritten(node, { set: { axes }, without: ['across_channels', 'normalize_variance'] });
}
