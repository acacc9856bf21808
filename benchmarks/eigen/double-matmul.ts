import type { Matrix, MatrixProduct } from '@nads/linalg';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const text = (value: string): Buffer => Buffer.from(value, 'utf8');
/** One protobuf field of bytes; everything here is shorter than 128 bytes. */
const field = (number: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([(number << 3) | 2, content.length]), content]);
};
const integer = (number: number, value: number): Buffer => Buffer.from([number << 3, value]);

const double = 11;
const axis = (name: string): Buffer => field(1, field(2, text(name)));
const value = (name: string, rows: string, columns: string): Buffer =>
  Buffer.concat([
    field(1, text(name)),
    field(2, field(1, integer(1, double), field(2, axis(rows), axis(columns)))),
  ]);

/** An ONNX model of one node, c = MatMul(a, b), in double precision and for any sizes. */
function matMulModel(): Buffer {
  const node = field(
    1,
    field(1, text('a')),
    field(1, text('b')),
    field(2, text('c')),
    field(4, text('MatMul')),
  );
  const values = [
    field(11, value('a', 'M', 'K')),
    field(11, value('b', 'K', 'N')),
    field(12, value('c', 'M', 'N')),
  ];
  const graph = field(7, node, field(2, text('product')), ...values);
  return Buffer.concat([integer(1, 8), graph, field(8, field(1), integer(2, 13))]);
}

const tensor = (a: Matrix): Tensor => new Tensor('float64', a.data, [a.rows, a.columns]);

/** Matrix products on onnxruntime, as the `multiply` of `leadingEigen`. */
export async function doubleMatMul(): Promise<MatrixProduct> {
  const session = await InferenceSession.create(matMulModel());
  return async (a, b) => {
    const { c } = await session.run({ a: tensor(a), b: tensor(b) });
    return { rows: a.rows, columns: b.columns, data: c.data as Float64Array };
  };
}
