import { broadcast } from './broadcast.js';
import { dimsOf, typeOf, type Operator } from './operator.js';

/** The matrix product over the last two axes, broadcast over the others (NumPy's matmul). */
export const matMul: Operator = {
  name: 'MatMul',
  infer: application => {
    const dims = productDims(dimsOf(application, 0), dimsOf(application, 1));
    return [{ type: typeOf(application, 0), dims }];
  },
};

function productDims(a: readonly number[], b: readonly number[]): number[] {
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  if (left.at(-1) !== right.at(-2)) throw new Error(`cannot multiply [${a}] by [${b}]`);
  const outer = broadcast(left.slice(0, -2), right.slice(0, -2));
  const rows = a.length === 1 ? [] : [left.at(-2)!];
  const columns = b.length === 1 ? [] : [right.at(-1)!];
  return [...outer, ...rows, ...columns];
}
