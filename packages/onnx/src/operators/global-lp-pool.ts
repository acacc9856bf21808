import { globalPooling } from './pooling.js';

/** (Σ|x|ᵖ)^(1/p) of each channel over all of space. */
export const globalLpPool = globalPooling('GlobalLpPool');
