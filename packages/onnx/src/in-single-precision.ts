import { convertFloats } from './convert-floats.js';
import { halfTypes } from './half-types.js';
import type { Model } from './model.js';

/**
 * The same computation in single precision: every input, constant, cast and output of half precision (float16, bfloat16) becomes
 * float32. The values of constants do not change; what is computed is no longer rounded to half precision.
 */
export const inSinglePrecision = (model: Model): Model =>
  convertFloats(model, { from: halfTypes, to: 'float32' });
