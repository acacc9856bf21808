import { broadcasting } from './elementwise.js';

/** The smallest of all its inputs, broadcast. */
export const min = broadcasting('Min', Math.min);
