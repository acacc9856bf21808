import { broadcast } from './broadcast.js';

/** Dims of NumPy's matmul: the last two axes multiply, the others broadcast. @throws where inner sizes differ. */
export function productDims(a: readonly number[], b: readonly number[]): number[] {
  if (a.length === 0 || b.length === 0) throw new Error('cannot multiply a scalar');
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  if (left.at(-1) !== right.at(-2)) throw new Error(`cannot multiply [${a}] by [${b}]`);
  const outer = broadcast([left.slice(0, -2), right.slice(0, -2)]);
  const rows = a.length === 1 ? [] : [left.at(-2)!];
  const columns = b.length === 1 ? [] : [right.at(-1)!];
  return [...outer, ...rows, ...columns];
}
