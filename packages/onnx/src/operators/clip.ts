import { preserving } from './preserving.js';

/** max(low, min(high, x)); the bounds were attributes before opset 11. */
export const clip = preserving('Clip');
