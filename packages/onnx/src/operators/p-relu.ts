import { preserving } from './preserving.js';

/** x where positive, else slope · x; the slope is broadcast to x (before opset 7 from the channels on). */
export const pRelu = preserving('PRelu');
