import { getInt } from '../attribute.js';
import { numbersOf, sizeOf, tensorOf, type Tensor } from '../tensor.js';
import { constants } from './fold.js';
import { dimsOf, normaliseAxis, typeOf, type Operator } from './operator.js';

/** Slices of the data along an axis, chosen by indices: Y[a, i, b] = X[a, index[i], b]. */
export const gather: Operator = {
  name: 'Gather',
  infer: application => {
    const data = dimsOf(application, 0);
    const axis = normaliseAxis(getInt(application.node, 'axis', 0), data.length);
    const dims = [...data.slice(0, axis), ...dimsOf(application, 1), ...data.slice(axis + 1)];
    const values = constants(application.inputs);
    const value = values && take(values[0], values[1], axis, dims);
    return [{ type: typeOf(application, 0), dims, value }];
  },
};

function take(data: Tensor, indices: Tensor, axis: number, dims: readonly number[]): Tensor {
  const values = numbersOf(data);
  const size = data.dims[axis];
  const inner = sizeOf(data.dims.slice(axis + 1));
  const rows = numbersOf(indices).map(index => (index < 0 ? index + size : index));
  const taken: number[] = [];
  for (let outer = 0; outer < sizeOf(data.dims.slice(0, axis)); outer++)
    for (const row of rows) {
      const start = (outer * size + row) * inner;
      taken.push(...values.slice(start, start + inner));
    }
  return tensorOf(data.type, dims, taken);
}
