import { globalPooling } from './pooling.js';

/** The mean of each channel over all of space. */
export const globalAveragePool = globalPooling('GlobalAveragePool');
