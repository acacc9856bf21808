import { getString } from '../attribute.js';
import { numbersOf, sizeOf, type Tensor } from '../tensor.js';
import { constants, pick } from './fold.js';
import { indices, strides } from './offsets.js';
import { dimsOf, typeOf, type Operator } from './operator.js';

/** The data with slices replaced by (or added to) updates at index tuples. */
export const scatterNd: Operator = {
  name: 'ScatterND',
  infer: application => {
    const replaces = getString(application.node, 'reduction', 'none') === 'none';
    const values = replaces ? constants(application.inputs) : undefined;
    const dims = dimsOf(application, 0);
    return [{ type: typeOf(application, 0), dims, value: values && scattered(values) }];
  },
};

function scattered([data, places, updates]: readonly Tensor[]): Tensor {
  const depth = places.dims[places.dims.length - 1];
  const size = sizeOf(data.dims.slice(depth));
  const all = numbersOf(places);
  const result = pick(data, data.dims, indices(data.data.length));
  for (let i = 0; i * depth < all.length; i++) {
    const start = place(data.dims, all.slice(i * depth, (i + 1) * depth));
    const update = (updates.data as Uint8Array).subarray(i * size, (i + 1) * size);
    (result.data as Uint8Array).set(update, start);
  }
  return result;
}

/** Where the slice at an index tuple starts. */
function place(dims: readonly number[], tuple: readonly number[]): number {
  const steps = strides(dims);
  return tuple.reduce((at, index, axis) => {
    if (index < -dims[axis] || index >= dims[axis])
      throw new Error(`index [${tuple}] into [${dims}]`);
    return at + (index < 0 ? index + dims[axis] : index) * steps[axis];
  }, 0);
}
