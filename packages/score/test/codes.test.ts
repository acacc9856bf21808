import { fromRows } from '@nads/linalg';
import { attributes, floats, node, type Model, type Tensor } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { codeKernel, codeModel, logDeterminant, scoredNetwork } from '../src/index.js';
import { fourImages, smallModel, uneven } from './small-model.js';

const kernelOf = async (model: Model, images = fourImages, batch = 4) => {
  const codes = codeModel(scoredNetwork(model, { batch }));
  return codeKernel(await nodeRuntime.createSession(codes.model), codes, images);
};

const flatten = node('Flatten', ['x'], ['flat']);
const linear = (from: string, weight: string, to: string) =>
  node('Gemm', [from, weight], [to], attributes({ transB: 1 }));
const bound = (value: number): Tensor => floats([], [value]);

test('pixels as units: K is what one counts by hand', async () => {
  const model = smallModel([flatten, node('Relu', ['flat'], ['y'])]);
  const { kernel, units } = await kernelOf(model);
  expect(units).toBe(4);
  expect(kernel).toEqual(
    fromRows([
      [4, 3, 2, 0],
      [3, 4, 3, 1],
      [2, 3, 4, 2],
      [0, 1, 2, 4],
    ]),
  );
});

test('the score is log |det K|, which is by hand log 15', () => {
  const kernel = fromRows([
    [4, 1],
    [1, 4],
  ]);
  const found = logDeterminant(kernel);
  expect(found.value).toBeCloseTo(Math.log(15), 14);
  expect(found).toMatchObject({ rank: 2, equal: [] });
  expect(found.smallestEigenvalue).toBeCloseTo(3, 14);
});

test('every execution of every activation counts, others do not', async () => {
  const nodes = [
    node('Relu', ['x'], ['a']),
    node('Relu', ['a'], ['b']), // of what is positive: on where a is
    node('LeakyRelu', ['x'], ['c']),
    node('PRelu', ['x', 'slope'], ['d']),
    node('Clip', ['x', 'zero', 'six'], ['e']),
    node('Clip', ['x', 'minus', 'six'], ['f']),
    node('Sigmoid', ['x'], ['g']),
    node('Relu', ['x'], ['nobody reads this']),
    node('Sum', ['b', 'c', 'd', 'e', 'f', 'g'], ['y']),
  ];
  const weights = { slope: bound(0.25), zero: bound(0), six: bound(6), minus: bound(-1) };
  const { kernel, units } = await kernelOf(smallModel(nodes, weights));
  expect(units).toBe(5 * 4);
  expect([...kernel.data.subarray(0, 4)]).toEqual([20, 15, 10, 0]);
});

test('a unit at exactly 0 is off', async () => {
  const images = Float32Array.from([0, 1, 1, 1, 1e-20, 1, 1, 1]);
  const { kernel } = await kernelOf(smallModel([node('Relu', ['x'], ['y'])]), images, 2);
  expect([...kernel.data]).toEqual([4, 3, 3, 4]);
});

const permutedNetwork = (order: readonly number[]): Model => {
  const [first, second] = [uneven(5, 4), uneven(3, 5)];
  const rows = order.flatMap(unit => [
    ...(first.data as Float32Array).subarray(4 * unit, 4 * unit + 4),
  ]);
  const columns = [0, 1, 2].flatMap(row => order.map(unit => Number(second.data[5 * row + unit])));
  return smallModel(
    [
      flatten,
      linear('flat', 'w', 'a'),
      node('Relu', ['a'], ['b']),
      linear('b', 'v', 'c'),
      node('Relu', ['c'], ['y']),
    ],
    { w: floats([5, 4], rows), v: floats([3, 5], columns) },
  );
};

test('the order of units does not matter', async () => {
  const plain = await kernelOf(permutedNetwork([0, 1, 2, 3, 4]));
  expect(plain.units).toBe(8);
  expect(new Set(plain.kernel.data).size).toBeGreaterThan(2);
  expect(await kernelOf(permutedNetwork([3, 1, 4, 0, 2]))).toEqual(plain);
});

test('a singular kernel names the images of equal codes and has the score −∞', async () => {
  const images = Float32Array.from([...fourImages.subarray(0, 12), ...fourImages.subarray(0, 4)]);
  const { kernel } = await kernelOf(smallModel([node('Relu', ['x'], ['y'])]), images);
  expect(logDeterminant(kernel)).toMatchObject({ value: -Infinity, rank: 3, equal: [[0, 3]] });
});

test('a kernel may be singular without equal codes', () => {
  // two units cannot tell four images apart, yet no two are alike
  const codes = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  const agree = (a: number[], b: number[]): number => a.filter((bit, i) => bit === b[i]).length;
  const kernel = fromRows(codes.map(a => codes.map(b => agree(a, b))));
  expect(logDeterminant(kernel)).toMatchObject({ value: -Infinity, rank: 3, equal: [] });
});

test('no activation, a fixed batch and numbers that are not finite are told', async () => {
  const linearOnly = smallModel([flatten, linear('flat', 'w', 'y')], { w: uneven(2, 4) });
  await expect(kernelOf(linearOnly)).rejects.toThrow(
    'no activation whose units are on or off was found (Relu, Clip from 0, LeakyRelu, PRelu)',
  );
  const fixed = smallModel(
    [
      node('Relu', ['x'], ['a']),
      node('Transpose', ['a'], ['y'], attributes({ perm: [1, 0, 2, 3] })),
    ],
    {},
    { batch: 2 },
  );
  await expect(kernelOf(fixed)).rejects.toThrow(
    /takes 2 image\(s\) at a time .*; give a batch of 2/,
  );
  const images = Float32Array.from(fourImages, (x, i) => (i === 5 ? NaN : x));
  await expect(kernelOf(smallModel([node('Relu', ['x'], ['y'])]), images)).rejects.toThrow(
    "gives NaN at the input of 'y'",
  );
});
