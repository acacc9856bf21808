import { unshaped } from '../families/unshaped.js';
import { ended } from '../upgrades/ended.js';

/** One step of a gated recurrent layer; until opset 10. */
export const gruUnit = unshaped('GRUUnit', { upgrade: ended(10) });
