import { preserving } from './preserving.js';

/** γ·(x − μ)/√(σ² + ε) + β, the mean and variance of each group of channels of each image. */
export const groupNormalization = preserving('GroupNormalization');
