import { preserving } from './preserving.js';

/** x/‖x‖ₚ along an axis. */
export const lpNormalization = preserving('LpNormalization');
