import { unshaped } from '../families/unshaped.js';
import { ended } from '../upgrades/ended.js';

/** Its input times a number; until opset 10. */
export const scale = unshaped('Scale', { upgrade: ended(10) });
