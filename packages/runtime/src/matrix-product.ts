import { matrix, type Matrix, type MatrixProduct } from '@nads/linalg';
import { attributes, node, writeModel, type DataType, type Model, type Node } from '@nads/onnx';
import { float32, type Runtime, type Session } from './session.js';

/**
 * a · b in double precision as a MatMul of the runtime, all threads at work unless said otherwise:
 * many times faster than plain JavaScript.
 */
export async function matrixProduct(runtime: Runtime, threads?: number): Promise<MatrixProduct> {
  const session = await runtime.createSession(
    writeModel(model([node('MatMul', ['a', 'b'], ['c'])], ['a', 'b'])),
    { threads },
  );
  return (a, b) => run(session, { a, b }, a.rows, b.columns);
}

/** a · aᵀ in double precision as a Gemm of the runtime. */
export async function gramProduct(
  runtime: Runtime,
  threads?: number,
): Promise<(a: Matrix) => Promise<Matrix>> {
  const gemm = node('Gemm', ['a', 'a'], ['c'], attributes({ transB: 1 }));
  const session = await runtime.createSession(writeModel(model([gemm], ['a'])), { threads });
  return a => run(session, { a }, a.rows, a.rows);
}

/** a · bᵀ of rows in single precision [n × size] and [m × size], worked out in double precision: [n × m]. */
export type RowProduct = (a: Float32Array, b: Float32Array, size: number) => Promise<Matrix>;

/** Products of rows as a Gemm of the runtime, all threads at work unless said otherwise. */
export async function rowProduct(runtime: Runtime, threads?: number): Promise<RowProduct> {
  const wide = (name: string): Node =>
    node('Cast', [name], [`wide/${name}`], attributes({ to: 11 }));
  const gemm = node('Gemm', ['wide/a', 'wide/b'], ['c'], attributes({ transB: 1 }));
  const nodes = [wide('a'), wide('b'), gemm];
  const session = await runtime.createSession(writeModel(model(nodes, ['a', 'b'], 'float32')), {
    threads,
  });
  return async (a, b, size) => {
    const [n, m] = [a.length / size, b.length / size];
    const { c } = await session.run({ a: float32(a, [n, size]), b: float32(b, [m, size]) });
    return matrix(n, m, c.data as Float64Array);
  };
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

const value = (name: string, type: DataType) => ({ name, type, dims: [undefined, undefined] });

const model = (
  nodes: readonly Node[],
  inputs: readonly string[],
  type: DataType = 'float64',
): Model => ({
  irVersion: 8,
  opsets: new Map([['', 13]]),
  producer: { name: 'nads', version: '' },
  functions: [],
  graph: {
    name: 'product',
    nodes,
    inputs: inputs.map(name => value(name, type)),
    outputs: [value('c', 'float64')],
    initializers: new Map(),
    valueInfo: [],
  },
});
