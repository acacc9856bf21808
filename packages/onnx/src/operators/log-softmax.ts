import { preserving } from './preserving.js';

/** x − ln Σeˣ along an axis; before opset 13 over all axes from that one on. */
export const logSoftmax = preserving('LogSoftmax');
