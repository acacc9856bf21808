import { unshaped } from '../families/unshaped.js';
import { ended } from '../upgrades/ended.js';

/** Slice with its settings as inputs; until opset 10. */
export const dynamicSlice = unshaped('DynamicSlice', { upgrade: ended(10) });
