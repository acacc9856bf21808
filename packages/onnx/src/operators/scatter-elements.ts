import { preserving } from './preserving.js';

/** The data with elements replaced by (or added to) the updates at the places that indices give. */
export const scatterElements = preserving('ScatterElements');
