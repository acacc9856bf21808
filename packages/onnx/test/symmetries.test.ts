import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  record,
  tuple,
} from 'fast-check';
import { readFileSync } from 'node:fs';
import { attributes, float, type AttributeLike } from '../src/attribute.js';
import { architecture } from '../src/fresh-weights.js';
import { node, type Node } from '../src/graph.js';
import { batchDims, imageInput } from '../src/image-input.js';
import { inferShapes } from '../src/infer-shapes.js';
import type { Model } from '../src/model.js';
import { readModel } from '../src/read-model.js';
import type { Relabelling } from '../src/symmetry/context.js';
import { symmetries, type Symmetry } from '../src/symmetries.js';
import { floats, integers, sizeOf, type Tensor } from '../src/tensor.js';
import { buildModel, normal } from './build-model.js';
import { disagreement, type Relabelled } from './relabelled.js';

const spatial: readonly Relabelling[] = ['transposition', 'flip rows', 'flip columns'];
const all: readonly Relabelling[] = [...spatial, 'channels'];

/** A model with weights to draw. */
interface Network {
  readonly model: Model;
  readonly weights: Readonly<Record<string, Relabelled>>;
}

function analyse({ model, weights }: Network): Record<Relabelling, Symmetry> {
  const found = symmetries(
    model.graph,
    inferShapes(model),
    imageInput(model, { layout: 'NCHW' }),
    new Set(Object.keys(weights)),
  );
  return Object.fromEntries(found.map(s => [s.relabelling, s])) as Record<Relabelling, Symmetry>;
}

const layer = (
  operator: string,
  input: string,
  output: string,
  values: Record<string, AttributeLike | undefined> = {},
  ...more: string[]
): Node => node(operator, [input, ...more], [output], attributes(values));

interface Setting {
  dims?: readonly number[];
  last?: string;
  given?: Given;
}

/** Nodes from 'x' to `last`, then a drawn linear layer on whatever `last` holds. */
function network(
  nodes: readonly Node[],
  { dims = [4, 2, 6, 6], last = nodes.at(-1)?.outputs[0] ?? 'x', given = {} }: Setting = {},
): Network {
  const kernels = Object.fromEntries(
    Object.entries(given).map(([name, tensor]) => [name, tensor.dims]),
  );
  const features = inferShapes(
    buildModel({ nodes, inputs: { x: dims }, outputs: [last], initializers: given }),
  ).get(last)!.dims!;
  const [, channels, rows = 1, columns = 1] = features;
  const matrix = normal([3, sizeOf(features.slice(1))], 'head');
  const convolved = nodes.some(({ operator }) => operator === 'Conv');
  const seen = Object.keys(given)
    .filter(name => name.startsWith('w'))
    .map((name, i) => [name, { seenAs: kernels[name], first: i === 0 }] as const);
  return {
    model: buildModel({
      nodes: [
        ...nodes,
        layer('Flatten', last, 'f'),
        layer('Gemm', 'f', 'y', { transB: 1 }, 'head'),
      ],
      inputs: { x: dims },
      initializers: { ...given, head: matrix },
    }),
    weights: {
      ...Object.fromEntries(seen),
      head: { seenAs: [3, channels, rows, columns], first: !convolved },
    },
  };
}

type Given = Record<string, Tensor>;

const square = integer({ min: 1, max: 3 });
const pair = integer({ min: 1, max: 2 }).chain(first =>
  tuple(constantFrom(first), constantFrom(first, first, 3 - first)),
);
const pad = integer({ min: 0, max: 1 });
const window = record({
  operator: constantFrom('Conv', 'Conv', 'MaxPool', 'AveragePool'),
  kernel: square,
  strides: pair,
  pads: tuple(boolean(), tuple(pad, pad, pad, pad)).map(([even, pads]) =>
    even ? pads.map(() => pads[0]) : pads,
  ),
  group: constantFrom(1, 1, 2),
  ceil: boolean(),
});

type Slide = typeof window extends import('fast-check').Arbitrary<infer T> ? T : never;

function stack(slides: readonly Slide[], channels: number): { nodes: Node[]; given: Given } {
  const given: Given = {};
  const nodes = slides.flatMap((slide, i) => {
    const [from, to] = [i ? `a${i - 1}` : 'x', `s${i}`];
    const kernel_shape = [slide.kernel, slide.kernel];
    const pads = slide.pads.map(size => Math.min(size, slide.kernel - 1));
    const values = { kernel_shape, strides: slide.strides, pads };
    const tanh = layer('Tanh', to, `a${i}`);
    if (slide.operator !== 'Conv')
      return [
        layer(slide.operator, from, to, {
          ...values,
          ceil_mode: Number(slide.ceil && slide.kernel > 1 && new Set(pads).size === 1),
        }),
        layer('Identity', to, `a${i}`),
      ];
    given[`w${i}`] = normal([channels, channels / slide.group, ...kernel_shape], `w${i}`);
    given[`b${i}`] = normal([channels], `b${i}`);
    return [layer('Conv', from, to, { ...values, group: slide.group }, `w${i}`, `b${i}`), tanh];
  });
  return { nodes, given };
}

test('what is claimed of random stacks of windows is so, and what is denied is not', async () => {
  const shape = tuple(integer({ min: 7, max: 9 }), boolean()).map(([size, even]) => [
    4,
    2,
    size,
    even ? size : size + 1,
  ]);
  const counts = { holds: 0, broken: 0 };
  await assert(
    asyncProperty(array(window, { minLength: 1, maxLength: 2 }), shape, async (slides, dims) => {
      const { nodes, given } = stack(slides, 2);
      const net = network(nodes, { dims, given });
      const found = analyse(net);
      for (const by of all) {
        if (by === 'transposition' && dims[2] !== dims[3]) continue;
        const difference = await disagreement(net.model, net.weights, by);
        counts[found[by].holds ? 'holds' : 'broken']++;
        if (found[by].holds) expect(difference).toBeLessThan(1e-4);
        else if (by !== 'channels') expect(difference).toBeGreaterThan(1e-4);
      }
    }),
    { numRuns: 80, seed: 3 },
  );
  expect(Math.min(counts.holds, counts.broken)).toBeGreaterThan(60);
}, 60_000);

describe('a resampling', () => {
  const modes = ['half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric'];
  const roundings = ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'];
  const cases = modes.flatMap(mode =>
    ['linear', ...roundings].map(rounding => [mode, rounding] as const),
  );

  test.each(cases)('in mode %s, %s commutes where it is said to', async (mode, rounding) => {
    const values = {
      coordinate_transformation_mode: mode,
      mode: rounding === 'linear' ? 'linear' : 'nearest',
      nearest_mode: rounding === 'linear' ? undefined : rounding,
    };
    for (const scales of [
      [2, 2],
      [3, 3],
      [0.5, 0.5],
      [1.5, 1.5],
      [2, 1],
    ]) {
      const given = { scales: floats([4], [1, 1, ...scales]) };
      const net = network([layer('Resize', 'x', 'r', values, '', 'scales')], {
        given,
        dims: [2, 1, 5, 5],
      });
      const found = analyse(net);
      for (const by of spatial) {
        const difference = await disagreement(net.model, net.weights, by);
        expect([mode, rounding, scales, by, difference < 1e-4]).toEqual([
          mode,
          rounding,
          scales,
          by,
          found[by].holds,
        ]);
      }
    }
  });

  test('to sizes is the same as by scales', () => {
    const given = { sizes: integers([4, 2, 12, 12]) };
    const resize = layer('Resize', 'x', 'r', { mode: 'linear' }, '', '', 'sizes');
    expect(spatial.map(by => analyse(network([resize], { given }))[by].holds)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

const conv = (input: string, output: string, name: string, values = {}): Node =>
  layer('Conv', input, output, { pads: [1, 1, 1, 1], ...values }, name);
const w = (seed = 'w', dims = [2, 2, 3, 3]): Tensor => normal(dims, seed);

describe('relabellings of pixels commute', () => {
  const blocks: [string, Node[], Given][] = [
    [
      'with residual blocks',
      [
        conv('x', 'c', 'w1'),
        layer('Relu', 'c', 'r'),
        conv('r', 'd', 'w2'),
        layer('Add', 'd', 's', {}, 'c'),
      ],
      { w1: w('1'), w2: w('2') },
    ],
    [
      'with dense blocks',
      [conv('x', 'c', 'w1'), layer('Concat', 'c', 's', { axis: 1 }, 'x')],
      { w1: w() },
    ],
    [
      'with squeeze and excitation',
      [
        conv('x', 'c', 'w1'),
        layer('GlobalAveragePool', 'c', 'g'),
        layer('Conv', 'g', 'e', {}, 'w2'),
        layer('Sigmoid', 'e', 'h'),
        layer('Mul', 'c', 's', {}, 'h'),
      ],
      { w1: w(), w2: w('2', [2, 2, 1, 1]) },
    ],
    [
      'with normalisation',
      [conv('x', 'c', 'w1'), layer('InstanceNormalization', 'c', 's', {}, 'scale', 'shift')],
      { w1: w(), scale: normal([2]), shift: normal([2], 2) },
    ],
    [
      'with symmetric padding of some axes',
      [layer('Pad', 'x', 'p', {}, 'pads', '', 'axes')],
      { pads: integers([1, 1, 1, 1]), axes: integers([-1, 2]) },
    ],
    [
      'with constants of channels',
      [layer('Mul', 'x', 'm', {}, 'scale'), conv('m', 'c', 'w1')],
      { scale: normal([1, 2, 1, 1]), w1: w() },
    ],
    [
      'with a detour by channels last',
      [
        layer('Transpose', 'x', 't', { perm: [0, 2, 3, 1] }),
        layer('Mul', 't', 'm', {}, 'scale'),
        layer('Transpose', 'm', 'c', { perm: [0, 3, 1, 2] }),
      ],
      { scale: normal([2]) },
    ],
    [
      'with axes of size 1 that come and go',
      [layer('Unsqueeze', 'x', 'u', {}, 'axes'), layer('Squeeze', 'u', 'c', {}, 'axes')],
      { axes: integers([2]) },
    ],
    [
      'with reshapes that keep pixels apart',
      [layer('Reshape', 'x', 'r', {}, 'there'), layer('Reshape', 'r', 'c', {}, 'back')],
      { there: integers([0, 1, 2, 6, 6]), back: integers([0, 2, 6, 6]) },
    ],
    [
      'with probabilities over channels',
      [conv('x', 'c', 'w1'), layer('Softmax', 'c', 's', { axis: 1 })],
      { w1: w() },
    ],
    [
      'with their logarithms',
      [conv('x', 'c', 'w1'), layer('LogSoftmax', 'c', 's', { axis: 1 })],
      { w1: w() },
    ],
    [
      'with grouped convolutions',
      [conv('x', 'c', 'w1', { group: 2 })],
      { w1: w('w', [2, 1, 3, 3]) },
    ],
    [
      'with what is left over where it is padded only',
      [layer('MaxPool', 'x', 'c', { kernel_shape: [1, 1], strides: [5, 5] })],
      {},
    ],
  ];

  test.each(blocks)('%s', async (_, nodes, given) => {
    const net = network(nodes, { given });
    const opset = nodes[0].inputs[3] ? 18 : 13;
    const model = { ...net.model, opsets: new Map([['', opset]]) };
    for (const by of spatial) {
      expect(analyse({ ...net, model })[by]).toMatchObject({ holds: true, movesOutputs: false });
      expect(await disagreement(model, net.weights, by)).toBeLessThan(1e-4);
    }
  });
});

describe.each([
  ['ReduceL1', false],
  ['ReduceL2', false],
  ['ReduceLogSum', false],
  ['ReduceLogSumExp', false],
  ['ReduceMax', false],
  ['ReduceMean', true],
  ['ReduceMin', false],
  ['ReduceProd', false],
  ['ReduceSum', true],
  ['ReduceSumSquare', false],
  ['GlobalAveragePool', true],
  ['GlobalLpPool', false],
  ['GlobalMaxPool', false],
  ['AveragePool', true],
  ['LpPool', false],
  ['MaxPool', false],
])('%s', (operator, isLinear) => {
  const settings = operator.startsWith('Reduce')
    ? { axes: [2, 3] }
    : { kernel_shape: operator.startsWith('Global') ? undefined : [2, 2] };
  // what has a logarithm taken of it must be positive
  const positive = operator === 'ReduceLogSum' ? [layer('Abs', 'x', 'p')] : [];
  const axes = operator === 'ReduceSum' ? ['axes'] : [];
  const last = layer(
    operator,
    positive.length > 0 ? 'p' : 'x',
    'c',
    axes.length > 0 ? {} : settings,
    ...axes,
  );
  const net = network([...positive, last], { given: { axes: integers([2, 3]) } });

  test('treats all pixels alike', async () => {
    for (const by of spatial) {
      expect(analyse(net)[by].holds).toBe(true);
      expect(await disagreement(net.model, net.weights, by)).toBeLessThan(1e-4);
    }
  });

  test(`treats both signs ${isLinear ? 'alike' : 'differently'}`, async () => {
    expect(analyse(net).channels.holds).toBe(isLinear);
    const distance = await disagreement(net.model, net.weights, 'channels');
    if (isLinear) expect(distance).toBeLessThan(1e-4);
    else expect(distance).toBeGreaterThan(1e-2);
  });
});

describe('relabellings of pixels are refused, naming the node,', () => {
  const images = (): Given => ({ mean: normal([1, 1, 6, 6]) });
  const pads = (values: number[]): Given => ({ pads: integers(values) });
  const cases: [string, Node, Given, readonly Relabelling[], string][] = [
    [
      'where a constant image is added',
      layer('Add', 'x', 'c', {}, 'mean'),
      images(),
      spatial,
      "its constant 'mean' treats pixels differently",
    ],
    [
      'where a constant row is added',
      layer('Add', 'x', 'c', {}, 'row'),
      { row: normal([6]) },
      ['transposition', 'flip columns'],
      "its constant 'row'",
    ],
    [
      'where fixed kernels are applied',
      conv('x', 'c', 'k'),
      { k: w() },
      spatial,
      "its weights 'k' are not drawn",
    ],
    [
      'where padding is on one side',
      layer('Pad', 'x', 'c', {}, 'pads'),
      pads([0, 0, 0, 0, 0, 0, 1, 1]),
      ['flip rows', 'flip columns'],
      'pads of 0 before and 1 after',
    ],
    [
      'where rows alone are padded',
      layer('Pad', 'x', 'c', {}, 'pads'),
      pads([0, 0, 1, 0, 0, 0, 1, 0]),
      ['transposition'],
      'its pads are not square',
    ],
    [
      'where rows alone are reduced',
      layer('ReduceMean', 'x', 'c', { axes: [2] }),
      {},
      ['transposition'],
      'it reduces rows and columns differently',
    ],
    [
      'where rows alone are normalised',
      layer('Softmax', 'x', 'c', { axis: 2 }),
      {},
      ['transposition'],
      'it normalises rows or columns only',
    ],
    [
      'where rows and columns are added',
      layer('Add', 'x', 'c', {}, 't'),
      {},
      spatial,
      'it combines values whose pixels are ordered differently',
    ],
    [
      'where rows are joined',
      layer('Concat', 'x', 'c', { axis: 2 }, 'x'),
      {},
      spatial,
      'it joins values along an axis of pixels',
    ],
    [
      'where an operator is unknown',
      layer('CumSum', 'x', 'c', {}, 'axis'),
      { axis: integers([2], []) },
      spatial,
      'it is not known how it acts',
    ],
    [
      "where an operator's name is no operator",
      layer('constructor', 'x', 'c'),
      {},
      spatial,
      'it is not known how it acts',
    ],
  ];

  test.each(cases)('%s', (_, only, given, broken, reason) => {
    const swap = layer('Transpose', 'x', 't', { perm: [0, 1, 3, 2] });
    const model = buildModel({
      nodes: [swap, only],
      inputs: { x: [4, 2, 6, 6] },
      initializers: given,
    });
    const found = analyse({ model, weights: {} });
    expect(spatial.filter(by => !found[by].holds)).toEqual(broken);
    for (const by of broken)
      expect(found[by].reason).toContain(`'c' (${only.operator}): ${reason}`);
  });

  test('where a joined value is one row high', () => {
    const nodes = [
      layer('ReduceMax', 'x', 'r', { axes: [2] }),
      layer('Concat', 'r', 'c', { axis: 2 }, 'x'),
    ];
    expect(analyse(network(nodes))['flip rows'].reason).toBe(
      "'c' (Concat): it joins values along an axis of pixels",
    );
  });

  test('where pads of some axes are not symmetric', () => {
    const given = { pads: integers([1, 2, 1, 1]), axes: integers([2, 3]) };
    const used = buildModel({
      nodes: [layer('Pad', 'x', 'c', {}, 'pads', '', 'axes')],
      inputs: { x: [4, 2, 6, 6] },
      initializers: given,
      opset: 18,
    });
    const broken = analyse({ model: used, weights: {} });
    expect(broken.transposition.reason).toContain('its pads are not square');
    expect(broken['flip columns'].reason).toContain('pads of 2 before and 1 after');
    expect(broken['flip rows'].holds).toBe(true);
  });

  test('where two layers share a matrix that sees pixels once', () => {
    const nodes = [
      layer('Flatten', 'x', 'f'),
      layer('MatMul', 'f', 'h', {}, 'm'),
      layer('MatMul', 'h', 'y', {}, 'm'),
    ];
    const model = buildModel({
      nodes,
      inputs: { x: [1, 1, 3, 3] },
      initializers: { m: normal([9, 9]) },
    });
    const found = analyse({ model, weights: { m: { seenAs: [] } } });
    expect(found['flip rows'].reason).toBe(
      "'y' (MatMul): its weights 'm' are shared with a layer that sees another order",
    );
  });

  test('where images are not square', () => {
    const found = analyse(network([], { dims: [1, 1, 6, 5] }));
    expect(found.transposition.reason).toBe('images of 6×5 are not square');
    expect(found['flip rows'].holds).toBe(true);
  });
});

test('outputs that are images are said to move', () => {
  const model = buildModel({
    nodes: [conv('x', 'c', 'w1')],
    inputs: { x: [1, 2, 6, 6] },
    initializers: { w1: w() },
  });
  const found = analyse({ model, weights: { w1: { seenAs: [] } } });
  expect(all.map(by => found[by].movesOutputs)).toEqual([true, true, true, false]);
});

describe('input channels are exchangeable, order and sign,', () => {
  const cases: [string, Node[], Given][] = [
    ['before a drawn convolution', [conv('x', 'c', 'w1'), layer('Relu', 'c', 'r')], { w1: w() }],
    [
      'behind one factor for all',
      [layer('Mul', 'x', 'm', {}, 'k'), conv('m', 'c', 'w1')],
      { k: floats([], [0.5]), w1: w() },
    ],
    [
      'behind average pooling',
      [layer('AveragePool', 'x', 'p', { kernel_shape: [2, 2] }), conv('p', 'c', 'w1')],
      { w1: w() },
    ],
    ['before a drawn matrix', [layer('ReduceMean', 'x', 'p', { axes: [2] })], {}],
    ['behind an odd function', [layer('Tanh', 'x', 't'), conv('t', 'c', 'w1')], { w1: w() }],
  ];

  test.each(cases)('%s', async (_, nodes, given) => {
    const net = network(nodes, { given });
    expect(analyse(net).channels.reason).toBe(
      'the first layer draws the weights of all input channels alike',
    );
    expect(await disagreement(net.model, net.weights, 'channels')).toBeLessThan(1e-4);
  });
});

describe('input channels are not exchangeable', () => {
  const cases: [string, Node, Given, string][] = [
    [
      'scaled each by its own factor',
      layer('Mul', 'x', 'c', {}, 'scale'),
      { scale: normal([1, 2, 1, 1]) },
      "its constant 'scale' treats the input channels differently",
    ],
    [
      'shifted',
      layer('Sub', 'x', 'c', {}, 'mean'),
      { mean: floats([], [0.5]) },
      'it shifts the input channels',
    ],
    ['rectified', layer('Relu', 'x', 'c'), {}, 'it does not treat both signs'],
    ['squared', layer('Mul', 'x', 'c', {}, 'x'), {}, 'it does not treat both signs'],
    [
      'pooled by their maximum',
      layer('MaxPool', 'x', 'c', { kernel_shape: [2, 2] }),
      {},
      'it does not treat both signs',
    ],
    [
      'pooled over space by their maximum',
      layer('GlobalMaxPool', 'x', 'c'),
      {},
      'it does not treat both signs',
    ],
    [
      'convolved each by itself',
      layer('Conv', 'x', 'c', { group: 2 }, 'w1'),
      { w1: w('w', [2, 1, 3, 3]) },
      'its groups keep input channels apart',
    ],
    [
      'averaged',
      layer('ReduceMean', 'x', 'c', { axes: [1] }),
      {},
      'it reduces over the input channels',
    ],
    [
      'joined to what was computed of them',
      layer('Concat', 'x', 'c', { axis: 1 }, 'x'),
      {},
      'it joins input channels to other values',
    ],
    ['put through fixed weights', conv('x', 'c', 'k'), { k: w() }, "its weights 'k' are not drawn"],
    [
      'normalised',
      layer('BatchNormalization', 'x', 'c', { epsilon: float(1e-5) }, 'w1', 'w1', 'w1', 'w1'),
      { w1: floats([2], [1, 1]) },
      'it treats input channels differently',
    ],
  ];

  test.each(cases)('where they are %s', (_, only, given, reason) => {
    expect(analyse(network([only], { given })).channels.reason).toContain(
      `'c' (${only.operator}): ${reason}`,
    );
  });

  test('where there is one, or no layer mixes them', () => {
    expect(analyse(network([], { dims: [1, 1, 6, 6] })).channels.reason).toBe(
      'there is one channel',
    );
    const model = buildModel({
      nodes: [layer('GlobalAveragePool', 'x', 'y')],
      inputs: { x: [1, 2, 6, 6] },
    });
    expect(analyse({ model, weights: {} }).channels).toMatchObject({
      holds: false,
      reason: 'no layer mixes the channels',
    });
  });
});

describe('of published architectures', () => {
  const holding = (name: string, size = 32): Relabelling[] => {
    const file = new URL(`../../../models/${name}.onnx`, import.meta.url);
    const model = readModel(readFileSync(file));
    const image = imageInput(model, { size: [size, size] });
    const inference = inferShapes(model, { [image.name]: batchDims(image, 2) });
    const fresh = architecture(model, inference);
    const drawn = inferShapes(fresh.model, { [image.name]: batchDims(image, 2) });
    const names = new Set(fresh.draws.map(draw => draw.name));
    const found = symmetries(fresh.model.graph, drawn, image, names);
    return found.filter(({ holds }) => holds).map(({ relabelling }) => relabelling);
  };

  test.each([
    ['logistic-regression', spatial],
    ['lenet', spatial],
    ['vgg11bn-1x32x32', spatial],
    ['vgg11bn-narrow', all],
    ['densenet121-1x32x32', spatial],
    ['resnet18-1x32x32', ['transposition']],
  ])('%s has %j', (name, expected) => {
    expect(holding(name)).toEqual(expected);
  });

  test('resnet18 has flips as well on images on which its strides leave nothing over', () => {
    expect(holding('resnet18-1x32x32', 33)).toEqual(spatial);
  });
});
