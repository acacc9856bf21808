import { preserving } from './preserving.js';

/** eˣ/Σeˣ along an axis; before opset 13 over all axes from that one on. */
export const softmax = preserving('Softmax');
