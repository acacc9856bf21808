import { quantised } from '../../families/quantised.js';

/** (x − zero point) · scale, of more types than ONNX's own. */
export const microsoftDequantizeLinear = quantised('DequantizeLinear');
