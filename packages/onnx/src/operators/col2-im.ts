import type { Operator } from '../operator.js';
import { dimsOf, typeOf, valueOf } from '../shapes/application.js';
import { numbersOf, sizeOf } from '../tensor.js';

/** Columns of overlapping blocks added up to an image. */
export const col2Im: Operator = {
  name: 'Col2Im',
  inputs: [3, 3],
  infer: application => {
    const [batch, rows] = dimsOf(application, 0);
    const sizes = numbersOf(valueOf(application, 1));
    const channels = rows / sizeOf(numbersOf(valueOf(application, 2)));
    if (!Number.isInteger(channels))
      throw new Error(`${rows} rows are not divisible by the number of elements of a block`);
    return [{ type: typeOf(application, 0), dims: [batch, channels, ...sizes] }];
  },
};
