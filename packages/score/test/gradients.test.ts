import { attributes, floats, node, type Model } from '@nads/onnx';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import {
  flowModel,
  inputModel,
  jacobianCovariance,
  logSynapticFlow,
  networkCost,
  scoredNetwork,
  weightModel,
  weightScores,
  type WeightScores,
} from '../src/index.js';
import { fourImages, smallModel, uneven } from './small-model.js';

const flatten = node('Flatten', ['x'], ['flat']);
const linear = (from: string, weight: string, to: string) =>
  node('Gemm', [from, weight, `${weight}-bias`], [to], attributes({ transB: 1 }));

/** A linear layer of two classes. */
const softmaxRegression = smallModel([flatten, linear('flat', 'w', 'y')], {
  w: floats([2, 4], [1, 0, 2, 0, 0, -1, 0, 1]),
  'w-bias': floats([2], [0, 0.5]),
});

/** Two convolutions with batch normalisation between. */
const convolutions = smallModel(
  [
    node('Conv', ['x', 'w1'], ['a'], attributes({ pads: [1, 1, 1, 1] })),
    node('BatchNormalization', ['a', 'scale', 'shift', 'mean', 'variance'], ['b']),
    node('Relu', ['b'], ['c']),
    node('Conv', ['c', 'w2', 'w2-bias'], ['d']),
    node('GlobalAveragePool', ['d'], ['e']),
    node('Flatten', ['e'], ['f']),
    linear('f', 'w3', 'y'),
  ],
  {
    w1: uneven(3, 1, 3, 3),
    scale: floats([3], [1, 2, 0.5]),
    shift: floats([3], [0.1, 0, -0.2]),
    mean: floats([3], [0, 0.3, 0]),
    variance: floats([3], [1, 2, 3]),
    w2: uneven(2, 3, 1, 1),
    'w2-bias': floats([2], [0.1, 0.2]),
    w3: uneven(3, 2),
    'w3-bias': floats([3], [0, 0.1, 0]),
  },
);

async function scoresOf(
  model: Model,
  labels: readonly number[],
  batchNorm?: 'evaluation',
): Promise<WeightScores> {
  const weights = weightModel(scoredNetwork(model, { batch: labels.length, batchNorm }));
  const session = await nodeRuntime.createSession(weights.model);
  return weightScores(session, weights, fourImages.slice(0, 4 * labels.length), labels);
}

test('of one image and a linear layer they are what one works out by hand', async () => {
  // x = (1, 1, 1, 1), logits (3, ½), p = softmax, ∂L/∂W = (p − (1, 0)) xᵀ
  const p = 1 / (1 + Math.exp(2.5));
  const found = await scoresOf(softmaxRegression, [0]);
  const curvature = p * (1 - p);
  expectClose(
    [found.loss, found.gradNorm, found.snip, found.plain, found.fisher],
    [
      -Math.log(1 - p),
      p * Math.sqrt(8),
      p * (3 + 2),
      p * (-3 + 0),
      // a = (3, ½), ∂L/∂a = (−p, p), four weights a channel
      0.5 * 4 * ((3 * p) ** 2 + (0.5 * p) ** 2),
    ],
    { rtol: 1e-5 },
  );
  // H = curvature · (1, −1)(1, −1)ᵀ ⊗ x xᵀ and g = p (−1, 1) ⊗ x, so that H g = −8 p curvature (1, −1) ⊗ x
  expectClose([found.grasp!], [8 * p * curvature * 3], { rtol: 1e-5 });
});

test.each([undefined, 'evaluation'] as const)(
  'grasp is the change of the gradient along itself, batch-norm %s',
  async batchNorm => {
    const labels = [0, 1, 2, 1];
    const { grasp, plain } = await scoresOf(convolutions, labels, batchNorm);
    // d/dλ Σ w·∂L/∂w(w + λ g) at λ = 0, by differences, with w held
    expect(Number.isFinite(grasp)).toBe(true);
    expect(plain).not.toBe(0);
    const h = 1e-3;
    const [up, down] = await Promise.all(
      [h, -h].map(step => gradientAlong(step, labels, batchNorm)),
    );
    expectClose([-(up - down) / (2 * h)], [grasp!], { rtol: 2e-2 });
  },
);

/** Σ w·∂L/∂w at weights moved along their gradient, w the ones before. */
async function gradientAlong(
  step: number,
  labels: readonly number[],
  batchNorm?: 'evaluation',
): Promise<number> {
  const original = weightModel(scoredNetwork(convolutions, { batch: 4, batchNorm }));
  const slopes = await gradientsOf(original);
  const moved = new Map(convolutions.graph.initializers);
  ['w1', 'w2', 'w3'].forEach((name, k) => {
    const { dims, data } = moved.get(name)!;
    moved.set(
      name,
      floats(
        dims,
        Float32Array.from(data as Float32Array, (w, i) => w + step * slopes[k][i]),
      ),
    );
  });
  const model = { ...convolutions, graph: { ...convolutions.graph, initializers: moved } };
  const there = await gradientsOf(weightModel(scoredNetwork(model, { batch: 4, batchNorm })));
  return original.weights.reduce(
    (sum, { values }, k) => values.reduce((s, w, i) => s + w * there[k][i], sum),
    0,
  );

  async function gradientsOf(weights: ReturnType<typeof weightModel>): Promise<Float32Array[]> {
    const session = await nodeRuntime.createSession(weights.model);
    const targets = new Float32Array(4 * 3);
    labels.forEach((label, i) => (targets[3 * i + label] = 1));
    const results = await session.run({
      x: { type: 'float32', dims: [4, 1, 2, 2], data: fourImages },
      [weights.targets]: { type: 'float32', dims: [4, 3], data: targets },
    });
    return weights.weights.map(({ gradient }) => results[gradient].data as Float32Array);
  }
}

test('a label that is no class is told', async () => {
  await expect(scoresOf(softmaxRegression, [0, 2])).rejects.toThrow(
    'image 1 has label 2; the model has classes 0 to 1',
  );
});

test('jacob_cov of uncorrelated gradients is −n (log 1 + 1)', async () => {
  // f = Σ x_i²/2 has the gradient x; centred rows (1, 1, −1, −1)… are orthogonal
  const model = smallModel([flatten, node('Mul', ['flat', 'flat'], ['s']), linear('s', 'w', 'y')], {
    w: floats([1, 4], [0.5, 0.5, 0.5, 0.5]),
    'w-bias': floats([1], [0]),
  });
  const images = Float32Array.from([1, 1, -1, -1, 1, -1, 1, -1, 1, -1, -1, 1]);
  const inputs = inputModel(scoredNetwork(model, { batch: 3 }));
  const session = await nodeRuntime.createSession(inputs.model);
  const found = await jacobianCovariance(session, inputs, images);
  expectClose([found!], [-3 * (Math.log(1 + 1e-5) + 1 / (1 + 1e-5))], { rtol: 1e-6 });
  // the same pixel everywhere: a constant gradient has no correlation
  images.fill(1, 0, 4);
  expect(await jacobianCovariance(session, inputs, images)).toBeUndefined();
});

const flowOf = async (model: Model): Promise<number | undefined> => {
  const flow = flowModel(scoredNetwork(model, { batch: 1, batchNorm: 'evaluation' }));
  return logSynapticFlow(await nodeRuntime.createSession(flow.model), flow);
};

test('synflow of positive weights is Σ w·∂R/∂w for ones, batch normalisation left out', async () => {
  // R = Σ |w| over both outputs, each weight has ∂R/∂w = 1
  expectClose([Math.exp((await flowOf(softmaxRegression))!)], [5], { rtol: 1e-6 });
  expect(Number.isFinite(await flowOf(convolutions))).toBe(true);
});

test('synflow that float32 cannot hold has its logarithm all the same', async () => {
  const weights: Record<string, ReturnType<typeof floats>> = {};
  const nodes = [flatten];
  for (let layer = 0; layer < 12; layer++) {
    weights[`w${layer}`] = floats([4, 4], new Float32Array(16).fill(-1e4));
    weights[`w${layer}-bias`] = floats([4], [0, 0, 0, 0]);
    nodes.push(linear(layer === 0 ? 'flat' : `y${layer - 1}`, `w${layer}`, `y${layer}`));
  }
  // every layer multiplies by 4·10⁴, and Σ w ∂R/∂w = R for each: 12 · 4 · (4·10⁴)¹²
  const expected = Math.log(48) + 12 * Math.log(4e4);
  expectClose([(await flowOf(smallModel(nodes, weights)))!], [expected], { rtol: 1e-5 });
});

test('parameters and multiply–accumulates are those of the layers', () => {
  expect(networkCost(scoredNetwork(softmaxRegression, { batch: 4 }))).toEqual({
    parameters: 10,
    macs: 8,
  });
  expect(networkCost(scoredNetwork(convolutions, { batch: 2 }))).toEqual({
    parameters: 27 + 6 + 8 + 9,
    macs: 4 * 27 + 4 * 6 + 6,
  });
});
