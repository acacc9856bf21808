import { unshaped } from '../families/unshaped.js';

/** A graph as often as its count or condition says. */
export const loop = unshaped('Loop', { controlFlow: 'loop' });
