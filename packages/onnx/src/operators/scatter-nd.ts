import { getString } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { constants, elementsOf, stored } from '../shapes/fold.js';
import { strides } from '../shapes/offsets.js';
import { numbersOf, sizeOf, type Tensor } from '../tensor.js';

/** The data with slices replaced by (or added to) updates at index tuples. */
export const scatterNd: Operator = {
  name: 'ScatterND',
  inputs: [3, 3],
  /** Replaced slices of the data have no influence; added ones and updates pass dy on. */
  gradient: ({ node, inputs: [, places, updates], g }, [dy]) => {
    const reduction = getString(node, 'reduction', 'none');
    if (reduction !== 'none' && reduction !== 'add')
      throw new Error(`its gradient is not implemented for reduction '${reduction}'`);
    return [
      () => (reduction === 'add' ? dy! : g.op('ScatterND', [dy!, places, g.zerosLike(updates)])),
      undefined,
      () => g.op('GatherND', [dy!, places]),
    ];
  },
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
  const tuples = numbersOf(places);
  const [result, news] = [[...elementsOf(data)], elementsOf(updates)];
  for (let i = 0; i * depth < tuples.length; i++) {
    const start = place(data.dims, tuples.slice(i * depth, (i + 1) * depth));
    result.splice(start, size, ...news.slice(i * size, (i + 1) * size));
  }
  return stored(data.type, data.dims, result);
}

/** Where the slice at an index tuple starts. */
function place(dims: readonly number[], tuple: readonly number[]): number {
  const steps = strides(dims);
  return tuple.reduce((at, index, axis) => {
    if (index < -dims[axis] || index >= dims[axis])
      throw new Error(`index [${tuple}] is out of range for dims [${dims}]`);
    return at + (index < 0 ? index + dims[axis] : index) * steps[axis];
  }, 0);
}
