import { joined as parts } from '../coupling/joined.js';
import type { Value } from '../algebra/builder.js';
import { getInt } from '../attribute.js';
import type { Operator } from '../operator.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import { throughParts } from '../layers/path-rule.js';
import { samePlaces } from '../layers/reach-rule.js';
import { constants, elementsOf, isSmall, stored } from '../shapes/fold.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { indices } from '../shapes/offsets.js';
import { joined } from '../symmetry/joined.js';
import { sizeOf, type Tensor } from '../tensor.js';
import { rewritten } from '../upgrades/rewritten.js';

/** Its inputs one after the other along an axis. */
export const concat: Operator = {
  name: 'Concat',
  inputs: [1, Infinity],
  symmetry: joined,
  coupling: coupling => parts(coupling, coupling.node.outputs[0], coupling.node.inputs, 1),
  path: throughParts,
  reach: (application, isFixed) =>
    getInt(application.node, 'axis', 1) === 1 ? samePlaces(application, isFixed) : undefined,
  upgrade: {
    since: 4,
    rewrite: ({ node }) => [rewritten(node, { set: { axis: getInt(node, 'axis', 1) } })],
  },
  /** Pieces of dy, all from one Split where several may be wanted. */
  gradient: ({ node, inputs, g }, [dy]) => {
    if (inputs.length === 1) return [() => dy!];
    const axis = normaliseAxis(getInt(node, 'axis', 1), g.dims(dy!).length);
    const sizes = inputs.map(input => g.size(input, axis));
    const isAlone = inputs.filter(input => g.constantValue(input) === undefined).length === 1;
    const alone = (i: number): Value => {
      const start = sizes.slice(0, i).reduce((a, b) => a + b, 0);
      return g.slice(dy!, [axis], [start], [start + sizes[i]]);
    };
    let pieces: readonly Value[] | undefined;
    const split = () => g.ops('Split', [dy!, g.integers(sizes)], inputs.length, { axis });
    return inputs.map((_, i) => () => (isAlone ? alone(i) : (pieces ??= split())[i]));
  },
  infer: application => {
    const shapes = application.inputs.map((_, i) => dimsOf(application, i));
    const axis = normaliseAxis(getInt(application.node, 'axis', 1), shapes[0].length);
    const dims = shapes[0].map((size, i) =>
      i === axis ? total(shapes, axis) : same(shapes, i, size),
    );
    const values = constants(application.inputs);
    const value = values && isSmall(dims) ? join(values, axis, dims) : undefined;
    return [{ type: typeOf(application, 0), dims, value }];
  },
};

const total = (shapes: readonly (readonly number[])[], axis: number): number =>
  shapes.reduce((sum, dims) => sum + dims[axis], 0);

function same(shapes: readonly (readonly number[])[], axis: number, size: number): number {
  const other = shapes.find(dims => dims.length !== shapes[0].length || dims[axis] !== size);
  if (other) throw new Error(`cannot concatenate [${shapes[0]}] and [${other}]`);
  return size;
}

function join(values: readonly Tensor[], axis: number, dims: readonly number[]): Tensor {
  const lists = values.map(elementsOf);
  const rows = values.map(value => sizeOf(value.dims.slice(axis)));
  const joined = indices(sizeOf(dims.slice(0, axis))).flatMap(outer =>
    lists.flatMap((list, i) => list.slice(outer * rows[i], (outer + 1) * rows[i])),
  );
  return stored(values[0].type, dims, joined);
}
