import { matrix, plainProduct, Random, transpose } from '@nads/linalg';
import { attributes, floats, node, writeModel, type Model, type Tensor } from '@nads/onnx';
import { float32, gramProduct, type Runtime } from '@nads/runtime';
import { contentHash } from '../data/content-hash.js';

/**
 * A fingerprint of what this machine makes of a few thousand sums and functions. Runtimes choose their code by the processor: machines with
 * another fingerprint get other last digits, and with them other files.
 */
export async function arithmetic(runtime: Runtime): Promise<string> {
  const parts = [await network(runtime), await doubles(runtime), functions()];
  return contentHash(parts.map(contentHash).join()).slice(0, 12);
}

const random = () => new Random('arithmetic');

/** Convolutions, a product, sums and functions in single precision. */
async function network(runtime: Runtime): Promise<Uint8Array> {
  const session = await runtime.createSession(writeModel(model()), { threads: 1 });
  try {
    const x = new Float32Array(3 * side * side);
    random().fillNormal(x, 0, 1);
    const outputs = await session.run({ x: float32(x, [1, 3, side, side]) });
    return joined(Object.values(outputs).map(({ data }) => data as Float32Array));
  } finally {
    await session.release();
  }
}

const side = 16;
const channels = 24;

function model(): Model {
  const same = attributes({ pads: [1, 1, 1, 1] });
  const nodes = [
    node('Conv', ['x', 'first'], ['a'], same),
    node('Tanh', ['a'], ['b']),
    node('Conv', ['b', 'second'], ['c'], same),
    node('Sigmoid', ['c'], ['d']),
    node('AveragePool', ['d'], ['e'], attributes({ kernel_shape: [3, 3], strides: [2, 2] })),
    node('Flatten', ['e'], ['f']),
    node('MatMul', ['f', 'third'], ['g']),
    node('Erf', ['g'], ['h']),
    node('Exp', ['h'], ['i']),
    node('Softmax', ['g'], ['j']),
    node('Log', ['i'], ['k']),
    node('Sqrt', ['i'], ['l']),
  ];
  const pooled = channels * 7 ** 2;
  const initializers = new Map([
    ['first', normal('first', [channels, 3, 3, 3])],
    ['second', normal('second', [channels, channels, 3, 3])],
    ['third', normal('third', [pooled, 65])],
  ]);
  const value = (name: string) => ({ name, type: 'float32' as const });
  return {
    irVersion: 8,
    opsets: new Map([['', 13]]),
    producer: { name: 'nads', version: '' },
    functions: [],
    graph: {
      name: 'arithmetic',
      nodes,
      inputs: [{ ...value('x'), dims: [1, 3, side, side] }],
      outputs: ['d', 'g', 'j', 'k', 'l'].map(value),
      initializers,
      valueInfo: [],
    },
  };
}

function normal(name: string, dims: readonly number[]): Tensor {
  const data = new Float32Array(dims.reduce((a, b) => a * b));
  random().fork(name).fillNormal(data, 0, 0.1);
  return floats(dims, data);
}

/** a · aᵀ in double precision. */
async function doubles(runtime: Runtime): Promise<Uint8Array> {
  const data = new Float64Array(37 * 129);
  random().fork('doubles').fillNormal(data, 0, 1);
  const a = matrix(37, 129, data);
  const gram = await gramProduct(runtime, 1);
  const product = gram?.(a) ?? plainProduct(a, transpose(a));
  return joined([(await product).data]);
}

/** Functions of the language. */
function functions(): Uint8Array {
  const { exp, log, sin, cos, tan, tanh, pow, cbrt, atan2, hypot, expm1, log1p, log2 } = Math;
  const points = Float64Array.from({ length: 256 }, (_, i) => (i + 0.5) / 16);
  const of = [exp, log, sin, cos, tan, tanh, cbrt, expm1, log1p, log2].map(f => points.map(f));
  const ofTwo = [pow, atan2, hypot].map(f => points.map((x, i) => f(x, points[255 - i] / 8)));
  return joined([...of, ...ofTwo]);
}

function joined(arrays: readonly (Float32Array | Float64Array)[]): Uint8Array {
  return Buffer.concat(
    arrays.map(
      ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
    ),
  );
}
