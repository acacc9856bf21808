import { attributes } from '../src/attribute.js';
import { node, type Node } from '../src/graph.js';
import { batchDims, imageInput } from '../src/image-input.js';
import { inferShapes } from '../src/infer-shapes.js';
import { symmetries } from '../src/symmetries.js';
import { floats, sizeOf, type Tensor } from '../src/tensor.js';
import { buildModel, normal } from './build-model.js';
import { disagreement } from './relabelled.js';

const seenAs = [4, 2, 3, 3];
const all = { transposition: true, 'flip rows': true, 'flip columns': true, channels: true };
const ones = (...dims: number[]): Tensor => floats(dims, Array(sizeOf(dims)).fill(1));

/** What relabellings a convolution of two channels allows with these nodes behind it, from 'y' [1, 4, 6, 6] to 'z'. */
async function found(
  nodes: readonly Node[],
  { isDrawn = true, scale = ones(4) }: { isDrawn?: boolean; scale?: Tensor } = {},
): Promise<Record<string, boolean | string>> {
  const slide = attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
  const model = buildModel({
    nodes: [
      node('Conv', ['x', 'W'], ['y'], slide),
      ...nodes,
      // the mean and the square of what was normalised are 0 and 1 whatever the image
      node('Relu', ['z'], ['positive']),
      node('ReduceMean', ['positive'], ['mean'], attributes({ axes: [2, 3] })),
    ],
    initializers: { W: normal(seenAs), scale },
    inputs: { x: [1, 2, 6, 6] },
    opset: 17,
  });
  const image = imageInput(model);
  const shapes = inferShapes(model, { [image.name]: batchDims(image, 1) });
  const fresh = new Set(['W', ...(isDrawn ? ['scale'] : [])]);
  const derived = symmetries(model.graph, shapes, image, fresh);
  for (const { relabelling, holds } of derived) {
    const difference = await disagreement(model, { W: { seenAs, first: true } }, relabelling);
    if (holds) expect(difference).toBeLessThan(1e-5);
    else expect(difference).toBeGreaterThan(1e-4);
  }
  return Object.fromEntries(
    derived.map(({ relabelling, holds, reason }) => [relabelling, holds || reason]),
  );
}

const normalisation = (input: string, output: string, axis?: number): Node =>
  node('LayerNormalization', [input, 'scale'], [output], attributes({ axis }));
const order = (input: string, output: string, perm: readonly number[]): Node =>
  node('Transpose', [input], [output], attributes({ perm }));

test('over the channels of each pixel it leaves pixels where they are', async () => {
  const lastAxis = [
    order('y', 'last', [0, 2, 3, 1]),
    normalisation('last', 'normal'),
    order('normal', 'z', [0, 3, 1, 2]),
  ];
  expect(await found(lastAxis)).toEqual(all);
  const uneven = { isDrawn: false, scale: floats([4], [1, 2, 3, 4]) };
  expect(await found(lastAxis, uneven)).toEqual(all);
});

test('over all pixels it holds unless its scale tells them apart', async () => {
  const overAll = [normalisation('y', 'z', 1)];
  expect(await found(overAll, { scale: ones(4, 6, 6) })).toEqual(all);
  const broken = expect.stringMatching(/it treats pixels differently/);
  expect(await found(overAll, { isDrawn: false, scale: normal([4, 6, 6], 'scale') })).toEqual({
    transposition: broken,
    'flip rows': broken,
    'flip columns': broken,
    channels: true,
  });
});

test('over the columns of each row it breaks transposition', async () => {
  expect(await found([normalisation('y', 'z')], { scale: ones(6) })).toEqual({
    ...all,
    transposition: expect.stringMatching(/it normalises rows or columns only/),
  });
});

test('before channels are mixed it treats them differently', async () => {
  const model = buildModel({
    nodes: [
      order('x', 'last', [0, 2, 3, 1]),
      normalisation('last', 'normal'),
      order('normal', 'back', [0, 3, 1, 2]),
      node('Conv', ['back', 'W'], ['y']),
    ],
    initializers: { W: normal([4, 2, 1, 1]), scale: ones(2) },
    inputs: { x: [1, 2, 6, 6] },
    opset: 17,
  });
  const image = imageInput(model);
  const shapes = inferShapes(model, { [image.name]: batchDims(image, 1) });
  const derived = symmetries(model.graph, shapes, image, new Set(['W', 'scale']));
  const channels = derived.find(({ relabelling }) => relabelling === 'channels');
  expect(channels?.reason).toMatch(/it treats input channels differently/);
  const weights = { W: { seenAs: [4, 2, 1, 1], first: true } };
  expect(await disagreement(model, weights, 'channels')).toBeGreaterThan(1e-3);
});
