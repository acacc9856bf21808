import { quantised } from '../../families/quantised.js';

/** A long short-term memory with quantised weights. */
export const dynamicQuantizeLstm = quantised('DynamicQuantizeLSTM');
