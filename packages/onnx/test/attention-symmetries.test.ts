import { attributes, type AttributeLike } from '../src/attribute.js';
import { node, type Node } from '../src/graph.js';
import { batchDims, imageInput } from '../src/image-input.js';
import { inferShapes } from '../src/infer-shapes.js';
import { symmetries } from '../src/symmetries.js';
import { floats, integers, type Tensor } from '../src/tensor.js';
import { buildModel, normal } from './build-model.js';
import { disagreement } from './relabelled.js';

const [examples, width, side] = [2, 4, 3];
const patches = side * side;

const layer = (
  operator: string,
  inputs: readonly string[],
  output: string | readonly string[],
  values: Record<string, AttributeLike> = {},
): Node => node(operator, inputs, [output].flat(), attributes(values));

/** Weights that are drawn, as they are relabelled, and constants. */
interface Given {
  readonly drawn?: Record<string, Tensor>;
  readonly constants?: Record<string, Tensor>;
}

/**
 * What relabellings allow with these nodes between patches of 2×2, embedded as 't' [2, 9, 4], and 'z'. Each claim is compared with
 * outputs of relabelled networks on relabelled images.
 */
async function found(
  nodes: readonly Node[],
  { drawn = {}, constants = {} }: Given = {},
): Promise<Record<string, boolean | string>> {
  const model = buildModel({
    nodes: [
      layer('Conv', ['x', 'W'], 'c', { kernel_shape: [2, 2], strides: [2, 2] }),
      layer('Add', ['c', 'P'], 'e'),
      layer('Reshape', ['e', 'flat'], 'f'),
      layer('Transpose', ['f'], 't', { perm: [0, 2, 1] }),
      ...nodes,
    ],
    initializers: {
      W: normal([width, 2, 2, 2], 'W'),
      P: normal([1, width, side, side], 'P'),
      flat: integers([0, width, -1]),
      ...drawn,
      ...constants,
    },
    inputs: { x: [examples, 2, 2 * side, 2 * side] },
    opset: 17,
  });
  const image = imageInput(model, { layout: 'NCHW' });
  const shapes = inferShapes(model, { [image.name]: batchDims(image, examples) });
  const derived = symmetries(
    model.graph,
    shapes,
    image,
    new Set(['W', 'P', ...Object.keys(drawn)]),
  );
  const relabelled = {
    W: { seenAs: [width, 2, 2, 2], first: true },
    P: { seenAs: [1, width, side, side] },
  };
  for (const { relabelling, holds } of derived)
    if (holds) expect(await disagreement(model, relabelled, relabelling)).toBeLessThan(1e-5);
  return Object.fromEntries(
    derived.map(({ relabelling, holds, reason }) => [relabelling, holds || reason]),
  );
}

const all = { transposition: true, 'flip rows': true, 'flip columns': true, channels: true };

/** Queries, keys and values of 't', and what each token attends to, as 'a' [2, tokens, 4]. */
const attention = (tokens: string, output: string): Node[] => [
  layer('MatMul', [tokens, 'Q'], 'q'),
  layer('MatMul', [tokens, 'K'], 'k'),
  layer('MatMul', [tokens, 'V'], 'v'),
  layer('Transpose', ['k'], 'kt', { perm: [0, 2, 1] }),
  layer('MatMul', ['q', 'kt'], 's'),
  layer('Softmax', ['s'], 'p', { axis: -1 }),
  layer('MatMul', ['p', 'v'], output),
];
const matrices = (): Record<string, Tensor> =>
  Object.fromEntries(['Q', 'K', 'V'].map(name => [name, normal([width, width], name)]));
const averaged = (tokens: string): Node =>
  layer('ReduceMean', [tokens], 'z', { axes: [1], keepdims: 0 });

test('attention treats tokens alike', async () => {
  expect(await found([...attention('t', 'a'), averaged('a')], { drawn: matrices() })).toEqual(all);
});

test('so it does where tokens become a map again', async () => {
  const nodes = [
    ...attention('t', 'a'),
    layer('Transpose', ['a'], 'at', { perm: [0, 2, 1] }),
    layer('Reshape', ['at', 'map'], 'm'),
    layer('Conv', ['m', 'W2'], 'z', { kernel_shape: [1, 1] }),
    layer('GlobalMaxPool', ['z'], 'y'),
  ];
  const drawn = { ...matrices(), W2: normal([3, width, 1, 1], 'W2') };
  const constants = { map: integers([0, 0, side, side]) };
  expect(await found(nodes, { drawn, constants })).toEqual(all);
});

test('a class token is joined, and read at the end', async () => {
  const ends = [
    [layer('Gather', ['a', 'first'], 'z', { axis: 1 })],
    [layer('Slice', ['a', 'from', 'to', 'along'], 'z')],
    [layer('Slice', ['a', 'one', 'end', 'along'], 'rest'), averaged('rest')],
  ];
  const constants = {
    first: integers([0], []),
    from: integers([0]),
    to: integers([1]),
    one: integers([1]),
    end: integers([patches + 1]),
    along: integers([1]),
  };
  const drawn = { ...matrices(), token: normal([examples, 1, width], 'token') };
  for (const end of ends) {
    const nodes = [
      layer('Concat', ['token', 't'], 'j', { axis: 1 }),
      ...attention('j', 'a'),
      ...end,
    ];
    expect(await found(nodes, { drawn, constants })).toEqual(all);
  }
});

test('heads are put beside the batch and back, as PyTorch does', async () => {
  const heads = (name: string): Node[] => [
    layer('Transpose', [name], `${name}1`, { perm: [1, 0, 2] }),
    layer('Reshape', [`${name}1`, 'apart'], `${name}2`),
    layer('Transpose', [`${name}2`], `${name}3`, { perm: [1, 0, 2] }),
  ];
  const nodes = [
    layer('MatMul', ['t', 'QKV'], 'qkv'),
    layer('Split', ['qkv'], ['q', 'k', 'v'], { axis: -1 }),
    ...['q', 'k', 'v'].flatMap(heads),
    layer('Transpose', ['k3'], 'kt', { perm: [0, 2, 1] }),
    layer('MatMul', ['q3', 'kt'], 's'),
    layer('Softmax', ['s'], 'p', { axis: -1 }),
    layer('MatMul', ['p', 'v3'], 'a'),
    layer('Transpose', ['a'], 'a1', { perm: [1, 0, 2] }),
    layer('Reshape', ['a1', 'rows'], 'a2'),
    layer('Gemm', ['a2', 'O'], 'o'),
    layer('Reshape', ['o', 'back'], 'o1'),
    layer('ReduceMean', ['o1'], 'z', { axes: [0], keepdims: 0 }),
  ];
  const drawn = { QKV: normal([width, 3 * width], 'QKV'), O: normal([width, width], 'O') };
  const constants = {
    apart: integers([patches, examples * 2, width / 2]),
    rows: integers([patches * examples, width]),
    back: integers([patches, examples, width]),
  };
  expect(await found(nodes, { drawn, constants })).toEqual(all);
});

describe('relabellings of pixels are refused', () => {
  const reasonOf = async (nodes: readonly Node[], given: Given = {}): Promise<unknown> =>
    (await found(nodes, given))['flip rows'];

  test('where tokens do not attend to all others alike', async () => {
    const masked = attention('t', 'a').flatMap(one =>
      one.operator === 'Softmax'
        ? [layer('Add', ['s', 'mask'], 'masked'), layer('Softmax', ['masked'], 'p', { axis: -1 })]
        : [one],
    );
    const causal = Array.from({ length: patches ** 2 }, (_, i) =>
      i % patches > Math.floor(i / patches) ? -1e9 : 0,
    );
    const constants = { mask: floats([patches, patches], causal) };
    expect(await reasonOf([...masked, averaged('a')], { drawn: matrices(), constants })).toMatch(
      "'masked' (Add): its constant 'mask' treats pixels differently",
    );
  });

  test('where some of the tokens are taken', async () => {
    const constants = { from: integers([0]), to: integers([side]), along: integers([1]) };
    const slice = layer('Slice', ['t', 'from', 'to', 'along'], 'some');
    expect(await reasonOf([slice, averaged('some')], { constants })).toMatch(
      'it takes some of the pixels',
    );
  });

  test('where values of other orders meet', async () => {
    const turned = [
      layer('Transpose', ['e'], 'e1', { perm: [0, 1, 3, 2] }),
      layer('Reshape', ['e1', 'flat'], 'f1'),
      layer('MatMul', ['f1', 't'], 'z'),
    ];
    expect(await reasonOf(turned)).toMatch('it sums over places that are ordered differently');
  });

  test('where rows are multiplied by rows', async () => {
    const along = [
      layer('Transpose', ['e'], 'left', { perm: [0, 2, 3, 1] }),
      layer('Transpose', ['e'], 'right', { perm: [0, 2, 1, 3] }),
    ];
    const pairs = [...along, layer('MatMul', ['left', 'right'], 'z')];
    expect(await found(pairs)).toMatchObject({
      transposition: expect.stringMatching('it multiplies along rows or columns only') as string,
      'flip rows': expect.stringMatching('it pairs rows or columns') as string,
    });
  });

  test('where tokens are split, or rows', async () => {
    const halves = { halves: integers([side, patches - side]) };
    const split = layer('Split', ['t', 'halves'], ['first', 'second'], { axis: 1 });
    expect(await reasonOf([split, averaged('first')], { constants: halves })).toMatch(
      'it parts pixels',
    );
    const apart = { apart: integers([examples, 2, 2, side, 2 * side]) };
    const rows = layer('Reshape', ['x', 'apart'], 'r');
    expect(await reasonOf([rows], { constants: apart })).toMatch(
      'it splits axes that pixels are spread over',
    );
  });

  test('where constants are joined to each token', async () => {
    const constants = { C: normal([examples, patches, 1], 'C') };
    const nodes = [layer('Concat', ['t', 'C'], 'j', { axis: 2 }), averaged('j')];
    expect(await reasonOf(nodes, { constants })).toMatch('it joins constants to the image');
  });

  test.each([
    ['not one after the other', integers([0, 1, 0])],
    ['along two axes', integers([0, 1, 2], [1, 3])],
  ])('where rows are gathered %s', async (_, chosen) => {
    const gather = layer('Gather', ['e', 'chosen'], 'z', { axis: 2 });
    expect(await reasonOf([gather], { constants: { chosen } })).toMatch(
      'the places that it takes are not known',
    );
  });

  test('where tokens are joined to themselves again and again', async () => {
    const doubled = Array.from({ length: 12 }, (_, i) => {
      const name = i === 0 ? 't' : `t${i}`;
      return layer('Concat', [name, name], `t${i + 1}`, { axis: 1 });
    });
    expect(await reasonOf([...doubled, averaged('t12')])).toMatch('it puts too many axes together');
  });

  test('where drawn positions are shared by tokens of another order', async () => {
    const nodes = [
      layer('Add', ['t', 'E'], 'u'),
      layer('Transpose', ['e'], 'e1', { perm: [0, 1, 3, 2] }),
      layer('Reshape', ['e1', 'flat'], 'f1'),
      layer('Transpose', ['f1'], 't1', { perm: [0, 2, 1] }),
      layer('Add', ['t1', 'E'], 'u1'),
      layer('ReduceMean', ['u'], 'm', { axes: [1] }),
      layer('ReduceMean', ['u1'], 'm1', { axes: [1] }),
      layer('Mul', ['m', 'm1'], 'z'),
    ];
    const drawn = { E: normal([1, patches, width], 'E') };
    expect(await reasonOf(nodes, { drawn })).toMatch(
      "its weights 'E' are shared with a layer that sees another order",
    );
  });
});

test('a crop commutes as far as it is symmetric, and one of channels not with their order', async () => {
  const crop = (low: number, high: number, axes = [2, 3]) => ({
    low: integers(axes.map(() => low)),
    high: integers(axes.map(() => high)),
    axes: integers(axes),
  });
  const nodes = (from = 'e'): Node[] => [
    layer('Slice', [from, 'low', 'high', 'axes'], 's'),
    layer('GlobalMaxPool', ['s'], 'z'),
  ];
  expect(await found(nodes(), { constants: crop(1, 2) })).toEqual(all);
  const corner = await found(nodes(), { constants: crop(0, 2) });
  expect(corner).toMatchObject({ transposition: true, channels: true });
  expect(corner['flip rows']).toMatch('the places that it takes are not symmetric');
  const rows = await found(nodes(), { constants: crop(0, 2, [2]) });
  expect(rows['flip columns']).toBe(true);
  expect(rows.transposition).toMatch('it takes other places of rows than of columns');
  const channels = await found(
    [
      layer('Slice', ['x', 'low', 'high', 'axes'], 's'),
      layer('Conv', ['s', 'W1'], 'd'),
      layer('GlobalMaxPool', ['d'], 'z'),
    ],
    { constants: crop(0, 1, [1]), drawn: { W1: normal([2, 1, 1, 1], 'W1') } },
  );
  expect(channels.channels).toMatch('it takes some of the input channels');
  const parted = await found([
    layer('Split', ['x'], ['one', 'other'], { axis: 1 }),
    layer('GlobalAveragePool', ['one'], 'z'),
  ]);
  expect(parted.channels).toMatch('it parts the input channels');
});
