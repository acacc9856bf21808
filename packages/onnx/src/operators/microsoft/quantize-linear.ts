import { quantised } from '../../families/quantised.js';

/** round(x / scale) + zero point, of more types than ONNX's own. */
export const microsoftQuantizeLinear = quantised('QuantizeLinear');
