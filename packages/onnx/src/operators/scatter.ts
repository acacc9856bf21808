import { preserving } from './preserving.js';

/** The data with elements replaced by the updates at the places that indices give (now ScatterElements). */
export const scatter = preserving('Scatter');
