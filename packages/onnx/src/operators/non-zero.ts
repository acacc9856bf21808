import type { Operator } from '../operator.js';
import { Unknown } from '../shapes/application.js';
import { constants } from '../shapes/fold.js';
import { strides } from '../shapes/offsets.js';
import { integers, numbersOf, type Tensor } from '../tensor.js';

/** The indices of all elements other than 0, one axis a row. */
export const nonZero: Operator = {
  name: 'NonZero',
  inputs: [1, 1],
  infer: application => {
    const [input] = constants(application.inputs) ?? [];
    if (!input || input.dims.length === 0) throw new Unknown('how many there are depends on data');
    const value = placesOfNonZeros(input);
    return [{ type: 'int64', dims: value.dims, value }];
  },
};

function placesOfNonZeros({ dims, ...rest }: Tensor): Tensor {
  const places = [...numbersOf({ dims, ...rest }).entries()].flatMap(([at, x]) => (x ? [at] : []));
  const steps = strides(dims);
  const rows = dims.flatMap((size, axis) => places.map(at => Math.floor(at / steps[axis]) % size));
  return integers(rows, [dims.length, places.length]);
}
