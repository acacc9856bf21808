import { attributes, type AttributeLike } from '../src/attribute.js';
import { node, type Node } from '../src/graph.js';
import { imageInput } from '../src/image-input.js';
import { inferShapes } from '../src/infer-shapes.js';
import { symmetries } from '../src/symmetries.js';
import { floats, integers, type Tensor } from '../src/tensor.js';
import { buildModel, normal } from './build-model.js';

const layer = (
  operator: string,
  inputs: readonly string[],
  output: string,
  values: Record<string, AttributeLike> = {},
): Node => node(operator, inputs, [output], attributes(values));

/** What is drawn, and what is constant. */
interface Given {
  readonly drawn?: Record<string, Tensor>;
  readonly constants?: Record<string, Tensor>;
}

/** Why relabellings of pixels are refused of an image [1, 1, 3, 3], its tokens 't' [1, 9, 1] and 'tT' and rows 'f' and 'fT' [1, 9]; '' where they hold. */
function reasons(nodes: readonly Node[], { drawn = {}, constants = {} }: Given): string[] {
  const model = buildModel({
    nodes: [
      layer('Transpose', ['x'], 'xT', { perm: [0, 1, 3, 2] }),
      layer('Reshape', ['x', 'tokens'], 't'),
      layer('Reshape', ['xT', 'tokens'], 'tT'),
      layer('Flatten', ['x'], 'f'),
      layer('Flatten', ['xT'], 'fT'),
      ...nodes,
    ],
    initializers: { tokens: integers([1, 9, 1]), ...drawn, ...constants },
    inputs: { x: [1, 1, 3, 3] },
    opset: 17,
  });
  const image = imageInput(model, { layout: 'NCHW' });
  const fresh = new Set(Object.keys(drawn));
  return symmetries(model.graph, inferShapes(model), image, fresh)
    .slice(0, 3)
    .map(({ holds, reason }) => (holds ? '' : reason));
}

const shared = 'are shared with a layer that sees another order';
const combined = 'it combines pixels with values that are none';

test.each<[what: string, nodes: readonly Node[], given: Given, reason: string]>([
  [
    'drawn positions before and after a transpose',
    [layer('Mul', ['x', 'P'], 'a'), layer('Mul', ['xT', 'P'], 'z')],
    { drawn: { P: normal([3, 3]) } },
    shared,
  ],
  [
    'a drawn matrix and its transpose',
    [layer('Gemm', ['f', 'W'], 'a'), layer('Gemm', ['f', 'W'], 'z', { transB: 1 })],
    { drawn: { W: normal([9, 9]) } },
    shared,
  ],
  [
    'a drawn matrix that is a product and a mask',
    [
      layer('MatMul', ['f', 'W'], 'a'),
      layer('Reshape', ['x', 'row'], 'r'),
      layer('Mul', ['r', 'W'], 'z'),
    ],
    { drawn: { W: normal([9, 9]) }, constants: { row: integers([1, 9]) } },
    shared,
  ],
  [
    'a drawn matrix for each token, in two orders',
    [
      layer('Transpose', ['t'], 'a', { perm: [1, 0, 2] }),
      layer('Transpose', ['tT'], 'b', { perm: [1, 0, 2] }),
      layer('MatMul', ['a', 'W'], 'c'),
      layer('MatMul', ['b', 'W'], 'z'),
    ],
    { drawn: { W: normal([9, 1, 1]) } },
    shared,
  ],
  [
    'drawn values that are joined to tokens of two orders',
    [layer('Concat', ['t', 'E'], 'a', { axis: 2 }), layer('Concat', ['tT', 'E'], 'z', { axis: 2 })],
    { drawn: { E: normal([1, 9, 1]) } },
    shared,
  ],
  [
    'drawn tokens that are positions as well',
    [layer('Concat', ['t', 'E'], 'a', { axis: 1 }), layer('Add', ['t', 'E'], 'z')],
    { drawn: { E: normal([1, 9, 1]) } },
    shared,
  ],
  [
    'a drawn kernel of one place that scales tokens as well',
    [
      layer('Reshape', ['f', 'places'], 'p'),
      layer('Mul', ['p', 'W'], 'a'),
      layer('ReduceMean', ['f'], 'm', { axes: [1] }),
      layer('MatMul', ['m', 'U'], 'u'),
      layer('Reshape', ['u', 'places'], 'v'),
      layer('Conv', ['v', 'W'], 'z', { kernel_shape: [1, 1] }),
    ],
    {
      drawn: { W: normal([1, 9, 1, 1]) },
      constants: { U: normal([1, 9]), places: integers([1, 9, 1, 1]) },
    },
    shared,
  ],
  [
    'drawn positions that a matrix is computed from',
    [
      layer('Add', ['t', 'P'], 'a'),
      layer('ReduceMean', ['f'], 'm', { axes: [1] }),
      layer('Reshape', ['P', 'matrix'], 'M'),
      layer('MatMul', ['m', 'M'], 'z'),
    ],
    { drawn: { P: normal([1, 9, 1]) }, constants: { matrix: integers([1, 9]) } },
    shared,
  ],
  [
    'pixels and as many channels',
    [
      layer('ReduceMean', ['f'], 'm', { axes: [1] }),
      layer('MatMul', ['m', 'U'], 'u'),
      layer('Add', ['f', 'u'], 'z'),
    ],
    { constants: { U: normal([1, 9]) } },
    combined,
  ],
  [
    'leading axes of tokens and of channels',
    [
      layer('Transpose', ['t'], 'q', { perm: [1, 0, 2] }),
      layer('ReduceMean', ['f'], 'm', { axes: [1] }),
      layer('MatMul', ['m', 'U'], 'u'),
      layer('Reshape', ['u', 'leading'], 'v'),
      layer('MatMul', ['q', 'v'], 'z'),
    ],
    { constants: { U: normal([1, 9]), leading: integers([9, 1, 1]) } },
    combined,
  ],
  [
    'tokens joined to as many channels',
    [
      layer('ReduceMean', ['f'], 'm', { axes: [1] }),
      layer('MatMul', ['m', 'U'], 'u'),
      layer('Reshape', ['u', 'tokens'], 'v'),
      layer('Concat', ['t', 'v'], 'z', { axis: 2 }),
    ],
    { constants: { U: normal([1, 9]) } },
    combined,
  ],
  [
    'a token behind matrices of more axes',
    [layer('MatMul', ['t', 'W'], 'a'), layer('Slice', ['a', 'from', 'to', 'along'], 'z')],
    {
      drawn: { W: normal([3, 1, 1, 2]) },
      constants: { from: integers([0]), to: integers([1]), along: integers([2]) },
    },
    'it takes some of the pixels',
  ],
  [
    'a constant of Gemm that differs from pixel to pixel',
    [layer('Reshape', ['x', 'rows'], 'r'), layer('Gemm', ['r', 'W', 'C'], 'z')],
    {
      drawn: { W: normal([1, 1]) },
      constants: { rows: integers([9, 1]), C: floats([9, 1], [3, 0, 0, 0, 0, 0, 0, 0, 0]) },
    },
    "its constant 'C' treats pixels differently",
  ],
])('%s', (_, nodes, given, reason) => {
  for (const found of reasons(nodes, given).slice(1)) expect(found).toContain(reason);
});

test('what is drawn of rows alone is not transposed', () => {
  const [transposition, ...flips] = reasons([layer('Add', ['x', 'R'], 'z')], {
    drawn: { R: normal([3, 1]) },
  });
  expect(transposition).toContain("its weights 'R' vary along rows or columns only");
  expect(flips).toEqual(['', '']);
});

test('a vector of weights takes its axis away', () => {
  const nodes = [layer('MatMul', ['t', 'w'], 'a'), layer('Add', ['a', 'C'], 'z')];
  const constants = { C: floats([1, 9], [1, 0, 0, 0, 0, 0, 0, 0, 0]) };
  for (const found of reasons(nodes, { drawn: { w: normal([1]) }, constants }))
    expect(found).toContain("its constant 'C' treats pixels differently");
});
