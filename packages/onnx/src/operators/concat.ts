import { getInt } from '../attribute.js';
import { numbersOf, sizeOf, tensorOf, type Tensor } from '../tensor.js';
import { constants } from './fold.js';
import { dimsOf, normaliseAxis, typeOf, type Operator } from './operator.js';

/** Its inputs one after the other along an axis. */
export const concat: Operator = {
  name: 'Concat',
  infer: application => {
    const shapes = application.inputs.map((_, i) => dimsOf(application, i));
    const axis = normaliseAxis(getInt(application.node, 'axis', 1), shapes[0].length);
    const dims = shapes[0].map((size, i) =>
      i === axis ? total(shapes, axis) : same(shapes, i, size),
    );
    const values = constants(application.inputs);
    const value = values && join(values, axis, dims);
    return [{ type: typeOf(application, 0), dims, value }];
  },
};

const total = (shapes: readonly (readonly number[])[], axis: number): number =>
  shapes.reduce((sum, dims) => sum + dims[axis], 0);

function same(shapes: readonly (readonly number[])[], axis: number, size: number): number {
  const other = shapes.find(dims => dims[axis] !== size);
  if (other) throw new Error(`cannot join [${shapes[0]}] and [${other}]`);
  return size;
}

function join(values: Tensor[], axis: number, dims: readonly number[]): Tensor {
  const parts = values.map(numbersOf);
  const rows = values.map(value => sizeOf(value.dims.slice(axis)));
  const joined: number[] = [];
  for (let outer = 0; outer < sizeOf(dims.slice(0, axis)); outer++)
    parts.forEach((part, i) => joined.push(...part.slice(outer * rows[i], (outer + 1) * rows[i])));
  return tensorOf(values[0].type, dims, joined);
}
