import { unshaped } from '../families/unshaped.js';
import { ended } from '../upgrades/ended.js';

/** A call of PyTorch's own operators; until opset 10. */
export const aTen = unshaped('ATen', { upgrade: ended(10) });
