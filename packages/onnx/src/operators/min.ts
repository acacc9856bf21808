import { broadcasting } from './elementwise.js';
import { sharedByEqual } from './shared-by-equal.js';

/** The smallest of all its inputs, broadcast. */
export const min = broadcasting('Min', Math.min, { gradient: sharedByEqual });
