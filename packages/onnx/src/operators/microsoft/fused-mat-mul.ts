import { getFloat, getInt } from '../../attribute.js';
import type { Operator } from '../../operator.js';
import { dimsOf, typeOf, Unknown } from '../../shapes/application.js';
import { productDims } from '../../shapes/product-dims.js';

/** α·A′B′ over the last two axes, where A′ and B′ are the operands or their transposes. */
export const fusedMatMul: Operator = {
  name: 'FusedMatMul',
  domain: 'com.microsoft',
  inputs: [2, 2],
  decompose: ({ node, inputs: [a, b], g }) => {
    const turned = (x: string, name: string) =>
      getInt(node, name, 0) && g.dims(x).length > 1 ? g.transposeMatrices(x) : x;
    return [g.mul(g.matMul(turned(a, 'transA'), turned(b, 'transB')), getFloat(node, 'alpha', 1))];
  },
  infer: application => {
    const { node } = application;
    if (getInt(node, 'transBatchA', 0) || getInt(node, 'transBatchB', 0))
      throw new Unknown('transposed batches');
    const left = oriented(dimsOf(application, 0), getInt(node, 'transA', 0));
    const right = oriented(dimsOf(application, 1), getInt(node, 'transB', 0));
    return [{ type: typeOf(application, 0), dims: productDims(left, right) }];
  },
};

const oriented = (dims: readonly number[], transposed: number): readonly number[] =>
  transposed && dims.length > 1 ? [...dims.slice(0, -2), dims.at(-1)!, dims.at(-2)!] : dims;
