import { parseBasis } from '@nads/basis';
import { matrix, Random, symmetricEigen } from '@nads/linalg';
import { floats, node, parseInit, withFreshWeights } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import { MixedDerivative } from '../src/mixed-derivative/mixed-derivative.js';
import { mixedDirections } from '../src/mixed-derivative/mixed-directions.js';
import { mixedModel } from '../src/mixed-derivative/mixed-model.js';
import { affine, type Rows, type Vector } from './reference.js';
import { linearLayer, linearWeights, smallModel } from './small-model.js';

// y = B tanh(A x + a) + b: ∂²f/∂θ∂x by hand, f the first output of network number 0.

const image = { channels: 1, height: 2, width: 2 };
const [pixels, hidden] = [4, 3];
const model = smallModel({
  image,
  nodes: [
    node('Flatten', ['x'], ['flat']),
    linearLayer('flat', 'first', 'z'),
    node('Tanh', ['z'], ['t']),
    linearLayer('t', 'last', 'y'),
  ],
  weights: { ...linearWeights('first', hidden, pixels), ...linearWeights('last', 2, hidden) },
});

const random = new Random(7).fork('network').fork(0);
const fresh = withFreshWeights(model, parseInit('pytorch'), random).graph.initializers;
const weights = new Map(
  [...fresh].map(([name, { data }]) => [name.replace('fresh/', ''), [...(data as Float32Array)]]),
);
const a = weights.get('first')!;
const b = weights.get('last')!.slice(0, hidden);

/**
 * Rows of M for one pixel each of ∇f = Σ_i b_i s_i A_i with s = 1 − tanh², s′ = −2 tanh · s:
 * by A_ij, by a_i and by b_i.
 */
function mixed(x: Vector): Rows {
  const t = affine(weights, 'first', x).map(Math.tanh);
  const s = t.map(v => 1 - v * v);
  const rows: number[][] = [];
  for (let i = 0; i < hidden; i++) {
    const curvature = -2 * t[i] * s[i] * b[i];
    const row = a.slice(i * pixels, (i + 1) * pixels);
    for (let j = 0; j < pixels; j++)
      rows.push(row.map((w, p) => curvature * x[j] * w + (p === j ? b[i] * s[i] : 0)));
    rows.push(row.map(w => curvature * w));
    rows.push(row.map(w => s[i] * w));
  }
  return rows;
}

/** MᵀM, averaged over points. */
function expectedC(points: readonly Vector[]) {
  const c = matrix(pixels, pixels);
  for (const point of points)
    for (const row of mixed(point))
      for (let i = 0; i < pixels; i++)
        for (let j = 0; j < pixels; j++)
          c.data[i * pixels + j] += (row[i] * row[j]) / points.length;
  return c;
}

async function opened(): Promise<MixedDerivative> {
  const models = mixedModel(model, { seed: 7, layout: 'NCHW' });
  const [forward, backward] = [
    await nodeRuntime.createSession(models.forward.model),
    await nodeRuntime.createSession(models.backward.model),
  ];
  return new MixedDerivative({ forward, backward }, models);
}

const points = [
  [0.3, -0.2, 0.5, 0.1],
  [-0.4, 0.2, 0.1, 0.6],
];

test('its products are those of M and Mᵀ', async () => {
  const derivative = await opened();
  const v = [1, -2, 0.5, 3];
  const c = expectedC(points.slice(0, 1));
  const expected = v.map((_, i) => v.reduce((sum, w, j) => sum + c.data[i * pixels + j] * w, 0));
  expectClose(await derivative.gramTimes(Float32Array.from(points[0]), v), expected, {
    rtol: 1e-4,
  });
  // b does not enter ∇f, and of B the first row alone
  expect(derivative.model.parameters).toBe(hidden * pixels + hidden + 2 * hidden);
});

test('its directions are the eigenvectors of MᵀM, averaged over points', async () => {
  const found = await mixedDirections(await opened(), pixels, {
    points: points.map(point => Float32Array.from(point)),
    basis: parseBasis('pixels', image),
  });
  const { values, vectors } = symmetricEigen(expectedC(points));
  expectClose(found.eigenvalues, values, { rtol: 1e-4, atol: 1e-6 });
  for (let k = 0; k < 2; k++) {
    const expected = vectors.data.subarray(k * pixels, (k + 1) * pixels);
    const nad = found.nads.subarray(k * pixels, (k + 1) * pixels);
    const product = expected.reduce((sum, x, i) => sum + x * nad[i], 0);
    expect(Math.abs(product)).toBeCloseTo(1, 4);
  }
});

test('scales of batch-norm count among the parameters', () => {
  const ones = (size: number) => floats([size], new Float32Array(size).fill(1));
  const normalised = smallModel({
    image,
    nodes: [
      node('Flatten', ['x'], ['flat']),
      linearLayer('flat', 'first', 'z'),
      node('BatchNormalization', ['z', 'gamma', 'beta', 'mean', 'variance'], ['n']),
      linearLayer('n', 'last', 'y'),
    ],
    weights: {
      ...linearWeights('first', hidden, pixels),
      gamma: ones(hidden),
      beta: ones(hidden),
      mean: ones(hidden),
      variance: ones(hidden),
      ...linearWeights('last', 2, hidden),
    },
  });
  const { parameters } = mixedModel(normalised, { seed: 7, layout: 'NCHW' });
  // shifts do not enter ∇f
  expect(parameters).toBe(hidden * pixels + hidden + 2 * hidden);
});
