import { unshaped } from '../families/unshaped.js';
import { ended } from '../upgrades/ended.js';

/** A graph over the elements of a sequence; before opset 9 it had an axis of batches. */
export const scan = unshaped('Scan', { controlFlow: 'scan', upgrade: ended(9) });
