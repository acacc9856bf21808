import { pooling } from './pooling.js';

/** (Σ|x|ᵖ)^(1/p) over each window. */
export const lpPool = pooling('LpPool');
