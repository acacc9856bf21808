import { broadcasting } from './elementwise.js';
import { sharedByEqual } from './shared-by-equal.js';

/** The largest of all its inputs, broadcast. */
export const max = broadcasting('Max', Math.max, { gradient: sharedByEqual });
