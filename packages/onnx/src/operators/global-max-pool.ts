import { globalPooling } from './pooling.js';

/** The largest element of each channel over all of space. */
export const globalMaxPool = globalPooling('GlobalMaxPool');
