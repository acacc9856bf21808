import { unary } from './elementwise.js';

/** x where positive, else α·x. */
export const leakyRelu = unary('LeakyRelu');
