import { preserving } from './preserving.js';

/** 1 at the first maximum along an axis, else 0. */
export const hardmax = preserving('Hardmax');
