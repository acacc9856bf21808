import { matrix, Random, symmetricEigenvalues, type Matrix } from '@nads/linalg';
import { attributes, node, readModel, type Model } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { readFileSync } from 'node:fs';
import { addCovariance } from '../src/estimator/accumulate/add-covariance.js';
import { averageSums } from '../src/estimator/accumulate/average-sums.js';
import { headVectors } from '../src/estimator/accumulate/head-vectors.js';
import { partBlocks } from '../src/estimator/accumulate/part-blocks.js';
import type { SymmetryBlock } from '../src/estimator/accumulate/symmetry-blocks.js';
import { emptyTally } from '../src/estimator/accumulate/tally.js';
import { sample } from '../src/estimator/accumulate/sample.js';
import { directions } from '../src/estimator/directions/directions.js';
import { partCorrection } from '../src/estimator/directions/part-correction.js';
import { dryRun } from '../src/estimator/dry-run.js';
import { NetworkProbe } from '../src/estimator/network-probe.js';
import { centralPixels } from '../src/estimator/plan/central-pixels.js';
import type { EstimateOptions } from '../src/estimator/plan/estimate-options.js';
import type { Plan } from '../src/estimator/plan/plan.js';
import { prepare } from '../src/estimator/plan/prepare.js';
import { imageBinding } from '../src/estimator/secants/image-binding.js';
import { secants } from '../src/estimator/secants/secants.js';
import { linearLayer, linearWeights, smallModel, uneven } from './small-model.js';

// Further networks, which are probed in the middle of the image only.

/** A convolution whose features are means over all of its places. */
const averaged = (size: number, pool = 'GlobalAveragePool'): Model =>
  smallModel({
    image: { channels: 1, height: size, width: size },
    nodes: [
      node('Conv', ['x', 'k'], ['c'], attributes({ pads: [1, 1, 1, 1], strides: [2, 2] })),
      node('Relu', ['c'], ['r']),
      pool === 'MaxPool'
        ? node(pool, ['r'], ['p'], attributes({ kernel_shape: [size / 2, size / 2] }))
        : node(
            pool,
            ['r'],
            ['p'],
            pool === 'ReduceMean' ? attributes({ axes: [2, 3] }) : new Map(),
          ),
      node('Flatten', ['p'], ['flat']),
      linearLayer('flat', 'last', 'y'),
    ],
    weights: { k: uneven(6, 1, 3, 3), ...linearWeights('last', 3, 6) },
  });
const model = averaged(8);
const options: EstimateOptions = { seed: 3, symmetry: 'none' };

async function tallyOf(plan: Plan, networks: number) {
  const probe = new NetworkProbe(plan, nodeRuntime);
  const tally = emptyTally(probe.blocks);
  const contribution = (index: number) => probe.contribution(index);
  await sample(tally, { contribution, ahead: 1, most: networks });
  return { probe, tally };
}

describe('the correction', () => {
  const types: SymmetryBlock[] = [{ name: '', size: 2, parts: [rowsOf(2)] }];
  const blocks = [...types, ...partBlocks(types, Uint32Array.of(0))];

  test('carries what a part has more over to what goes along with it', () => {
    const c = matrix(2, 2, Float64Array.of(2, 1, 1, 5));
    const d = matrix(1, 1, Float64Array.of(0.4));
    const [corrected] = partCorrection([c, d], blocks)([c, d]);
    // B = [1, 1/2]
    expectClose(corrected.data, [2.4, 1.2, 1.2, 5.1], { rtol: 1e-3 });
  });

  test('leaves averages without parts as they are', () => {
    const c = matrix(2, 2, Float64Array.of(2, 1, 1, 5));
    expect(partCorrection([c], types)([c])).toEqual([c]);
  });

  test('makes no eigenvalue negative, even where a part vanishes', () => {
    const n = 12;
    const whole: SymmetryBlock[] = [{ name: '', size: n, parts: [rowsOf(n)] }];
    const some = Uint32Array.of(2, 3, 7, 8);
    const all = [...whole, ...partBlocks(whole, some)];
    const c = wishart(n, 6);
    const d = matrix(4, 4);
    for (const [i, a] of some.entries())
      for (const [j, b] of some.entries()) d.data[i * 4 + j] = -c.data[a * n + b];
    const [corrected] = partCorrection([c, d], all)([c, d]);
    expect(symmetricEigenvalues(corrected).at(-1)).toBeGreaterThan(-1e-9 * n);
    expect(corrected.data[2 * n + 2]).toBeLessThan(0.01 * c.data[2 * n + 2]);
  });

  test('of nothing is nothing', () => {
    const [c, d] = [matrix(2, 2), matrix(1, 1)];
    expect([...partCorrection([c, d], blocks)([c, d])[0].data]).toEqual([0, 0, 0, 0]);
  });
});

test('where they are probed along everything, they are networks like the others', async () => {
  const { plan } = prepare(model, { ...options, further: 2 });
  const everything = Uint32Array.from({ length: 64 }, (_, i) => i);
  const networks = 24;
  const { probe, tally } = await tallyOf(
    { ...plan, further: { count: 2, directions: everything } },
    networks,
  );
  const average = averageSums(tally.groups, networks);
  const [corrected] = partCorrection(average, probe.blocks)(average);
  const all = [matrix(64, 64)];
  for (let index = 0; index < networks; index++)
    for (const number of [index, { index, further: 0 }, { index, further: 1 }])
      await probe.networks.withBody(number, [], async body => {
        const [point] = plan.points;
        const { basis } = probe;
        const phi = await secants(body, {
          binding: imageBinding(plan),
          basis,
          point,
          step: plan.step,
        });
        const { vectors, scale } = headVectors(phi, 6, plan.head);
        await addCovariance(all, probe.blocks.slice(0, 1), vectors, 6, scale);
      });
  const [expected] = averageSums([all], 3 * networks);
  const scale = Math.max(...expected.data);
  expectClose(corrected.data, expected.data, { rtol: 1e-3, atol: 1e-3 * scale });
});

test('a network adds the same beside its further ones as without them', async () => {
  const contribution = async (further: number) => {
    const { plan } = prepare(model, { ...options, symmetry: 'auto', further });
    return new NetworkProbe(plan, nodeRuntime).contribution(2);
  };
  const [without, with3] = [await contribution(0), await contribution(3)];
  expect(with3.slice(0, without.length)).toEqual(without);
  expect(with3.length).toBeGreaterThan(without.length);
});

test('crops give what whole images give, for further networks, too', async () => {
  const wide = smallModel({
    image: { channels: 1, height: 20, width: 20 },
    nodes: [
      node('Conv', ['x', 'k'], ['c'], attributes({ pads: [1, 1, 1, 1] })),
      node('Relu', ['c'], ['r']),
      node('Conv', ['r', 'l'], ['d'], attributes({ pads: [1, 1, 1, 1] })),
      node('GlobalAveragePool', ['d'], ['p']),
      node('Flatten', ['p'], ['flat']),
      linearLayer('flat', 'last', 'y'),
    ],
    weights: {
      k: uneven(64, 1, 3, 3),
      l: uneven(64, 64, 3, 3),
      ...linearWeights('last', 2, 64),
    },
  });
  const of = (local: 'auto' | 'none') => prepare(wide, { ...options, further: 1, local }).plan;
  expect(of('auto').further!.local).toBeDefined();
  const partOf = async (plan: Plan) =>
    (await new NetworkProbe(plan, nodeRuntime).contribution(1)).at(-1)!;
  const [crops, whole] = [await partOf(of('auto')), await partOf(of('none'))];
  const scale = Math.max(...whole.data.map(Math.abs));
  expectClose(crops.data, whole.data, { rtol: 1e-3, atol: 1e-4 * scale });
  const trial = await dryRun(new NetworkProbe(of('auto'), nodeRuntime), of('auto'));
  expect(trial.agreement).not.toBe('none');
});

test('directions and their uncertainty are those of the corrected covariance', async () => {
  const { plan } = prepare(model, { ...options, further: 6 });
  const { probe, tally } = await tallyOf(plan, 8);
  const average = averageSums(tally.groups, 8);
  const [corrected] = partCorrection(average, probe.blocks)(average);
  const found = await directions(tally, probe.basis, probe.blocks, 64);
  expectClose(found.eigenvalues, symmetricEigenvalues(corrected), { rtol: 1e-9, atol: 1e-12 });
  expect(found.nads).toHaveLength(64 * 64);
  expect(found.types.every(name => name === found.types[0])).toBe(true);
  const plain = await directions(tally, probe.basis, probe.blocks.slice(0, 1), 64);
  expect(found.standardErrors[0]).not.toBe(plain.standardErrors[0]);
});

test('they lower the variance', async () => {
  // of the first eigenvalue, over seeds; without them it is about twice as large
  const [without, with8] = [0, 8].map(further =>
    Promise.all(
      Array.from({ length: 12 }, async (_, seed) => {
        const { plan } = prepare(model, { ...options, seed, further });
        const { probe, tally } = await tallyOf(plan, 4);
        return (await directions(tally, probe.basis, probe.blocks, 1)).eigenvalues[0];
      }),
    ),
  );
  expect(relativeSpread(await with8)).toBeLessThan(0.8 * relativeSpread(await without));
});

describe('there are some', () => {
  const countOf = (from: Model, more: EstimateOptions = {}) =>
    prepare(from, { ...options, ...more }).plan.further?.count;

  test('for means over at least four places in each direction', () => {
    expect(countOf(averaged(8))).toBe(4);
    expect(countOf(averaged(8, 'ReduceMean'))).toBe(4);
    expect(countOf(averaged(6))).toBeUndefined();
    expect(countOf(averaged(8, 'MaxPool'))).toBeUndefined();
  });

  test('as many as are asked for', () => {
    expect(countOf(model, { further: 2 })).toBe(2);
    expect(countOf(model, { further: 0 })).toBeUndefined();
    expect(prepare(model, { ...options, further: 2 }).imagesPerNetwork).toBe(2 * (64 + 2 * 4));
  });

  test.each<[EstimateOptions, string]>([
    [{ basis: 'dct' }, 'for single pixels only, not for dct'],
    [{ head: 'sampled' }, 'the last layer is not averaged over'],
    [{ probe: 'gradient' }, 'one backward pass gives all pixels'],
    [{ further: -1 }, 'not a whole number'],
    [{ further: 1.5 }, 'not a whole number'],
  ])('%j: not where they would not help, and an error where they are asked for', (more, words) => {
    expect(() => prepare(model, { ...options, further: 1, ...more })).toThrow(words);
  });

  test('not where the last layers are drawn several times', () => {
    const file = new URL('../../../models/lenet.onnx', import.meta.url);
    const lenet = readModel(readFileSync(file), 'lenet');
    expect(countOf(lenet)).toBeUndefined();
    expect(() => countOf(lenet, { further: 2 })).toThrow('tell the places of an image apart');
  });
});

test('central pixels are mapped to each other by flips and the transposition', () => {
  expect([...centralPixels({ channels: 1, height: 8, width: 8 }, 1)]).toEqual([27, 28, 35, 36]);
  expect([...centralPixels({ channels: 2, height: 3, width: 4 }, 2)]).toEqual([5, 6, 17, 18]);
  for (const size of [5, 6, 7, 8, 12, 32]) {
    const pixels = [...centralPixels({ channels: 1, height: size, width: size }, 1)];
    const turned = pixels.map(at => size * size - 1 - at).toSorted((a, b) => a - b);
    expect(turned).toEqual(pixels);
  }
});

/** Each direction on its own. */
function rowsOf(n: number) {
  return {
    start: Uint32Array.from({ length: n + 1 }, (_, i) => i),
    index: Uint32Array.from({ length: n }, (_, i) => i),
    weight: new Float64Array(n).fill(1),
  };
}

/** A random covariance of so many draws. */
function wishart(n: number, draws: number): Matrix {
  const random = new Random('wishart');
  const g = new Float32Array(n * draws);
  random.fillNormal(g, 0, 1);
  const c = matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < draws; k++) c.data[i * n + j] += g[i * draws + k] * g[j * draws + k];
  return c;
}

function relativeSpread(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) / mean;
}
