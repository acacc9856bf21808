import type { Operator } from '../operator.js';
import { typeOf, valueOf } from '../shapes/application.js';
import { computed, isSmall } from '../shapes/fold.js';
import { indices } from '../shapes/offsets.js';
import { numbersOf } from '../tensor.js';

/** start, start + delta, … up to before the limit. */
export const range: Operator = {
  name: 'Range',
  inputs: [3, 3],
  infer: application => {
    const type = typeOf(application, 0);
    const [start, limit, delta] = [0, 1, 2].map(i => numbersOf(valueOf(application, i))[0]);
    if (delta === 0) throw new Error('delta must not be 0');
    const span = type === 'float32' ? Math.fround(limit - start) : limit - start;
    const dims = [Math.max(0, Math.ceil(span / delta))];
    const isExact = [start, limit, delta].every(Number.isSafeInteger) && isSmall(dims);
    const value = isExact ? indices(dims[0]).map(i => start + i * delta) : undefined;
    return [{ type, dims, value: value && computed(type, dims, value) }];
  },
};
