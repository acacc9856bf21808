import { matrix, OptionError, Random } from '@nads/linalg';
import { attributes, floats, integers, node, type Model, type Node } from '@nads/onnx';
import type { EstimateOptions } from '../src/estimator/plan/estimate-options.js';
import { leastStepForChannels } from '../src/estimator/plan/averaging.js';
import { prepare } from '../src/estimator/plan/prepare.js';
import { orderOf } from '../src/estimator/plan/symmetry-group.js';
import { convolutional } from './small-convolution.js';
import { linearLayer, linearModel, linearWeights, smallModel, uneven } from './small-model.js';

const image = { channels: 1, height: 4, width: 4 };
const flatten = node('Flatten', ['x'], ['flat']);

/** Flatten, these nodes from `flat` to `m`, and a linear layer of three outputs. */
const between = (...nodes: Node[]): Model =>
  smallModel({
    image,
    nodes: [flatten, ...nodes, linearLayer('m', 'last', 'y')],
    weights: linearWeights('last', 3, 16),
    opsets: [
      ['', 13],
      ['com.acme', 1],
    ],
  });

const withOutputs = (model: Model, outputs: Model['graph']['outputs']): Model => ({
  ...model,
  graph: { ...model.graph, outputs },
});

/** Two layers of one weight: the features of the last depend on what is drawn for it. */
const tied = smallModel({
  image,
  nodes: [
    flatten,
    node('MatMul', ['flat', 'shared'], ['z']),
    node('Relu', ['z'], ['m']),
    node('MatMul', ['m', 'shared'], ['y']),
  ],
  weights: { shared: uneven(16, 16) },
});

describe('what cannot be planned is refused, saying why', () => {
  const named = (operator: string, domain = ''): Node =>
    node(operator, ['flat'], ['m'], new Map(), { name: 'middle', domain });
  const plain = between(node('Relu', ['flat'], ['m']));
  const labels = smallModel({
    image,
    nodes: [
      flatten,
      linearLayer('flat', 'last', 'y'),
      node('ArgMax', ['y'], ['label'], attributes({ axis: 1 })),
    ],
    weights: linearWeights('last', 3, 16),
  });
  const equal = { last: floats([3, 16], new Float32Array(48).fill(0.5)) };

  test.each<[string, Model, string]>([
    [
      'unknown operators',
      between(named('Warp', 'com.acme')),
      "no runtime knows the operators of 'com.acme'",
    ],
    ['quantised models', between(named('QuantizeLinear')), 'quantised models are not supported'],
    ['control flow', between(named('Loop')), 'control flow is not supported'],
    ['no output', withOutputs(plain, []), 'the graph has no output'],
    [
      'an integer output',
      withOutputs(plain, [{ name: 'y', type: 'int64' }]),
      "no floating-point output: 'y' is int64",
    ],
    [
      'an output that turns out to be an integer',
      withOutputs(labels, [{ name: 'label' }]),
      "output 'label' is int64, not floating-point",
    ],
    [
      'no weights',
      smallModel({ image, nodes: [flatten, node('Relu', ['flat'], ['y'])] }),
      'no layer with weights was found',
    ],
  ])('%s', (_, model, message) => {
    expect(() => prepare(model)).toThrow(message);
  });

  test.each<[string, Model, EstimateOptions, string]>([
    [
      'a last layer that is not linear',
      smallModel({
        image,
        nodes: [flatten, linearLayer('flat', 'last', 'z'), node('Relu', ['z'], ['y'])],
        weights: linearWeights('last', 3, 16),
      }),
      { head: 'marginalised' },
      "`head`: cannot be marginalised: the last layer is not linear: 'y' (Relu) follows it",
    ],
    [
      'a last layer tied to an earlier one',
      tied,
      { head: 'marginalised' },
      "`head`: cannot be marginalised: the weights of the last layer, 'shared', are also an earlier one's; use `head` sampled",
    ],
    [
      'equal weights, drawn like the file',
      smallModel({
        image,
        nodes: [
          flatten,
          linearLayer('flat', 'first', 'z'),
          node('Relu', ['z'], ['m']),
          linearLayer('m', 'last', 'y'),
        ],
        weights: {
          ...linearWeights('first', 16, 16),
          ...linearWeights('last', 3, 16),
          first: floats([16, 16], new Float32Array(256).fill(0.5)),
        },
      }),
      { init: 'like-file' },
      "`init`: like-file: all weights of 'fresh/first' are equal in the file",
    ],
    [
      'equal weights of the last layer, drawn like the file',
      smallModel({
        image,
        nodes: [flatten, linearLayer('flat', 'last', 'y')],
        weights: { ...linearWeights('last', 3, 16), ...equal },
      }),
      { init: 'like-file' },
      "`init`: like-file: all weights of 'fresh/last' are equal in the file",
    ],
    [
      'a step of gradients',
      plain,
      { probe: 'gradient', step: 1 },
      '`step`: gradients have no step',
    ],
    [
      'tails of gradients',
      plain,
      { probe: 'gradient', tails: 2 },
      '`tails`: with `probe` gradient',
    ],
    [
      'two bases',
      plain,
      { basis: 'dct', rows: { rows: matrix(1, 16) } },
      "`basis`: 'dct' and `rows` are two bases",
    ],
    ['an unknown basis', plain, { basis: 'waves' }, "`basis`: unknown basis 'waves'"],
  ])('%s', (_, model, options, message) => {
    expect(() => prepare(model, options)).toThrow(OptionError);
    expect(() => prepare(model, options)).toThrow(message);
  });

  test('an operator without gradient, where gradients are wanted', () => {
    const model = between(named('Warp', 'com.microsoft'));
    expect(() => prepare(model, { probe: 'gradient' })).toThrow(
      /'middle' \(Warp\).*; use `probe` secant$/,
    );
  });
});

describe('where nothing is chosen', () => {
  const shape = { image, strides: [1, 1] as const };
  const prepared = prepare(convolutional(shape));

  test('the paper’s secants are planned, along pixels, at one drawn point', () => {
    const { plan, directions, symmetryNote } = prepared;
    expect(plan).toMatchObject({
      probe: 'secant',
      step: 100,
      seed: 0,
      basis: 'pixels',
      layout: 'NCHW',
    });
    expect(plan.points).toHaveLength(1);
    expect(directions).toBe(16);
    expect(symmetryNote).toBeUndefined();
    const point = new Float32Array(16);
    new Random(0).fork('point').fork(0).fillNormal(point, 0, 1);
    expect(plan.points[0]).toEqual(point);
  });

  test('every image of a network is counted: two for each direction and point', () => {
    expect(prepared.imagesPerNetwork).toBe(32);
    expect(prepare(convolutional(shape), { pointCount: 3 }).imagesPerNetwork).toBe(96);
    // 16 places · 2 filters · 9 taps, and 4 units of 32 inputs
    expect(prepared.macsPerImage).toBe(16 * 2 * 9 + 4 * 32);
  });

  test('the last layer is averaged over as its scheme draws it', () => {
    expect(prepared.plan.head).toEqual({ kind: 'marginalised', mean: 0, variance: 1 / (3 * 4) });
    expect(prepared.plan.body.draws.map(({ name }) => name)).toEqual([
      'fresh/kernel',
      'fresh/kernel-bias',
    ]);
    expect(prepared.plan.tail!.draws.map(({ name }) => name)).toEqual([
      'fresh/middle',
      'fresh/middle-bias',
    ]);
    expect(prepared.head).toMatchObject({ features: 'features', size: 4, outputs: 2 });
  });

  test('a last layer tied to an earlier one is sampled by default', () => {
    expect(prepare(tied).plan.head).toEqual({ kind: 'sampled' });
  });

  test('all symmetries are averaged over', () => {
    expect(orderOf(prepared.plan.group)).toBe(8);
    expect(prepared.symmetries.map(({ relabelling, holds }) => [relabelling, holds])).toEqual([
      ['transposition', true],
      ['flip rows', true],
      ['flip columns', true],
      ['channels', false],
    ]);
  });

  test('a last layer that is not linear is sampled', () => {
    const model = smallModel({
      image,
      nodes: [flatten, linearLayer('flat', 'last', 'z'), node('Relu', ['z'], ['y'])],
      weights: linearWeights('last', 3, 16),
    });
    expect(prepare(model).plan.head).toEqual({ kind: 'sampled' });
  });
});

test('points are drawn each from a stream of its own, or taken as they are given', () => {
  const model = linearModel(image, 3);
  const [one, three] = [1, 3].map(
    pointCount => prepare(model, { seed: 2, pointCount }).plan.points,
  );
  expect(three[0]).toEqual(one[0]);
  expect(three[1]).not.toEqual(three[0]);
  expect(prepare(model, { seed: 3 }).plan.points[0]).not.toEqual(one[0]);
  const points = [new Float32Array(16).fill(1)];
  expect(prepare(model, { points }).plan.points).toBe(points);
});

test('gradients take a pass for each feature, one where the last layer is sampled', () => {
  const shape = { image, strides: [1, 1] as const };
  const of = (options: EstimateOptions) => {
    const { plan, imagesPerNetwork } = prepare(convolutional(shape), {
      probe: 'gradient',
      pointCount: 2,
      ...options,
    });
    return [plan.step, plan.tail, plan.batch, plan.body.seed?.outputs, imagesPerNetwork];
  };
  expect(of({})).toEqual([0, undefined, 4, 4, 8]);
  expect(of({ head: 'outputs' })).toEqual([0, undefined, 2, 2, 4]);
  expect(of({ head: 'sampled' })).toEqual([0, undefined, 1, 2, 2]);
  expect(of({ batch: 3 })).toEqual([0, undefined, 3, 4, 8]);
});

describe('the batch', () => {
  const wide = (side: number): Model =>
    smallModel({
      image: { channels: 1, height: side, width: side },
      nodes: [
        node('Conv', ['x', 'kernel'], ['c'], attributes({ kernel_shape: [1, 1] })),
        node('GlobalAveragePool', ['c'], ['p']),
        node('Flatten', ['p'], ['m']),
        linearLayer('m', 'last', 'y'),
      ],
      weights: { kernel: uneven(8, 1, 1, 1), ...linearWeights('last', 3, 8) },
    });

  // 2²¹ elements of the largest value, 8 · side² for each image, in a power of two from 2 to 128
  test.each([
    [16, 128],
    [64, 64],
    [100, 16],
    [512, 2],
  ])('suits images of side %i: %i in a run', (side, batch) => {
    expect(prepare(wide(side), { basis: 'dct:2' }).plan.batch).toBe(batch);
  });

  test('is as chosen, or that of the file where it is fixed', () => {
    expect(prepare(linearModel(image, 3), { batch: 10 }).plan.batch).toBe(10);
    const fixed = smallModel({
      image,
      batch: 6,
      nodes: [
        flatten,
        node('Transpose', ['flat'], ['turned'], attributes({ perm: [1, 0] })),
        node('Reshape', ['turned', 'all'], ['mixed']),
        node('Reshape', ['mixed', 'apart'], ['m']),
        linearLayer('m', 'last', 'y'),
      ],
      weights: {
        ...linearWeights('last', 3, 16),
        all: integers([4, 24]),
        apart: integers([6, 16]),
      },
    });
    const { plan, batch } = prepare(fixed, { batch: 6 });
    expect(batch.obstacle).toBeDefined();
    expect(plan.batch).toBe(6);
    expect(prepare(fixed).plan.batch).toBe(6);
    const other = '`batch`: the file takes 6 image(s) per run, and its batch cannot be freed';
    expect(() => prepare(fixed, { batch: 10 })).toThrow(other);
    expect(() => prepare(fixed, { batch: 10, probe: 'gradient' })).toThrow(other);
  });
});

test('symmetries of small steps are left alone from the step on at which the point matters', () => {
  const model = convolutional({ image, strides: [1, 1] });
  expect(orderOf(prepare(model, { step: leastStepForChannels }).plan.group)).toBe(8);
  const { plan, symmetryNote } = prepare(model, { step: leastStepForChannels - 1 });
  expect(orderOf(plan.group)).toBe(1);
  expect(symmetryNote).toMatch(/a secant of step 9 depends on its point/);
});
