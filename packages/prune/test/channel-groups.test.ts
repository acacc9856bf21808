import { attributes, floats, integers, node, type Model } from '@nads/onnx';
import { expectClose } from '@nads/testing';
import { channelGroups, shrink, zeroed, type Channels } from '../src/index.js';
import { filtersOf } from '../src/importance/filters.js';
import { outputOf, smallNetwork } from './small-network.js';

/** Networks with 6 channels in the middle, between two convolutions of 1×1. */
const networks: Readonly<Record<string, Model>> = {
  'squeeze and excite': between(
    [
      node('GlobalAveragePool', ['a'], ['mean']),
      conv('mean', 'narrow', 'squeezed'),
      node('Sigmoid', ['squeezed'], ['gate'], attributes({})),
      conv('gate', 'wide', 'excited'),
      node('HardSigmoid', ['excited'], ['scale']),
      node('Mul', ['a', 'scale'], ['b']),
    ],
    { narrow: [2, 6, 1, 1], wide: [6, 2, 1, 1] },
  ),
  'one tensor twice in a concatenation': between(
    [node('Concat', ['a', 'a'], ['b'], attributes({ axis: 1 }))],
    {},
    12,
  ),
  'a depthwise convolution with two outputs a channel': between(
    [conv('a', 'depthwise', 'b', { group: 6, kernel_shape: [3, 3], pads: [1, 1, 1, 1] })],
    { depthwise: [12, 1, 3, 3] },
    12,
  ),
  'a grouped convolution': between(
    [conv('a', 'grouped', 'b', { group: 2 })],
    { grouped: [8, 3, 1, 1] },
    8,
  ),
  'a transposed convolution in groups': between(
    [node('ConvTranspose', ['a', 'turned'], ['b'], attributes({ group: 2 }))],
    { turned: [6, 4, 2, 2] },
    8,
  ),
  'a shuffle by Gather': between([node('Gather', ['a', 'order'], ['b'], attributes({ axis: 1 }))], {
    order: integers([0, 3, 1, 4, 2, 5]),
  }),
  'two parts by Slice': between(
    [
      node('Slice', ['a', 'zero', 'two', 'one'], ['front']),
      node('Slice', ['a', 'two', 'end', 'one'], ['back']),
      node('Neg', ['front'], ['negative']),
      node('Concat', ['back', 'negative'], ['b'], attributes({ axis: 1 })),
    ],
    { zero: integers([0]), two: integers([2]), one: integers([1]), end: integers([99]) },
  ),
  'channels padded with zeros': between(
    [
      node('Pad', ['a', 'pads'], ['padded']),
      conv('a', 'more', 'other'),
      node('Add', ['padded', 'other'], ['b']),
    ],
    { pads: integers([0, 1, 0, 0, 0, 1, 0, 0]), more: [8, 6, 1, 1] },
    8,
  ),
  'a slope for each channel': between([node('PRelu', ['a', 'slope'], ['b'])], { slope: [6, 1, 1] }),
  'statistics of each channel': between(
    [node('InstanceNormalization', ['a', 'gamma', 'beta'], ['b'])],
    { gamma: [6], beta: [6] },
  ),
  'a mean stretched by a stated shape': between(
    [
      node('ReduceMean', ['a'], ['mean'], attributes({ axes: [2, 3] })),
      node('Expand', ['mean', 'shape'], ['wide']),
      node('Sub', ['a', 'wide'], ['b']),
    ],
    { shape: integers([2, 6, 4, 4]) },
  ),
  'channels last': between(
    [
      node('Transpose', ['a'], ['last'], attributes({ perm: [0, 2, 3, 1] })),
      node('MatMul', ['last', 'square'], ['mixed']),
      node('Add', ['mixed', 'bias'], ['shifted']),
      node('Transpose', ['shifted'], ['b'], attributes({ perm: [0, 3, 1, 2] })),
    ],
    { square: [6, 5], bias: [5] },
    5,
  ),
  'sizes said to Resize': between([node('Resize', ['a', '', '', 'sizes'], ['b'])], {
    sizes: integers([2, 6, 8, 8]),
  }),
  'a normalisation whose shift is shared through Identity': between(
    [
      node('Identity', ['beta'], ['same']),
      node('BatchNormalization', ['a', 'gamma', 'beta', 'mean', 'variance'], ['c']),
      conv('c', 'square', 'd'),
      node('BatchNormalization', ['d', 'gamma', 'same', 'mean', 'variance'], ['b']),
    ],
    { beta: [6], gamma: [6], mean: [6], variance: [6], square: [6, 6, 1, 1] },
  ),
};

/** What goes together in them: the number of channels, constants and their axes. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'a depthwise convolution with two outputs a channel': ['6: depthwise.0 final.1 first.0'],
  'a grouped convolution': ['3: first.0 grouped.1', '4: final.1 grouped.0'],
  'a mean stretched by a stated shape': ['6: final.1 first.0'],
  'a normalisation whose shift is shared through Identity': [
    '6: beta.0 first.0 gamma.0 mean.0 square.1 variance.0',
    '6: final.1 gamma/b.0 mean/b.0 same.0 square.0 variance/b.0',
  ],
  'a shuffle by Gather': ['6: final.1 first.0'],
  'a slope for each channel': ['6: final.1 first.0 slope.0'],
  'a transposed convolution in groups': ['3: first.0 turned.0', '4: final.1 turned.1'],
  'channels last': ['6: first.0 square.0', '5: bias.0 final.1 square.1'],
  'channels padded with zeros': ['6: final.1 first.0 more.0 more.1', '2: final.1 more.0'],
  'one tensor twice in a concatenation': ['6: final.1 first.0'],
  'sizes said to Resize': ['6: final.1 first.0'],
  'squeeze and excite': ['6: final.1 first.0 narrow.1 wide.0', '2: narrow.0 wide.1'],
  'statistics of each channel': ['6: beta.0 final.1 first.0 gamma.0'],
  'two parts by Slice': ['6: final.1 first.0'],
};

function conv(input: string, weight: string, output: string, options = {}) {
  return node('Conv', [input, weight], [output], attributes(options));
}

/** A network whose middle leads from `a` to `b`, of `width` channels. */
function between(
  middle: Model['graph']['nodes'],
  weights: Parameters<typeof smallNetwork>[1],
  width = 6,
): Model {
  return smallNetwork([conv('x', 'first', 'a'), ...middle, conv('b', 'final', 'y')], {
    first: [6, 3, 1, 1],
    final: [2, width, 1, 1],
    ...weights,
  });
}

const channelsOf = (model: Model): Channels =>
  channelGroups(model, { x: model.graph.inputs[0].dims as readonly number[] });

/** Names of the constants of every group, and how many channels it has. */
const summary = ({ groups }: Channels): string[] =>
  groups.map(
    ({ entries, channels }) =>
      `${channels.length}: ${entries.map(({ initializer, axis }) => `${initializer}.${axis}`).join(' ')}`,
  );

test.each(Object.entries(networks))('every channel of %s can go', async (name, model) => {
  const channels = channelsOf(model);
  expect(summary(channels)).toEqual(expected[name]);
  for (const { channels: list } of channels.groups)
    for (const channel of list) {
      const small = shrink(channels, [channel]);
      const [removed, zeros] = [await outputOf(small), await outputOf(zeroed(channels, [channel]))];
      expectClose(removed, zeros, { rtol: 1e-5, atol: 1e-5 });
    }
});

test('what a layer normalisation averages over stays, with its reason', () => {
  const model = between(
    [
      node('Transpose', ['a'], ['last'], attributes({ perm: [0, 2, 3, 1] })),
      node('LayerNormalization', ['last', 'gamma'], ['normal']),
      node('Transpose', ['normal'], ['b'], attributes({ perm: [0, 3, 1, 2] })),
    ],
    { gamma: [6] },
  );
  const { groups, whole } = channelsOf(model);
  expect(groups).toEqual([]);
  expect(whole.map(({ reason }) => reason)).toEqual([
    "'normal' (LayerNormalization) computes over all of it",
  ]);
});

test('an operator without a rule keeps its channels, and the rest can go', () => {
  const model = between(
    [
      conv('a', 'square', 'c'),
      node('Einsum', ['c'], ['b'], attributes({ equation: 'abcd->abcd' })),
    ],
    { square: [6, 6, 1, 1] },
  );
  const channels = channelsOf(model);
  expect(summary(channels)).toEqual(['6: first.0 square.1']);
  expect(channels.whole.map(({ reason }) => reason)).toEqual([
    "'b' (Einsum) has no rule for channels",
  ]);
});

test('layers behind an operator that nothing is known of have no filters', () => {
  const model = between([node('constructor', ['a'], ['b'])], {});
  const channels = channelsOf(model);
  const filters = filtersOf(channels).map(({ weight }) => weight);
  expect(filters).toEqual(['first']);
});

test('values out of all proportion to the images are refused before places are listed', () => {
  const depth = integers([1e8]);
  const model = between(
    [
      node('OneHot', ['which', 'depth', 'off'], ['large']),
      node('ReduceSum', ['large'], ['one'], attributes({ keepdims: 0 })),
      node('Mul', ['a', 'one'], ['b']),
    ],
    { which: integers([0]), depth, off: floats([2], [0, 1]) },
  );
  expect(() => channelsOf(model)).toThrow(/'large' \(OneHot\) computes \[1, 100000000\]/);
});

test('a group must keep a channel', () => {
  const channels = channelsOf(networks['a slope for each channel']);
  expect(() => shrink(channels, channels.groups[0].channels)).toThrow(
    "removing all channels along axis 0 of 'first' would empty small; keep at least one",
  );
});

test('channels at the same place of every group go together', () => {
  const { groups } = channelsOf(networks['a grouped convolution']);
  expect(groups[0].channels[0].indices).toEqual([[0, 3], [0]]);
});

test('graphs of very many nodes are refused at once', () => {
  const chain = Array.from({ length: 20_001 }, (_, i) =>
    node('Identity', [i === 0 ? 'a' : `a${i}`], [i === 20_000 ? 'b' : `a${i + 1}`]),
  );
  expect(() => channelGroups(between(chain, {}), {})).toThrow(
    /its graph has 20,00\d nodes; channels are removed from up to 20,000/,
  );
});
