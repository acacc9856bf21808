import { unshaped } from '../families/unshaped.js';
import { ended } from '../upgrades/ended.js';

/** A tensor of given elements; until opset 10. */
export const givenTensorFill = unshaped('GivenTensorFill', { upgrade: ended(10) });
