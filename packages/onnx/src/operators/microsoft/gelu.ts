import { preserving } from '../preserving.js';

/** x·Φ(x). */
export const microsoftGelu = preserving('Gelu', 'com.microsoft');
