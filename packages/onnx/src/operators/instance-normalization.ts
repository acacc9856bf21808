import { preserving } from './preserving.js';

/** γ·(x − μ)/√(σ² + ε) + β, the mean and variance of each channel of each image. */
export const instanceNormalization = preserving('InstanceNormalization');
