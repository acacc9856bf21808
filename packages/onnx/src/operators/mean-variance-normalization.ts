import { getInts } from '../attribute.js';
import { preserving } from './preserving.js';

/** (x − μ)/(σ + 10⁻⁹) over the given axes. */
export const meanVarianceNormalization = preserving('MeanVarianceNormalization', {
  decompose: ({ node, inputs: [x], g }) => {
    const axes = getInts(node, 'axes', [0, 2, 3]);
    const centred = g.sub(x, g.reduceMean(x, axes));
    const deviation = g.sqrt(g.reduceMean(g.square(centred), axes));
    return [g.div(centred, g.add(deviation, 1e-9))];
  },
});
