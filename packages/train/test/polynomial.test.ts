import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { input, model, type LayersModel } from '@tensorflow/tfjs-layers';
import { Random } from '@nads/linalg';
import { floats, type Tensor as OnnxTensor } from '@nads/onnx';
import { expectClose } from '@nads/testing';
import { fromOnnx, toOnnx } from '../src/index.js';
import { polynomial, type PolynomialOptions } from '../src/layers/index.js';
import { chooseBackend } from '../src/node/index.js';

beforeAll(async () => {
  await chooseBackend('wasm');
});

/** A polynomial of two variables: coefficients by their exponents 'i,j'. */
type Terms = ReadonlyMap<string, number>;

const variables: readonly Terms[] = [new Map([['1,0', 1]]), new Map([['0,1', 1]])];
const constant = (c: number): Terms => new Map([['0,0', c]]);

function sum(...all: readonly Terms[]): Terms {
  const result = new Map<string, number>();
  for (const terms of all)
    for (const [key, c] of terms) result.set(key, (result.get(key) ?? 0) + c);
  return result;
}

function times(a: Terms, b: Terms): Terms {
  const all = [...a].flatMap(([first, c]) =>
    [...b].map(([second, d]): Terms => {
      const [[i, j], [k, l]] = [first, second].map(key => key.split(',').map(Number));
      return new Map([[`${i + k},${j + l}`, c * d]]);
    }),
  );
  return sum(...all);
}

const valueAt = (terms: Terms, [x, y]: readonly number[]): number =>
  [...terms].reduce((total, [key, c]) => {
    const [i, j] = key.split(',').map(Number);
    return total + c * x ** i * y ** j;
  }, 0);

type Weights = ReadonlyMap<string, OnnxTensor>;

/** W x + b of polynomials, W [outputs, inputs]. */
function mapped(weights: Weights, name: string, x: readonly Terms[]): Terms[] {
  const { dims, data } = weights.get(`${name}.weight`)!;
  const bias = weights.get(`${name}.bias`)?.data;
  return Array.from({ length: dims[0] }, (_, i) =>
    sum(
      constant(Number(bias?.[i] ?? 0)),
      ...x.map((one, j) => times(constant(Number(data[i * dims[1] + j])), one)),
    ),
  );
}

/** The recursions as the paper has them, on polynomials instead of numbers. */
function expanded(weights: Weights, { recursion, degree }: PolynomialOptions): Terms[] {
  const isCcp = recursion === 'ccp';
  const ofInput = (n: number) => mapped(weights, `p.${isCcp ? 'U' : 'A'}.${n}`, variables);
  const factors = weights.get('p.c.0.weight')?.data;
  let x = ofInput(0).map((one, i) => times(constant(Number(factors?.[i] ?? 1)), one));
  for (let n = 1; n < degree; n++) {
    const inner = isCcp ? x : mapped(weights, `p.S.${n - 1}`, x);
    const skip =
      recursion === 'ncp-skip' ? mapped(weights, `p.V.${n - 1}`, x) : isCcp ? x : undefined;
    x = ofInput(n).map((one, i) => sum(times(one, inner[i]), skip?.[i] ?? new Map()));
  }
  return mapped(weights, 'p.C', x);
}

function randomised(layers: LayersModel): Weights {
  const random = new Random('weights');
  const weights = new Map(
    [...toOnnx(layers).graph.initializers].map(([name, { dims, data }]) => {
      const values = new Float32Array(data.length);
      random.fillNormal(values, 0, 0.7);
      return [name, floats(dims, values)] as const;
    }),
  );
  fromOnnx(layers, weights);
  return weights;
}

const recursions = ['ccp', 'ncp', 'ncp-skip'] as const;

test.each(recursions.flatMap(name => [2, 3, 4, 5].map(degree => [name, degree] as const)))(
  'the recursion %s of degree %i is its polynomial, expanded term by term',
  (recursion, degree) => {
    const options = { recursion, degree, width: 3, outputs: 2 };
    const z = input({ shape: [2], name: 'x' });
    const layers = model({ inputs: z, outputs: polynomial(z, 'p', options) });
    const terms = expanded(randomised(layers), options);
    const degrees = terms.flatMap(one =>
      [...one.keys()].map(key => key.split(',').reduce((total, power) => total + Number(power), 0)),
    );
    expect(Math.max(...degrees)).toBe(degree);
    const points = [
      [0.5, -1],
      [1.5, 0.25],
      [-2, 1],
    ];
    const found = (layers.predict(tensor(points)) as Tensor).dataSync<'float32'>();
    const expected = points.flatMap(point => terms.map(one => valueAt(one, point)));
    expectClose(found, expected, { rtol: 1e-5, atol: 1e-5 });
  },
);

test('a degree below 2 is refused', () => {
  const z = input({ shape: [2], name: 'x' });
  expect(() => polynomial(z, 'p', { recursion: 'ccp', degree: 1, width: 3, outputs: 2 })).toThrow(
    "a polynomial 'p' of degree 1; at least 2",
  );
});
