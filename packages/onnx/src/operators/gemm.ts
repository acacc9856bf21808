import { float, getFloat, getInt } from '../attribute.js';
import type { Value } from '../algebra/builder.js';
import { dimsOf, typeOf } from '../shapes/application.js';
import type { Operator } from '../operator.js';
import { rewritten } from '../upgrades/rewritten.js';

/** α·A′B′ + β·C, where A′ and B′ are the operands or their transposes. */
export const gemm: Operator = {
  name: 'Gemm',
  upgrade: {
    since: 7,
    rewrite: ({ node }) => [rewritten(node, { without: ['broadcast'] })],
  },
  gradient: ({ node, inputs: [a, b, c], g }, [dy]) => {
    const alpha = float(getFloat(node, 'alpha', 1));
    const [transA, transB] = [getInt(node, 'transA', 0), getInt(node, 'transB', 0)];
    const times = (left: Value, right: Value, leftTurned: number, rightTurned: number) =>
      g.op('Gemm', [left, right], { alpha, transA: leftTurned, transB: rightTurned });
    return [
      () => (transA ? times(b, dy!, transB, 1) : times(dy!, b, 0, 1 - transB)),
      () => (transB ? times(dy!, a, 1, transA) : times(a, dy!, 1 - transA, 0)),
      () => {
        const beta = getFloat(node, 'beta', 1);
        return g.unbroadcast(beta === 1 ? dy! : g.mul(dy!, beta), c);
      },
    ];
  },
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
