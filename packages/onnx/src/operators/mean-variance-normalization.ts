import { preserving } from './preserving.js';

/** (x − μ)/σ over the given axes. */
export const meanVarianceNormalization = preserving('MeanVarianceNormalization');
