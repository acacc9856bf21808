import { preserving } from './preserving.js';

/** x / (bias + α/size · Σ x²)^β, the sum over `size` neighbouring channels. */
export const lrn = preserving('LRN');
