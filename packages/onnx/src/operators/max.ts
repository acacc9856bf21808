import { broadcasting } from '../families/elementwise.js';
import { sharedByEqual } from '../formulas/shared-by-equal.js';

/** The largest of all its inputs, broadcast. */
export const max = broadcasting('Max', Math.max, { gradient: sharedByEqual });
