import { getInt } from '../attribute.js';
import { dimsOf, typeOf, type Operator } from './operator.js';

/** α·A′B′ + β·C, where A′ and B′ are the operands or their transposes. */
export const gemm: Operator = {
  name: 'Gemm',
  infer: application => {
    const { node } = application;
    const [rows, inner] = oriented(dimsOf(application, 0), getInt(node, 'transA', 0));
    const [other, columns] = oriented(dimsOf(application, 1), getInt(node, 'transB', 0));
    if (inner !== other)
      throw new Error(`cannot multiply [${rows}, ${inner}] by [${other}, ${columns}]`);
    return [{ type: typeOf(application, 0), dims: [rows, columns] }];
  },
};

const oriented = ([rows, columns]: readonly number[], transposed: number): readonly number[] =>
  transposed ? [columns, rows] : [rows, columns];
