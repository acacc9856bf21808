import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decodeNpz, type NdArray } from '@nads/dataset';
import { matrix, multiplyTransposed, Random, row, symmetricEigen } from '@nads/linalg';
import {
  attributes,
  floats,
  flatModel,
  node,
  parseInit,
  withFreshWeights,
  writeModel,
  type Model,
} from '@nads/onnx';
import { gradientModel, GradientRunner, MixedDerivative, mixedModel } from '@nads/probe';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { estimateMixed } from '../src/estimate/estimate-mixed.js';
import type { EstimateFlags } from '../src/estimate/options.js';
import { modelOf, network, value, weights } from './make-model.js';
import { complaint, done, model, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const small = folder.path('small.onnx');
writeFileSync(small, writeModel(network()));

/** Tanh behind a convolution of images of 1×4×4, whose second derivatives are not zero anywhere. */
const smooth = modelOf(
  [
    node(
      'Conv',
      ['x', 'kernel'],
      ['conv'],
      attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
    ),
    node('Tanh', ['conv'], ['tanh']),
    node('Flatten', ['tanh'], ['flat']),
    node('Gemm', ['flat', 'dense', 'bias'], ['y'], attributes({ transB: 1 })),
  ],
  { inputs: [value('x', ['N', 1, 4, 4])], initializers: { dense: weights(2, 48) } },
);
const smoothFile = folder.path('smooth.onnx');
writeFileSync(smoothFile, writeModel(smooth));

const point = Float32Array.from({ length: 16 }, (_, i) => Math.cos(i));
const direction = Float32Array.from({ length: 16 }, (_, i) => Math.sin(3 * i));

async function opened(original: Model) {
  const models = mixedModel(original, { seed: 1 });
  const [forward, backward] = [
    await nodeRuntime.createSession(models.forward.model),
    await nodeRuntime.createSession(models.backward.model),
  ];
  return new MixedDerivative({ forward, backward }, models);
}

/** Network number 0 of seed 1, whose weights the mixed derivative is taken at. */
const fresh = (): Model =>
  withFreshWeights(flatModel(smooth), parseInit('pytorch'), new Random(1).fork('network').fork(0));

/** ∇_x f · v at the point, with one weight moved. */
async function slope(name: string, at: number, by: number): Promise<number> {
  const moved = fresh();
  const { dims, data } = moved.graph.initializers.get(name)!;
  const values = Float32Array.from(data as Float32Array);
  values[at] += by;
  const initializers = new Map([...moved.graph.initializers, [name, floats(dims, values)]]);
  const derivative = gradientModel({ ...moved, graph: { ...moved.graph, initializers } });
  const session = await nodeRuntime.createSession(derivative.model);
  const { gradients } = await new GradientRunner(session, derivative).run(
    point,
    Float32Array.of(1, 0),
  );
  await session.release();
  return gradients.reduce((sum, g, i) => sum + g * direction[i], 0);
}

test('M v is what finite differences of gradients give', async () => {
  const step = 1e-2;
  const differences: number[] = [];
  for (const [name, size] of [
    ['fresh/kernel', 27],
    ['fresh/dense', 96],
  ] as const)
    for (let at = 0; at < size; at++)
      differences.push(
        ((await slope(name, at, step)) - (await slope(name, at, -step))) / (2 * step),
      );
  const mixed = await opened(smooth);
  // the last bias does not change the gradient
  expect(mixed.model.parameters).toBe(27 + 96);
  const product = (await mixed.times(point, direction)).flatMap(({ data }) =>
    Array.from(data as Float32Array),
  );
  const largest = Math.max(...differences.map(Math.abs));
  expect(largest).toBeGreaterThan(0.1);
  expectClose(product, differences, { rtol: 0, atol: 1e-3 * largest });
});

test('Mᵀ is the transpose of M', async () => {
  const mixed = await opened(smooth);
  const u = await mixed.times(point, direction);
  const other = Float32Array.from({ length: 16 }, (_, i) => i % 3);
  const v = await mixed.times(point, other);
  const inner = u.reduce(
    (sum, { data }, p) =>
      sum + (data as Float32Array).reduce((s, x, i) => s + x * (v[p].data as Float32Array)[i], 0),
    0,
  );
  const back = await mixed.transposedTimes(point, u);
  expectClose([back.reduce((sum, x, i) => sum + x * other[i], 0)], [inner], { rtol: 1e-5 });
});

test('of a linear model M v is v itself in the row of the output', async () => {
  const linear = modelOf(
    [
      node('Flatten', ['x'], ['flat']),
      node('Gemm', ['flat', 'dense', 'bias'], ['y'], attributes({ transB: 1 })),
    ],
    { inputs: [value('x', ['N', 1, 4, 4])], initializers: { dense: weights(2, 16) } },
  );
  const [product] = await (await opened(linear)).times(point, direction);
  expectClose(product.data as Float32Array, [...direction, ...direction.map(() => 0)], {
    rtol: 1e-6,
  });
});

const arraysOf = (out: string): Map<string, NdArray> =>
  decodeNpz(readFileSync(folder.path(out, 'nads.npz')));
const numbers = (array?: NdArray): number[] => Array.from(array!.data as Float64Array);
const run = (file: string, out: string, ...args: string[]) =>
  done('estimate', file, '--probe', 'mixed', '--seed', '1', '--out', folder.path(out), ...args);

test('eigenvectors are those of MᵀM, formed column by column', async () => {
  await run(smoothFile, 'smooth', '--save', '4');
  const arrays = arraysOf('smooth');
  const x0 = Float32Array.from(numbers(arrays.get('point')));
  const mixed = await opened(smooth);
  const columns = await Promise.all(
    Array.from({ length: 16 }, (_, i) =>
      mixed.gramTimes(
        x0,
        Float32Array.from({ length: 16 }, (__, j) => Number(i === j)),
      ),
    ),
  );
  const c = matrix(16, 16, Float64Array.from(columns.flatMap(column => [...column])));
  const { values, vectors } = symmetricEigen(c);
  expectClose(numbers(arrays.get('eigenvalues')), values.slice(0, 4), { rtol: 1e-4 });
  const nads = matrix(4, 16, Float64Array.from(numbers(arrays.get('nads'))));
  const products = multiplyTransposed(nads, vectors);
  expectClose(
    Array.from({ length: 4 }, (_, i) => Math.abs(row(products, i)[i])),
    [1, 1, 1, 1],
    { rtol: 0, atol: 1e-3 },
  );
});

test('a restricted basis gives directions in its span', async () => {
  await run(smoothFile, 'blocks', '--basis', 'blocks:2', '--save', '3');
  const nads = numbers(arraysOf('blocks').get('nads'));
  expect(nads).toHaveLength(48);
  for (let at = 0; at < 48; at += 16)
    for (const corner of [0, 2, 8, 10])
      expect(nads.slice(at)[corner + 5]).toBeCloseTo(nads.slice(at)[corner], 6);
});

describe('a result', () => {
  let said = '';
  beforeAll(async () => {
    said = (await run(small, 'small', '--save', '5', '--workers', '1')).stderr;
  });

  test('has the files and arrays of every estimate', () => {
    expect(readdirSync(folder.path('small'))).toEqual([
      'gallery.png',
      'gallery.svg',
      'nads.json',
      'nads.npz',
      'run.json',
      'spectrum.svg',
    ]);
    const shapes = [...arraysOf('small')].map(([name, { shape }]) => [name, shape]);
    expect(shapes).toEqual([
      ['nads', [5, 64]],
      ['eigenvalues', [5]],
      ['standard_errors', [5]],
      ['point', [1, 8, 8]],
    ]);
    expect(JSON.parse(readFileSync(folder.path('small', 'nads.json'), 'utf8'))).toMatchObject({
      networks: 1,
      settings: { probe: 'mixed', seed: 1, step: null, symmetry: 'none' },
      lanczos: { converged: true },
    });
    expect(said).toMatch(/^probe +mixed derivative by 411 parameters and the image, one network/m);
  });

  test('is the same to the byte for any number of workers', async () => {
    await run(small, 'two', '--save', '5', '--workers', '2');
    for (const name of readdirSync(folder.path('small')))
      expect(readFileSync(folder.path('two', name))).toEqual(
        readFileSync(folder.path('small', name)),
      );
  });

  test('is compared with what other probes found, and each is named', async () => {
    const gradient = ['--probe', 'gradient', '--networks', '4', '--out', folder.path('gradient')];
    await done('estimate', small, ...gradient);
    await done('estimate', small, '--networks', '4', '--step', '2', '--out', folder.path('secant'));
    const compared = (a: string, b: string, ...args: string[]) =>
      done('compare', folder.path(a), folder.path(b), '--top', '1,5', ...args);
    const { stdout } = await compared('small', 'gradient');
    expect(stdout).toMatch(/^a: .*small \(mixed derivative\)\nb: .*gradient \(exact gradients\)$/m);
    expect(stdout).toMatch(/^ +5 +0\.\d{4} +[\d.]+° +[\d.]+° +[\d.]+°$/m);
    const { probe } = JSON.parse((await compared('secant', 'gradient', '--json')).stdout);
    expect(probe).toEqual({ a: 'secants of step 2', b: 'exact gradients' });
  });
});

const options: EstimateFlags = {
  out: folder.path('never'),
  points: 1,
  top: 10,
  maxNetworks: 1000,
  quiet: true,
};

test.each([
  [{ networks: 3 }, /^`networks`: a mixed derivative is of one network/],
  [{ until: 0.9 }, /^`until`:/],
  [{ step: 1 }, /^`step`:/],
  [{ save: 99_999 }, /`save`: 99999 is too large: there are \d+ directions/],
  [{ tails: 2 }, /^`tails`:/],
  [{ further: 2 }, /^`further`:/],
  [{ local: 'none' }, /^`local`:/],
  [{ resume: true }, /^`resume`:/],
  [{ head: 'marginalised' }, /^`head`:/],
] as const)('%p is refused', async (setting, message) => {
  await expect(estimateMixed(model('lenet'), { ...options, ...setting })).rejects.toThrow(message);
});

test('a model without weights is refused in one line', async () => {
  const bare = folder.path('bare.onnx');
  const nodes = [node('Flatten', ['x'], ['flat']), node('Tanh', ['flat'], ['y'])];
  writeFileSync(bare, writeModel(modelOf(nodes)));
  const line = await complaint('estimate', bare, '--probe', 'mixed', '--out', folder.path('never'));
  expect(line).toMatch(/bare.onnx: no layer with weights was found, so there is nothing to draw$/);
});
