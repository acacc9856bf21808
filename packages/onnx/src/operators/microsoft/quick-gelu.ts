import { preserving } from '../preserving.js';

/** x/(1 + e^(−α·x)). */
export const quickGelu = preserving('QuickGelu', 'com.microsoft');
