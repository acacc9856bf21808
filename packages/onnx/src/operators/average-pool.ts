import { pooling } from './pooling.js';

/** The mean of each window. */
export const averagePool = pooling('AveragePool');
