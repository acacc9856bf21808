import { preserving } from './preserving.js';

/** γ·x/√(mean x² + ε), the mean over all axes from `axis` on. */
export const rmsNormalization = preserving('RMSNormalization');
