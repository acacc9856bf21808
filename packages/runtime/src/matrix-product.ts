import { matrix, type Matrix } from '@nads/linalg';
import { node, writeModel, type Model } from '@nads/onnx';
import type { Runtime } from './session.js';

/**
 * The product of two double-precision matrices as a MatMul of the runtime, all threads at work:
 * many times faster than plain JavaScript.
 */
export async function matrixProduct(
  runtime: Runtime,
): Promise<(a: Matrix, b: Matrix) => Promise<Matrix>> {
  const session = await runtime.createSession(writeModel(product));
  return async (a, b) => {
    const { c } = await session.run({ a: double(a), b: double(b) });
    return matrix(a.rows, b.columns, c.data as Float64Array);
  };
}

const double = ({ rows, columns, data }: Matrix) => ({
  type: 'float64' as const,
  dims: [rows, columns],
  data,
});

const value = (name: string) => ({ name, type: 'float64' as const, dims: [undefined, undefined] });

const product: Model = {
  irVersion: 8,
  opsets: new Map([['', 13]]),
  producer: { name: 'nads', version: '' },
  functions: [],
  graph: {
    name: 'product',
    nodes: [node('MatMul', ['a', 'b'], ['c'])],
    inputs: [value('a'), value('b')],
    outputs: [value('c')],
    initializers: new Map(),
    valueInfo: [],
  },
};
