import { preserving } from '../preserving.js';

/** x·Φ(x) after a bias was added. */
export const biasGelu = preserving('BiasGelu', 'com.microsoft');
