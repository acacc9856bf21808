import { Random, type Matrix } from '@nads/linalg';
import { attributes, floats, integers, node, type Model } from '@nads/onnx';
import { rowProduct, type RowProduct } from '@nads/runtime';
import { nodeRuntime } from '@nads/runtime/node';
import { expectClose } from '@nads/testing';
import {
  elasticImages,
  elasticLosses,
  elasticLossNames,
  gradientKernel,
  gradientsOf,
  kernelSimilarity,
  relativeSimilarity,
  relativeSimilarityOfSteps,
  similarityTerms,
  SteppedNetwork,
  stepSimilarities,
  WeightGradients,
  type ElasticLossName,
} from '../src/index.js';
import { linearLayer, linearModel, linearWeights, smallModel, uneven } from './small-model.js';

const image = { channels: 1, height: 2, width: 2 };
const plenty = 1 << 30;

let product: RowProduct;
beforeAll(async () => {
  product = await rowProduct(nodeRuntime, 1);
});

const normal = (count: number): Float32Array => {
  const images = new Float32Array(count * 4);
  new Random('images').fillNormal(images, 0, 1);
  return images;
};

/** A convolution, an activation and a linear layer. */
const network = (activation = 'Relu', outputs = 1): Model =>
  smallModel({
    image,
    nodes: [
      node('Conv', ['x', 'k', 'kb'], ['h'], attributes({ pads: [1, 1, 1, 1] })),
      node(activation, activation === 'PRelu' ? ['h', 'slope'] : ['h'], ['r']),
      node('Flatten', ['r'], ['flat']),
      linearLayer('flat', 'last', 'y'),
    ],
    weights: {
      k: uneven(3, 1, 3, 3),
      kb: uneven(3),
      ...(activation === 'PRelu' && { slope: floats([3, 1, 1], [0.1, 0.2, 0.3]) }),
      ...linearWeights('last', outputs, 12),
    },
  });

async function imagesOf(model: Model, images: Float32Array, loss: ElasticLossName = 'squared') {
  const gradients = await WeightGradients.open(model, nodeRuntime);
  return elasticImages(gradients, images, loss);
}

test('of a linear network it is ⟨x, x′⟩ + 1', async () => {
  const images = Float32Array.from([1, 2, 3, 4, 0, 0, 0, 0, 1, 0, -1, 0]);
  const three = await imagesOf(linearModel(image, 1), images);
  const kernel = await kernelSimilarity(three, three, { product, memory: plenty });
  expect([...kernel.data]).toEqual([31, 1, -1, 1, 1, 1, -1, 1, 3]);
  expectClose(relativeSimilarity(kernel).data, [1, 1 / 31, 1 / 31, 1, 1, 1, 1 / 3, 1 / 3, 1]);
});

test('of probabilities it is that of logits times the slopes of σ', async () => {
  const images = normal(4);
  const of = async (loss: ElasticLossName): Promise<Matrix> => {
    const four = await imagesOf(network(), images, loss);
    return kernelSimilarity(four, four, { product, memory: plenty });
  };
  const [logits, probabilities] = [await of('logistic'), await of('cross-entropy')];
  const { f } = await imagesOf(network(), images);
  const slope = (i: number): number => {
    const p = 1 / (1 + Math.exp(-f(i)[0]));
    return p * (1 - p);
  };
  const expected = logits.data.map((k, at) => k * slope(Math.floor(at / 4)) * slope(at % 4));
  expectClose(probabilities.data, expected, { rtol: 1e-5 });
});

test.each(['Relu', 'PRelu'])(
  'block by block, with %s, it is the same as at once, and goes on where it was',
  async activation => {
    const seven = await imagesOf(network(activation), normal(7));
    const terms = similarityTerms(seven);
    const whole = await gradientKernel(terms, { product, memory: plenty });
    const { size } = seven.gradients.source;
    const memory = 4 * size * 3;
    const states: { blocks: number; kernel: Matrix }[] = [];
    const onBlock = (state: (typeof states)[number]): void => void states.push(state);
    const parts = await gradientKernel(terms, { product, memory, onBlock });
    expectClose(parts.data, whole.data, { rtol: 1e-6, atol: 1e-6 });
    expect([gradientsOf(terms, plenty), gradientsOf(terms, memory)]).toEqual([7, 7 + 5 + 3 + 1]);
    expect(states.map(({ blocks }) => blocks)).toEqual([1, 2, 3]);
    const progress: (readonly [number, number | undefined])[] = [];
    const again = await gradientKernel(terms, {
      product,
      memory,
      from: states[1],
      onProgress: ({ done, total }) => progress.push([done, total]),
    });
    expect(again).toEqual(parts);
    expect([progress[0][0], progress.at(-1)]).toEqual([13, [16, 16]]);
  },
);

test('rows and columns may be other images', async () => {
  const images = normal(6);
  const [six, two] = [
    await imagesOf(network('Tanh', 2), images),
    await imagesOf(network('Tanh', 2), images.subarray(0, 8)),
  ];
  const whole = await kernelSimilarity(six, six, { product, memory: plenty });
  const top = await kernelSimilarity(two, six, { product, memory: 1 });
  expect([top.rows, top.columns]).toEqual([2, 6]);
  expectClose(top.data, whole.data.subarray(0, 12), { rtol: 1e-6, atol: 1e-6 });
});

test('layers without a rule have gradients one by one; images that depend on each other are refused', async () => {
  const gradients = async (model: Model): Promise<boolean> =>
    (await WeightGradients.open(model, nodeRuntime)).isBatched;
  const centred = smallModel({
    image,
    nodes: [
      node('ReduceMean', ['x'], ['mean'], attributes({ axes: [0] })),
      node('Sub', ['x', 'mean'], ['centred']),
      node('Flatten', ['centred'], ['flat']),
      linearLayer('flat', 'last', 'y'),
    ],
    weights: linearWeights('last', 1, 4),
  });
  expect(await gradients(network())).toBe(true);
  expect(await gradients(network('PRelu'))).toBe(false);
  // the first image of a batch does not show it
  const summed = smallModel({
    image,
    nodes: [
      node('CumSum', ['x', 'axis'], ['sums']),
      node('Flatten', ['sums'], ['flat']),
      linearLayer('flat', 'last', 'y'),
    ],
    weights: { ...linearWeights('last', 1, 4), axis: integers([0], []) },
  });
  for (const model of [centred, summed])
    await expect(gradients(model)).rejects.toThrow(
      'its outputs depend on the other images in a batch; export it for a batch of 1',
    );
});

test('to first order it is what a small step does, for several outputs too', async () => {
  const images = normal(3);
  const targets = [
    [1, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
  ];
  const three = await imagesOf(linearModel(image, 3), images, 'cross-entropy');
  const found = await relativeSimilarityOfSteps(three, i => targets[i], {
    product,
    memory: plenty,
  });
  const loss = elasticLosses['cross-entropy'];
  // a step at x changes the outputs for x′ by −η (⟨x, x′⟩ + 1) ∂L/∂f
  const inner = (i: number, j: number): number =>
    three.at(i).reduce((sum, x, p) => sum + x * three.at(j)[p], 1);
  const change = (i: number, j: number): number => {
    const slope = loss.slope(three.f(i), targets[i]);
    const before = loss.quantity(three.f(j));
    const after = loss.quantity(
      Float64Array.from(three.f(j), (f, k) => f - 1e-6 * inner(i, j) * slope[k]),
    );
    return Math.hypot(...after.map((q, k) => q - before[k]));
  };
  const expected = Array.from({ length: 9 }, (_, at) => {
    const i = Math.floor(at / 3);
    return change(i, at % 3) / change(i, i);
  });
  expectClose(found.data, expected, { rtol: 1e-4 });
});

test('an output that is not finite is named', async () => {
  const images = normal(3);
  images[5] = Infinity;

  await expect(
    elasticImages(await WeightGradients.open(network(), nodeRuntime), images, 'squared', {
      nameOf: i => `picture ${i}`,
    }),
  ).rejects.toThrow(/for picture 1; leave it out/);
});

describe('real steps', () => {
  /** Similarities by steps at four images, and what they are to first order. */
  async function byStepsOf(model: Model, loss: ElasticLossName, etas: readonly number[]) {
    const images = await imagesOf(model, normal(4), loss);
    const network = await SteppedNetwork.open(model, nodeRuntime);
    const targets = (i: number): number[] => [i % 2];
    const found = await stepSimilarities({ network, images, targets, etas });
    const exact = await kernelSimilarity(images, images, { product, memory: plenty });
    return { network, found, exact };
  }

  test('of a linear network are the kernel, however long', async () => {
    const {
      found,
      exact,
      network: one,
    } = await byStepsOf(linearModel(image, 1), 'squared', [1, 1e-3]);
    expect([one.precision, one.obstacle]).toEqual(['float64', undefined]);
    for (const { kernel, relative } of found) {
      expectClose(kernel!.data, exact.data, { rtol: 1e-6, atol: 1e-6 });
      expectClose(relative.data, relativeSimilarity(exact).data, { rtol: 1e-6, atol: 1e-6 });
    }
  });

  const pooled = smallModel({
    image,
    nodes: [
      node('Conv', ['x', 'k', 'kb'], ['h'], attributes({ pads: [1, 1, 1, 1] })),
      node('LeakyRelu', ['h'], ['r']),
      node('AveragePool', ['r'], ['p'], attributes({ kernel_shape: [1, 2] })),
      node('Flatten', ['p'], ['flat']),
      linearLayer('flat', 'last', 'y'),
    ],
    weights: { k: uneven(3, 1, 3, 3), kb: uneven(3), ...linearWeights('last', 1, 6) },
  });

  test.each(elasticLossNames)('of a convolutional network with %s loss tend to it', async loss => {
    const { found, exact } = await byStepsOf(pooled, loss, [1e-2, 1e-7]);
    const largest = Math.max(...exact.data.map(Math.abs));
    const distance = ({ kernel }: (typeof found)[number]): number =>
      Math.max(...kernel!.data.map((k, i) => Math.abs(k - exact.data[i]))) / largest;
    const [far, near] = found.map(distance);
    expect(far).toBeGreaterThan(1e-4);
    expect(near).toBeLessThan(2e-6);
    const least = relativeSimilarity(exact).data;
    expectClose(found[1].relative.data, least, { rtol: 1e-4, atol: 1e-5 });
  });

  test('where the runtime has an operator in single precision only, that is said', async () => {
    const erf = smallModel({
      image,
      nodes: [
        node('Flatten', ['x'], ['flat']),
        linearLayer('flat', 'first', 'h'),
        node('Erf', ['h'], ['e']),
        linearLayer('e', 'last', 'y'),
      ],
      weights: { ...linearWeights('first', 3, 4), ...linearWeights('last', 1, 3) },
    });
    const { precision, obstacle } = await SteppedNetwork.open(erf, nodeRuntime);
    expect([precision, obstacle]).toEqual(['float32', expect.stringContaining('Erf')]);
  });
});

describe.each(elasticLossNames)('%s loss', name => {
  const loss = elasticLosses[name];
  const cases: [number[], number[]][] = [
    [[0.3], [1]],
    [
      [0.3, -1.2, 2],
      [0, 1, 0],
    ],
  ];
  const step = 1e-5;
  const moved = (f: readonly number[], k: number, by: number): number[] =>
    f.map((x, l) => (l === k ? x + by : x));

  test.each(cases)('its slope and its derivatives are those of differences, at %j', (f, y) => {
    f.forEach((_, k) => {
      const [more, less] = [moved(f, k, step), moved(f, k, -step)];
      const slope = (loss.value(more, y) - loss.value(less, y)) / (2 * step);
      expectClose([loss.slope(f, y)[k]], [slope], { rtol: 1e-6, atol: 1e-9 });
      f.forEach((__, l) => {
        const change = (loss.quantity(more)[l] - loss.quantity(less)[l]) / (2 * step);
        expectClose([loss.derivative(f, l)[k]], [change], { rtol: 1e-6, atol: 1e-9 });
      });
    });
  });
});

test('losses have the values that one works out by hand', () => {
  const { squared, logistic } = elasticLosses;
  expect(squared.value([3, 1], [1, 0])).toBe(5);
  expect(logistic.value([0], [1])).toBeCloseTo(Math.LN2, 12);
  expect(elasticLosses['cross-entropy'].value([0, 0, 0], [0, 1, 0])).toBeCloseTo(Math.log(3), 12);
  expect(logistic.value([800], [1])).toBe(0);
});
