import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { Random } from '@nads/linalg';
import { attributes, type AttributeLike } from '../src/attribute.js';
import { architecture, withFreshWeights } from '../src/fresh-weights.js';
import { node, type Node } from '../src/graph.js';
import { inferShapes } from '../src/infer-shapes.js';
import { parseInit } from '../src/init/schemes.js';
import { withGraph, type Model } from '../src/model.js';
import { floats, integers, numbersOf, sizeOf, tensorOf, type Tensor } from '../src/tensor.js';
import { requireAllFresh } from '../src/require-all-fresh.js';
import { readConstants } from '../src/weight.js';
import { buildModel, normal, runFirst } from './build-model.js';

const layer = (
  operator: string,
  inputs: string[],
  output: string,
  values: Record<string, AttributeLike> = {},
): Node => node(operator, inputs, [output], attributes(values));

const image = { x: [2, 2, 5, 5] };
const kernel = [4, 2, 3, 3];

/** A convolution whose weight `w` is computed by some nodes. */
const convolution = (nodes: readonly Node[], initializers: Record<string, Tensor>): Model =>
  buildModel({
    nodes: [...nodes, layer('Conv', ['x', 'w'], 'y', { kernel_shape: [3, 3] })],
    initializers,
    inputs: image,
  });

const constantsOf = (model: Model) => readConstants(model.graph, inferShapes(model));
const drawnNames = (model: Model): string[] =>
  architecture(model, inferShapes(model))
    .draws.map(({ name }) => name)
    .toSorted();

/** What the convolution reads as its weight: in the file, or in a network that a seed draws. */
async function operand(model: Model, seed?: number): Promise<number[]> {
  const drawn =
    seed === undefined ? model : withFreshWeights(model, parseInit('pytorch'), new Random(seed));
  const { inputs } = drawn.graph.nodes.find(({ operator }) => operator === 'Conv')!;
  const shown = withGraph(drawn, {
    nodes: [...drawn.graph.nodes, layer('Identity', [inputs[1]], 'shown')],
    outputs: [{ name: 'shown', type: 'float32' }],
  });
  return [...(await runFirst(shown, { x: normal(image.x) }))];
}

/** Something that weights are computed through, for weights of these dims: nodes, and the dims of what they are computed from. */
interface Wrapper {
  readonly nodes: (from: readonly string[], to: string, at: string) => Node[];
  readonly inner: (dims: readonly number[]) => (readonly number[])[];
  readonly constants?: (dims: readonly number[], at: string) => Record<string, Tensor>;
}

const one = (dims: readonly number[]) => [dims];
const outputs = ([first, ...rest]: readonly number[]) => [first, ...rest.map(() => 1)];
const larger = ([first, ...rest]: readonly number[]) => [[first + 2, ...rest]];
const mask = (dims: readonly number[]) =>
  Float32Array.from({ length: sizeOf(dims) }, (_, i) => ((i * 7) % 3 === 0 ? 0 : 1));

const wrappers: Readonly<Record<string, Wrapper>> = {
  identity: { inner: one, nodes: ([v], to) => [layer('Identity', [v], to)] },
  negation: { inner: one, nodes: ([v], to) => [layer('Neg', [v], to)] },
  cast: {
    inner: one,
    nodes: ([v], to, at) => [
      layer('Cast', [v], `${at}/wide`, { to: 11 }),
      layer('Cast', [`${at}/wide`], to, { to: 1 }),
    ],
  },
  transpose: {
    inner: dims => [dims.toReversed()],
    nodes: ([v], to) => [layer('Transpose', [v], to)],
  },
  reshape: {
    inner: dims => [[sizeOf(dims)]],
    constants: (dims, at) => ({ [`${at}/dims`]: integers(dims) }),
    nodes: ([v], to, at) => [layer('Reshape', [v, `${at}/dims`], to)],
  },
  concat: {
    inner: ([first, ...rest]) => [
      [1, ...rest],
      [first - 1, ...rest],
    ],
    nodes: (parts, to) => [layer('Concat', [...parts], to, { axis: 0 })],
  },
  slice: {
    inner: larger,
    constants: (dims, at) => ({
      [`${at}/start`]: integers([1]),
      [`${at}/end`]: integers([dims[0] + 1]),
      [`${at}/axis`]: integers([0]),
    }),
    nodes: ([v], to, at) => [layer('Slice', [v, `${at}/start`, `${at}/end`, `${at}/axis`], to)],
  },
  split: {
    inner: larger,
    constants: (dims, at) => ({ [`${at}/sizes`]: integers([dims[0], 2]) }),
    nodes: ([v], to, at) => [
      node('Split', [v, `${at}/sizes`], [to, `${at}/rest`], attributes({ axis: 0 })),
    ],
  },
  gather: {
    inner: larger,
    constants: (dims, at) => ({
      [`${at}/places`]: integers(Array.from({ length: dims[0] }, (_, i) => dims[0] + 1 - i)),
    }),
    nodes: ([v], to, at) => [layer('Gather', [v, `${at}/places`], to, { axis: 0 })],
  },
  where: {
    inner: dims => [dims, dims],
    constants: (dims, at) => ({ [`${at}/condition`]: tensorOf('bool', dims, mask(dims)) }),
    nodes: ([a, b], to, at) => [layer('Where', [`${at}/condition`, a, b], to)],
  },
  scale: {
    inner: one,
    constants: (_, at) => ({ [`${at}/scale`]: floats([], [0.5]) }),
    nodes: ([v], to, at) => [layer('Mul', [`${at}/scale`, v], to)],
  },
  gain: {
    inner: one,
    constants: (dims, at) => ({ [`${at}/gain`]: normal(outputs(dims), 5) }),
    nodes: ([v], to, at) => [layer('Mul', [v, `${at}/gain`], to)],
  },
  mask: {
    inner: one,
    constants: (dims, at) => ({ [`${at}/mask`]: floats(dims, mask(dims)) }),
    nodes: ([v], to, at) => [layer('Mul', [v, `${at}/mask`], to)],
  },
  'weight norm': {
    inner: one,
    constants: (dims, at) => ({ [`${at}/g`]: normal(outputs(dims), 6) }),
    nodes: ([v], to, at) => [
      layer('ReduceL2', [v], `${at}/norm`, { axes: [-1], keepdims: 1 }),
      layer('ReduceL2', [`${at}/norm`], `${at}/all`, { keepdims: 1 }),
      layer('Div', [`${at}/g`, `${at}/all`], `${at}/ratio`),
      layer('Mul', [v, `${at}/ratio`], to),
    ],
  },
  standardisation: {
    inner: one,
    constants: (_, at) => ({ [`${at}/epsilon`]: floats([], [1e-5]) }),
    nodes: ([v], to, at) => [
      layer('ReduceMean', [v], `${at}/mean`, { keepdims: 1 }),
      layer('Sub', [v, `${at}/mean`], `${at}/centred`),
      layer('ReduceL2', [`${at}/centred`], `${at}/deviation`, { keepdims: 1 }),
      layer('Add', [`${at}/deviation`, `${at}/epsilon`], `${at}/shifted`),
      layer('Div', [`${at}/centred`, `${at}/shifted`], to),
    ],
  },
  'spectral norm': {
    inner: one,
    constants: ([rows, ...rest], at) => ({
      [`${at}/u`]: normal([1, rows], 7),
      [`${at}/v`]: normal([sizeOf(rest), 1], 8),
      [`${at}/rows`]: integers([rows, -1]),
    }),
    nodes: ([v], to, at) => [
      layer('Reshape', [v, `${at}/rows`], `${at}/matrix`),
      layer('MatMul', [`${at}/matrix`, `${at}/v`], `${at}/image`),
      layer('MatMul', [`${at}/u`, `${at}/image`], `${at}/product`),
      layer('ReduceSum', [`${at}/product`], `${at}/sigma`, { keepdims: 0 }),
      layer('Div', [v, `${at}/sigma`], to),
    ],
  },
  'low-rank update': {
    inner: ([rows, ...rest]) => [
      [rows, ...rest],
      [rows, 2],
      [2, sizeOf(rest)],
    ],
    constants: (dims, at) => ({
      [`${at}/dims`]: integers(dims),
      [`${at}/alpha`]: floats([], [0.25]),
    }),
    nodes: ([v, b, a], to, at) => [
      layer('MatMul', [b, a], `${at}/product`),
      layer('Mul', [`${at}/product`, `${at}/alpha`], `${at}/scaled`),
      layer('Reshape', [`${at}/scaled`, `${at}/dims`], `${at}/update`),
      layer('Add', [v, `${at}/update`], to),
    ],
  },
};

/** Whether a wrapper makes sense for weights of these dims. */
function fits(name: string, dims: readonly number[]): boolean {
  if (name === 'low-rank update')
    return dims.length >= 2 && dims[0] !== 2 && sizeOf(dims.slice(1)) !== 2;
  if (name === 'gain') return sizeOf(outputs(dims)) < sizeOf(dims);
  return name !== 'concat' || dims[0] > 1;
}

interface Built {
  readonly nodes: Node[];
  readonly initializers: Record<string, Tensor>;
}

/** A weight of these dims, computed through wrappers from the outermost to the innermost. */
function wrapped(to: string, dims: readonly number[], [name, ...rest]: readonly string[]): Built {
  if (name === undefined)
    return { nodes: [], initializers: { [to]: normal([...dims], to.length) } };
  if (!fits(name, dims)) return wrapped(to, dims, rest);
  const { inner, nodes, constants } = wrappers[name];
  const parts = inner(dims).map((size, i) => ({ name: `${to}.${i}`, size }));
  const built = parts.map(part => wrapped(part.name, part.size, rest));
  return {
    nodes: [
      ...built.flatMap(one => one.nodes),
      ...nodes(
        parts.map(part => part.name),
        to,
        `${to}/${name}`,
      ),
    ],
    initializers: Object.assign(
      {},
      constants?.(dims, `${to}/${name}`),
      ...built.map(one => one.initializers),
    ),
  };
}

const rearranging = [
  'identity',
  'cast',
  'transpose',
  'reshape',
  'concat',
  'slice',
  'split',
  'gather',
];

test('200 random reparametrisations: what a layer reads is drawn anew, and nothing else changes', async () => {
  const names = array(constantFrom(...Object.keys(wrappers)), { minLength: 1, maxLength: 3 });
  await assert(
    asyncProperty(names, async chain => {
      const { nodes, initializers } = wrapped('w', kernel, chain);
      const model = convolution(nodes, initializers);
      const [file, first, second] = [
        await operand(model),
        await operand(model, 1),
        await operand(model, 2),
      ];
      file.forEach((value, i) => {
        if (value === 0) expect(Math.abs(first[i]) + Math.abs(second[i])).toBe(0);
        else expect(new Set([value, first[i], second[i]]).size).toBe(3);
      });
      const fresh = architecture(model, inferShapes(model));
      const drawn = new Set(fresh.draws.map(({ name }) => name));
      for (const [name, tensor] of fresh.model.graph.initializers)
        if (!drawn.has(name)) expect(tensor).toBe(model.graph.initializers.get(name));
      if (chain.every(name => rearranging.includes(name))) {
        const square = first.reduce((sum, x) => sum + x * x, 0) / first.length;
        expect(square * 3 * 18).toBeGreaterThan(0.5); // uniform with variance 1 / (3 fan-in)
        expect(square * 3 * 18).toBeLessThan(1.6);
      }
    }),
    { numRuns: 200, seed: 1 },
  );
});

describe('which constants are drawn, and which are kept', () => {
  const cases: [string, string[], string[], string[]][] = [
    ['w of w · mask', ['mask'], ['w.0'], ['w/mask/mask']],
    ['v of a weight norm', ['weight norm'], ['w.0'], ['w/weight norm/g']],
    ['w of a standardisation', ['standardisation'], ['w.0'], []],
    ['the parts of a Concat', ['concat'], ['w.0', 'w.1'], []],
    ['all of a low-rank update', ['low-rank update'], ['w.0', 'w.1', 'w.2'], []],
    ['both branches of a Where', ['where'], ['w.0', 'w.1'], ['w/where/condition']],
  ];
  test.each(cases)('%s', (_, chain, drawn, kept) => {
    const { nodes, initializers } = wrapped('w', kernel, chain);
    const model = convolution(nodes, initializers);
    const names = drawnNames(model).map(name => name.replace('fresh/', ''));
    expect(names).toEqual(drawn);
    expect(constantsOf(model).kept.flatMap(({ constants }) => constants)).toEqual(kept);
  });

  test('a square matrix behind a weight is a change of basis, and kept', () => {
    const nodes = [layer('MatMul', ['rows', 'm'], 'flat'), layer('Reshape', ['flat', 'd'], 'w')];
    const initializers = { rows: normal([8, 9]), m: normal([9, 9], 2), d: integers(kernel) };
    const model = convolution(nodes, initializers);
    expect(drawnNames(model)).toEqual(['rows']);
    expect(constantsOf(model).kept).toMatchObject([{ node: 'y', constants: ['m'] }]);
  });

  test('factors of low rank have fans of their own', () => {
    const nodes = [layer('MatMul', ['b', 'a'], 'flat'), layer('Reshape', ['flat', 'd'], 'w')];
    const initializers = { b: normal([4, 3]), a: normal([3, 18], 2), d: integers(kernel) };
    const { weights } = constantsOf(convolution(nodes, initializers));
    expect(weights.map(({ origin, fanIn, fanOut }) => [origin.name, fanIn, fanOut])).toEqual([
      ['b', 3, 4],
      ['a', 18, 3],
    ]);
  });
});

describe('what is not clear is refused, with the node and the constants', () => {
  const refusal = (nodes: readonly Node[], initializers: Record<string, Tensor>) => () =>
    drawnNames(convolution(nodes, initializers));

  test('a function of the weight', () => {
    expect(refusal([layer('Tanh', ['v'], 'w')], { v: normal(kernel) })).toThrow(
      "weight 'w' of node 'y' (Conv) is computed from 'v': node 'w' (Tanh): it is not known which input holds the weight",
    );
  });

  test.each<[string, Record<string, readonly number[]>]>([
    ['of a filter and a scale of each', { a: [4, 1, 1, 1], b: [1, 2, 3, 3] }],
    ['of a vector and kernels', { a: [1, 2, 1, 1], b: [4, 1, 3, 3] }],
  ])('a product in which no factor has all elements: %s', (_, { a, b }) => {
    const given = { a: normal(a), b: normal(b, 2) };
    const message =
      /computed from '[ab]', '[ab]': node 'w' \((Mul|Div|Add)\): no operand has as many elements as the outcome; nads fold/;
    for (const operator of ['Mul', 'Add'])
      expect(refusal([layer(operator, ['a', 'b'], 'w')], given)).toThrow(message);
    expect(refusal([layer('Div', ['b', 'a'], 'w')], given)).toThrow(message);
  });

  test('a scale that is spread over all elements of another constant', () => {
    const nodes = [layer('Expand', ['a', 'd'], 'wide'), layer('Mul', ['b', 'wide'], 'w')];
    const given = { a: normal([4, 1, 1, 1]), d: integers(kernel) };
    expect(refusal(nodes, { ...given, b: normal([1, 2, 3, 3]) })).toThrow(/no operand has as many/);
    expect(drawnNames(convolution(nodes, { ...given, b: normal(kernel) }))).toEqual(['b']);
  });

  test('a choice between two numbers', () => {
    const given = {
      m: tensorOf('bool', kernel, mask(kernel)),
      a: floats([], [1]),
      b: floats([], [-1]),
    };
    expect(refusal([layer('Where', ['m', 'a', 'b'], 'w')], given)).toThrow(
      /no operand has as many/,
    );
  });

  test('a weight whose fractions are cut off', () => {
    const nodes = [
      layer('Cast', ['v'], 'whole', { to: 6 }),
      layer('Cast', ['whole'], 'w', { to: 1 }),
    ];
    expect(refusal(nodes, { v: normal(kernel) })).toThrow(
      /computed from 'v': node 'whole' \(Cast\): it cuts off fractions/,
    );
  });

  test('a product of two that could both be it', () => {
    const given = { a: normal(kernel), b: normal(kernel, 2) };
    expect(refusal([layer('Mul', ['a', 'b'], 'w')], given)).toThrow(
      /computed from 'b', 'a': node 'w' \(Mul\): either factor could be the weight/,
    );
  });

  test('one constant of equal elements behind several layers', () => {
    const nodes = [
      layer('Neg', ['zeros'], 'w'),
      layer('Neg', ['zeros'], 'u'),
      layer('Conv', ['x', 'u'], 'z', { kernel_shape: [3, 3] }),
    ];
    expect(refusal(nodes, { zeros: floats(kernel, new Float32Array(72)) })).toThrow(
      /layers 'y', 'z' compute their weights from one constant 'zeros' whose elements are all equal/,
    );
  });
});

describe('one constant that is cut into the weights of several layers', () => {
  test('is drawn where they are alike', () => {
    const nodes = [
      node('Split', ['joint'], ['u', 'w'], attributes({ axis: 0 })),
      layer('Conv', ['x', 'u'], 'z', { kernel_shape: [3, 3] }),
      layer('Conv', ['x', 'w'], 'v', { kernel_shape: [3, 3] }),
      layer('Add', ['z', 'v'], 'y'),
    ];
    const initializers = { joint: normal([8, 2, 3, 3]) };
    expect(drawnNames(buildModel({ nodes, initializers, inputs: image }))).toEqual(['joint']);
  });

  test('is refused where their distributions differ', () => {
    const nodes = [
      node('Split', ['joint', 'sizes'], ['a', 'b'], attributes({ axis: 0 })),
      layer('Reshape', ['a', 'first'], 'u'),
      layer('Reshape', ['b', 'second'], 'w'),
      layer('Conv', ['x', 'u'], 'z', { kernel_shape: [3, 3] }),
      layer('Conv', ['z', 'w'], 'y', { kernel_shape: [1, 1] }),
    ];
    const initializers = {
      joint: normal([72 + 12]),
      sizes: integers([72, 12]),
      first: integers(kernel),
      second: integers([3, 4, 1, 1]),
    };
    expect(() => drawnNames(buildModel({ nodes, initializers, inputs: image }))).toThrow(
      "layers 'y', 'z' cut their weights from one constant 'joint' and need different distributions; give each a constant of its own",
    );
  });
});

test('constants that nobody knows are reported as kept', () => {
  const nodes = [layer('Mul', ['x', 'window'], 'seen'), layer('Conv', ['seen', 'w'], 'y')];
  const model = buildModel({
    nodes,
    initializers: { window: normal([5, 5]), w: normal(kernel, 2) },
    inputs: image,
  });
  expect(constantsOf(model).kept).toEqual([
    {
      node: 'seen',
      operator: 'Mul',
      input: 1,
      constants: ['window'],
      reason: 'no weight of a layer that is known',
    },
  ]);
});

test('a scale of a norm that is computed stays as it is, and is reported', () => {
  const nodes = [
    layer('Conv', ['x', 'k'], 'c'),
    layer('Add', ['one', 'gamma'], 'scale'),
    layer('BatchNormalization', ['c', 'scale', 'beta', 'beta', 'one'], 'y'),
  ];
  const ones = floats([4], [1, 1, 1, 1]);
  const model = buildModel({
    nodes,
    initializers: { k: normal(kernel), one: ones, gamma: normal([4], 2), beta: normal([4], 3) },
    inputs: image,
  });
  expect(constantsOf(model).kept).toMatchObject([
    { node: 'y', input: 1, reason: 'scale of kind norm, computed' },
  ]);
});

test('100,000 nodes in a chain take no more than linear time', () => {
  const names = Array.from({ length: 100_000 }, (_, i) => `i${i}`);
  const chain = names.map((name, i) => layer('Identity', [i === 0 ? 'v' : names[i - 1]], name));
  const nodes = [...chain, layer('Reshape', [names.at(-1)!, 'd'], 'w')];
  const model = convolution(nodes, { v: normal([72]), d: integers(kernel) });
  const [{ through }] = constantsOf(model).weights;
  expect(through).toHaveLength(100_001);
  expect(numbersOf(model.graph.initializers.get('v')!)).toHaveLength(72);
});

describe('what fills in is kept', () => {
  const mask4 = { hides: tensorOf('bool', kernel, mask(kernel)) };
  const zeros = (dims: readonly number[]) => floats(dims, new Float32Array(sizeOf(dims)));

  test.each<[string, readonly number[]]>([
    ['one zero', []],
    ['zeros', kernel],
  ])('%s in a branch of a Where', async (_, dims) => {
    const model = convolution([layer('Where', ['hides', 'v', 'zero'], 'w')], {
      ...mask4,
      v: normal(kernel),
      zero: zeros(dims),
    });
    expect(drawnNames(model)).toEqual(['v']);
    const values = await operand(model, 1);
    values.forEach((value, i) => expect(value === 0).toBe(mask(kernel)[i] === 0));
  });

  test('a part of a Concat that is zeros', () => {
    const model = convolution([layer('Concat', ['v', 'zero'], 'w', { axis: 0 })], {
      v: normal([3, 2, 3, 3]),
      zero: zeros([1, 2, 3, 3]),
    });
    expect(drawnNames(model)).toEqual(['v']);
    expect(constantsOf(model).kept.map(({ constants }) => constants)).toEqual([['zero']]);
  });

  test('parts that are all zeros, as in a file without weights, are all drawn', () => {
    const model = convolution([layer('Concat', ['v', 'zero'], 'w', { axis: 0 })], {
      v: zeros([3, 2, 3, 3]),
      zero: zeros([1, 2, 3, 3]),
    });
    expect(drawnNames(model)).toEqual(['v', 'zero']);
  });

  test('a mask that is computed from scores', () => {
    const nodes = [
      layer('Greater', ['scores', 'threshold'], 'chosen'),
      layer('Cast', ['chosen'], 'mask', { to: 1 }),
      layer('Mul', ['mask', 'v'], 'w'),
    ];
    const model = convolution(nodes, {
      scores: normal(kernel, 3),
      threshold: floats([], [0]),
      v: normal(kernel),
    });
    expect(drawnNames(model)).toEqual(['v']);
    expect(constantsOf(model).kept.map(({ constants }) => constants)).toEqual([['scores']]);
  });

  test('a difference from what is computed from the weight itself', () => {
    const nodes = [layer('Mul', ['v', 'half'], 'part'), layer('Sub', ['v', 'part'], 'w')];
    const model = convolution(nodes, { v: normal(kernel), half: floats([], [0.5]) });
    expect(drawnNames(model)).toEqual(['v']);
  });
});

describe('a low-rank update in one Gemm', () => {
  const given = { d: integers(kernel), b: normal([4, 3]), w0: normal([4, 18], 3) };
  const found = (a: Tensor, transB: number) => {
    const update = layer('Gemm', ['b', 'a', 'w0'], 'flat', { transB });
    const model = convolution([update, layer('Reshape', ['flat', 'd'], 'w')], { ...given, a });
    return constantsOf(model).weights.map(({ origin, fanIn, fanOut }) => [
      origin.name,
      fanIn,
      fanOut,
    ]);
  };
  const fansOfParts = [
    ['b', 3, 4],
    ['a', 18, 3],
    ['w0', 18, 36],
  ];

  test('is drawn in all its parts', () => {
    expect(found(normal([3, 18], 2), 0)).toEqual(fansOfParts);
  });

  test('has the fans of its transposed factors', () => {
    expect(found(normal([18, 3], 2), 1)).toEqual(fansOfParts);
  });
});

describe('whole numbers', () => {
  const cast = layer('Cast', ['q'], 'wide', { to: 1 });
  const scaled = [cast, layer('Mul', ['wide', 'scale'], 'w')];
  const q = tensorOf(
    'int8',
    kernel,
    Int8Array.from({ length: 72 }, (_, i) => i - 30),
  );
  const refused = "'q' holds whole numbers (int8), as quantised weights do; nads fold";

  test.each<[string, Node[], Record<string, Tensor>, string]>([
    ['by one number', scaled, { scale: floats([], [0.01]) }, refused],
    ['by one of each filter', scaled, { scale: normal([4, 1, 1, 1]) }, refused],
    [
      'by those, spread over all elements',
      [layer('Expand', ['s', 'd'], 'scale'), ...scaled],
      { s: normal([4, 1, 1, 1]), d: integers(kernel) },
      refused,
    ],
    ['by one of each element', scaled, { scale: normal(kernel) }, 'either factor could be'],
    ['not at all', [layer('Cast', ['q'], 'w', { to: 1 })], {}, refused],
  ])('that are scaled %s are no mask of their scale', (_, nodes, given, message) => {
    const model = convolution(nodes, { q, ...given });
    expect(() => drawnNames(model)).toThrow(message);
  });

  test('that are zeros and ones are a mask, and reported', () => {
    const given = {
      q: tensorOf('int8', kernel, Int8Array.from(mask(kernel))),
      scale: normal(kernel),
    };
    const model = convolution(scaled, given);
    expect(drawnNames(model)).toEqual(['scale']);
    expect(constantsOf(model).kept.map(({ constants }) => constants)).toEqual([['q']]);
  });
});

test('a kernel that is padded is drawn, and onnxruntime runs it', async () => {
  const pads = integers([0, 0, 1, 1, 0, 0, 1, 1]);
  for (const nodes of [
    [layer('Pad', ['v', 'pads'], 'w')],
    [layer('Pad', ['v', 'pads'], 'p'), layer('Identity', ['p'], 'w')],
  ]) {
    const { model, draws } = (() => {
      const file = convolution(nodes, { v: normal([4, 2, 1, 1]), pads });
      return architecture(file, inferShapes(file));
    })();
    expect(draws.map(({ name }) => name)).toEqual(['v']);
    const { v, ...initializers } = Object.fromEntries(model.graph.initializers);
    const asInput = withGraph(model, {
      initializers: new Map(Object.entries(initializers)),
      inputs: [...model.graph.inputs, { name: 'v', type: 'float32', dims: v.dims }],
    });
    const given = { x: normal(image.x), v: floats([4, 2, 1, 1], new Float32Array(8).fill(1)) };
    const [first] = await runFirst(asInput, given);
    expect(first).toBeCloseTo(numbersOf(given.x)[6] + numbersOf(given.x)[31], 5);
  }
});

test('a value of the file that is called like a drawn weight stays what it is', async () => {
  const nodes = [
    layer('Conv', ['x', 'k'], 'c', { kernel_shape: [3, 3] }),
    layer('Neg', ['c'], 'fresh/v'),
    layer('Conv', ['fresh/v', 'v'], 'd', { kernel_shape: [1, 1] }),
    layer('Mul', ['d', 'fresh/k'], 'y'),
  ];
  const model = buildModel({
    nodes,
    initializers: {
      k: normal(kernel),
      v: normal([4, 4, 1, 1], 2),
      'fresh/k': floats([], [2]),
    },
    inputs: image,
  });
  const fresh = architecture(model, inferShapes(model));
  expect(fresh.draws.map(({ name }) => name)).toEqual(['fresh/k_1', 'fresh/v_1']);
  expect(fresh.model.graph.nodes.map(({ operator, inputs }) => [operator, ...inputs])).toEqual([
    ['Conv', 'x', 'fresh/k_1'],
    ['Neg', 'c'],
    ['Conv', 'fresh/v', 'fresh/v_1'],
    ['Mul', 'd', 'fresh/k'],
  ]);
});

describe('weights that are computed by very many nodes', () => {
  const chain = (length: number, step: (from: string, to: string) => Node): Node[] =>
    Array.from({ length }, (_, i) => step(`v${i}`, i === length - 1 ? 'w' : `v${i + 1}`));
  const negations = (length: number) => chain(length, (from, to) => layer('Neg', [from], to));

  test('are traced while they are hundreds', () => {
    const model = convolution(negations(900), { v0: normal(kernel) });
    expect(drawnNames(model)).toEqual(['v0']);
  });

  test('are refused with the node that reads them', () => {
    const model = convolution(negations(20_000), { v0: normal(kernel) });
    expect(() => drawnNames(model)).toThrow(/weight 'w' of node 'y' \(Conv\).*more than \d+ nodes/);
  });

  test('are looked at once, not once for every node', () => {
    const step = (from: string, to: string) => layer('Mul', [from, 'gain'], to);
    const model = convolution(chain(900, step), { v0: normal(kernel), gain: floats([], [1.01]) });
    const start = performance.now();
    expect(drawnNames(model)).toEqual(['v0']);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('are reported where no layer reads them', () => {
    const nodes = [
      ...negations(20_000),
      layer('Add', ['x', 'w'], 'seen'),
      layer('Conv', ['seen', 'k'], 'y', { kernel_shape: [3, 3] }),
    ];
    const model = buildModel({
      nodes,
      initializers: { v0: normal([5, 5]), k: normal(kernel) },
      inputs: image,
    });
    expect(constantsOf(model).kept).toMatchObject([{ node: 'seen', constants: ['v0'] }]);
  });
});

test('a constant operand that is neither drawn nor kept is an error', () => {
  const model = convolution([], { w: normal(kernel) });
  const inference = inferShapes(model);
  expect(() => requireAllFresh(model.graph, inference, { draws: [], kept: [] })).toThrow(
    "operand 'w' of node 'y' (Conv) is neither drawn anew nor known to be kept",
  );
});

test('a weight that is divided by a size of the images is drawn, and stays divided', async () => {
  const nodes = [
    layer('Shape', ['x'], 'sizes'),
    layer('Gather', ['sizes', 'one'], 'size', { axis: 0 }),
    layer('Cast', ['size'], 'channels', { to: 1 }),
    layer('Div', ['v', 'channels'], 'w'),
  ];
  const model = convolution(nodes, { v: normal(kernel), one: integers([1], []) });
  expect(drawnNames(model)).toEqual(['v']);
  expect(constantsOf(model).kept).toEqual([]);
  const { model: fresh } = architecture(model, inferShapes(model));
  expect(fresh.graph.nodes.map(({ operator }) => operator)).toContain('Div');
});

test('a weight that is computed from a constant and the images is refused', () => {
  const nodes = [
    layer('ReduceMean', ['x'], 'mean', { keepdims: 0 }),
    layer('Mul', ['mean', 'zero'], 'none'),
    layer('Add', ['v', 'none'], 'w'),
  ];
  const model = convolution(nodes, { v: normal(kernel), zero: floats([], [0]) });
  expect(() => drawnNames(model)).toThrow(
    "weight 'w' of node 'y' (Conv) is computed from 'v' and the images; replace it by a constant",
  );
});

describe('a constant that is multiplied behind a layer', () => {
  const use = (axes: number[], dims: number[], others: Node[] = []) => {
    const nodes = [
      layer('Conv', ['x', 'k'], 'c', { kernel_shape: [3, 3] }),
      layer('Mul', ['c', 'v'], 'm'),
      ...others,
      layer('ReduceSum', ['m', 'axes'], 'y', { keepdims: 0 }),
    ];
    const initializers = { k: normal(kernel), v: normal(dims, 2), axes: integers(axes) };
    const { weights } = constantsOf(buildModel({ nodes, initializers, inputs: image }));
    const { kind, role, fanIn, fanOut } = weights.find(({ origin }) => origin.name === 'v')!;
    return [kind, role, fanIn, fanOut];
  };

  test('is the weight of a layer where its products are summed', () => {
    expect(use([1], [4, 1, 1])).toEqual(['linear', 'weight', 4, 1]);
    expect(use([2, 3], [4, 3, 3])).toEqual(['linear', 'weight', 9, 4]);
  });

  test('is a scale where others are summed, or not all that reads them sums', () => {
    expect(use([2, 3], [4, 1, 1])).toEqual(['norm', 'scale', 1, 1]);
    expect(use([1], [4, 1, 1], [layer('Relu', ['m'], 'r')])).toEqual(['norm', 'scale', 1, 1]);
  });
});
