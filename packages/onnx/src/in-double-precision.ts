import { convertFloats } from './convert-floats.js';
import type { Model } from './model.js';

/**
 * The same computation in double precision: every floating-point input, constant, cast and output becomes float64. The values of
 * constants do not change. Whether a runtime has all operators in double precision shows when a session is made.
 */
export const inDoublePrecision = (model: Model): Model =>
  convertFloats(model, { from: new Set(['float32', 'float16', 'bfloat16']), to: 'float64' });
