import { preserving } from '../preserving.js';

/** x·Φ(x) by the approximation with tanh; x has a bias added first. */
export const fastGelu = preserving('FastGelu', 'com.microsoft');
