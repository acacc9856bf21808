import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { directions } from '../src/estimator/directions/directions.js';
import { emptyTally, type Tally } from '../src/estimator/accumulate/tally.js';
import { sample } from '../src/estimator/accumulate/sample.js';
import { NetworkProbe } from '../src/estimator/network-probe.js';
import type { EstimateOptions } from '../src/estimator/plan/estimate-options.js';
import { prepare } from '../src/estimator/plan/prepare.js';
import { expectMatrix, lifted, weightsOf } from './reference.js';
import { linearModel } from './small-model.js';

// y = W x + b: g is a row of W, so that C = E[w wᵀ] is known.

const image = { channels: 1, height: 2, width: 3 };
const pixels = 6;
const model = linearModel(image, 3);

/** Mean and variance of the weights in the file. */
const file = model.graph.initializers.get('last')!.data as Float32Array;
const mean = file.reduce((sum, w) => sum + w, 0) / file.length;
const variance = file.reduce((sum, w) => sum + (w - mean) ** 2, 0) / file.length;

async function estimate(options: EstimateOptions, networks: number) {
  const { plan } = prepare(model, options);
  const probe = new NetworkProbe(plan, nodeRuntime);
  const tally: Tally = emptyTally(probe.blocks);
  const contribution = (index: number) => probe.contribution(index);
  await sample(tally, { contribution, ahead: 1, most: networks });
  return { probe, plan, tally, found: await directions(tally, probe.basis, probe.blocks, pixels) };
}

const identity = (n: number, diagonal: number, elsewhere = 0) =>
  Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => elsewhere + (i === j ? diagonal : 0)),
  );

/** C from the eigenvectors and eigenvalues: Σ λ u uᵀ. */
const composed = ({ nads, eigenvalues }: { nads: Float32Array; eigenvalues: Float64Array }) =>
  identity(pixels, 0).map((row, i) =>
    row.map((_, j) =>
      eigenvalues.reduce((sum, l, k) => sum + l * nads[k * pixels + i] * nads[k * pixels + j], 0),
    ),
  );

describe.each([
  { step: 100 },
  { step: 0.5, points: [new Float32Array(pixels).fill(2)] },
  { probe: 'gradient' as const },
  { basis: 'dct' },
  { symmetry: 'none' as const, pointCount: 3 },
])('with the last layer averaged over, %p', options => {
  test('C is s² I for weights of mean 0', async () => {
    const { found, plan } = await estimate(options, 2);
    expect(plan.head).toEqual({ kind: 'marginalised', mean: 0, variance: 1 / (3 * pixels) });
    expectClose(found.eigenvalues, new Float64Array(pixels).fill(1 / (3 * pixels)), { rtol: 1e-4 });
    expectMatrix(composed(found), identity(pixels, 1 / (3 * pixels)));
  });

  test('C is s² I + m² 11ᵀ for weights of mean m', async () => {
    const { found } = await estimate({ ...options, init: 'like-file' }, 2);
    expectMatrix(composed(found), identity(pixels, variance, mean ** 2));
    const rest = Array.from({ length: pixels - 1 }, () => variance);
    expectClose(found.eigenvalues, [variance + pixels * mean ** 2, ...rest], { rtol: 1e-4 });
    const constant = new Float64Array(pixels).fill(1 / Math.sqrt(pixels));
    expectClose(found.nads.subarray(0, pixels), constant, { rtol: 1e-4 });
  });
});

test('networks that all give the same leave no doubt: no spread, and a floor at the mean', async () => {
  const { found } = await estimate({ init: 'like-file' }, 8);
  expectClose(found.standardErrors, new Float64Array(pixels), { atol: 1e-6 });
  const level = variance + mean ** 2;
  const { lower, upper, index } = found.noiseFloor!;
  expectClose([lower, upper], [level, level], { rtol: 1e-3 });
  expect(index).toBe(1);
  const [first] = found.stability;
  expect(first.top).toBe(1);
  expectClose([first.halfSplitOverlap, first.predictedOverlap], [1, 1], { rtol: 1e-6 });
});

test.each([
  [{ head: 'sampled' as const }, [0]],
  [{ head: 'outputs' as const }, [0, 1, 2]],
])(
  'with a drawn last layer C is the mean of w wᵀ over outputs and networks, %p',
  async (head, rows) => {
    const networks = 5;
    const { tally, probe, plan } = await estimate({ ...head, symmetry: 'none', seed: 4 }, networks);
    expect(plan.body.draws.map(({ name }) => name)).toEqual(['fresh/last', 'fresh/last-bias']);
    for (let n = 0; n < networks; n++) {
      const w = weightsOf(plan.body.draws, plan, n).get('last')!;
      const expected = identity(pixels, 0).map((row, i) =>
        row.map((_, j) =>
          rows.reduce((sum, k) => sum + (w[k * pixels + i] * w[k * pixels + j]) / rows.length, 0),
        ),
      );
      expectMatrix(lifted(tally.groups[n], probe.blocks, pixels), expected);
    }
  },
);
