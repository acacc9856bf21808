import { unshaped } from '../families/unshaped.js';
import { ended } from '../upgrades/ended.js';

/** Its input without a border; until opset 10. */
export const crop = unshaped('Crop', { upgrade: ended(10) });
