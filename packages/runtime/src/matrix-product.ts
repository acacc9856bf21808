import { matrix, plainProduct, type Matrix, type MatrixProduct } from '@nads/linalg';
import { attributes, node, writeModel } from '@nads/onnx';
import { productModel } from './product-model.js';
import type { Runtime, Session } from './session.js';

/**
 * a · b in double precision: as a MatMul of the runtime, all threads at work unless said otherwise, many times faster than plain JavaScript
 * where matrices are large; as `plainProduct` where that is faster.
 */
export async function matrixProduct(runtime: Runtime, threads?: number): Promise<MatrixProduct> {
  if (runtime.slowDoubles) return plainProduct;
  const session = await (runtime.double ?? runtime).createSession(
    writeModel(productModel([node('MatMul', ['a', 'b'], ['c'])], ['a', 'b'])),
    { threads },
  );
  return (a, b) => run(session, { a, b }, a.rows, b.columns);
}

/** a · aᵀ in double precision as a Gemm of the runtime; undefined where `addGram` is faster. */
export async function gramProduct(
  runtime: Runtime,
  threads?: number,
): Promise<((a: Matrix) => Promise<Matrix>) | undefined> {
  if (runtime.slowDoubles) return undefined;
  const gemm = node('Gemm', ['a', 'a'], ['c'], attributes({ transB: 1 }));
  const session = await (runtime.double ?? runtime).createSession(
    writeModel(productModel([gemm], ['a'])),
    { threads },
  );
  return a => run(session, { a }, a.rows, a.rows);
}

async function run(
  session: Session,
  inputs: Readonly<Record<string, Matrix>>,
  rows: number,
  columns: number,
): Promise<Matrix> {
  const values = Object.fromEntries(Object.entries(inputs).map(([name, a]) => [name, double(a)]));
  const { c } = await session.run(values);
  return matrix(rows, columns, c.data as Float64Array);
}

const double = ({ rows, columns, data }: Matrix) => ({
  type: 'float64' as const,
  dims: [rows, columns],
  data,
});
