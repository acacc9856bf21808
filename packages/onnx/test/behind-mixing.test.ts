import { attributes } from '../src/attribute.js';
import { node, type Node } from '../src/graph.js';
import { batchDims, imageInput } from '../src/image-input.js';
import { inferShapes } from '../src/infer-shapes.js';
import { symmetries, weightsOfChannels, type Symmetry } from '../src/symmetries.js';
import { integers } from '../src/tensor.js';
import { buildModel, normal } from './build-model.js';
import { disagreement } from './relabelled.js';

const seenAs = [4, 2, 3, 3];

/** Whether channels are exchangeable, and how far a network is from the relabelled one, where W alone is relabelled. */
async function channels(
  nodes: readonly Node[],
): Promise<{ symmetry: Symmetry; difference: number }> {
  const weights = { W: normal(seenAs) };
  const model = buildModel({
    nodes,
    initializers: { ...weights, rows: integers([1, 4, 36]) },
    inputs: { x: [1, 2, 6, 6] },
  });
  const image = imageInput(model, { layout: 'NCHW' });
  const shapes = inferShapes(model, { [image.name]: batchDims(image, 1) });
  const found = symmetries(model.graph, shapes, image, new Set(Object.keys(weights)));
  const symmetry = found.find(({ relabelling }) => relabelling === 'channels')!;
  const relabelled = { W: { seenAs, first: true } };
  return { symmetry, difference: await disagreement(model, relabelled, 'channels') };
}

const around = attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
const first = node('Conv', ['x', 'W'], ['y'], around);

test('behind the layer that mixes channels anything may follow: attention over pixels', async () => {
  const { symmetry, difference } = await channels([
    first,
    node('Reshape', ['y', 'rows'], ['values']),
    node('Transpose', ['values'], ['keys'], attributes({ perm: [0, 2, 1] })),
    node('MatMul', ['keys', 'values'], ['scores']),
    node('Softmax', ['scores'], ['shares'], attributes({ axis: -1 })),
    node('MatMul', ['values', 'shares'], ['z']),
  ]);
  expect(symmetry.holds).toBe(true);
  expect(difference).toBeLessThan(1e-5);
});

test('before it that breaks them', async () => {
  const { symmetry } = await channels([
    node('Transpose', ['x'], ['turned'], attributes({ perm: [0, 1, 3, 2] })),
    node('MatMul', ['x', 'turned'], ['products']),
    node('Conv', ['products', 'W'], ['y'], around),
  ]);
  expect(symmetry.reason).toMatch(/it multiplies input channels by each other/);
});

test('a weight that is read on both sides breaks them, through computations too', async () => {
  const scaled = await channels([
    first,
    node('ReduceMean', ['W'], ['scale'], attributes({ axes: [1, 2, 3], keepdims: 0 })),
    node('Reshape', ['y', 'rows'], ['values']),
    node('MatMul', ['scale', 'values'], ['z']),
  ]);
  expect(scaled.symmetry.reason).toMatch(
    /its weights 'W' are shared with a layer that sees another order/,
  );
  expect(scaled.difference).toBeGreaterThan(1e-3);
});

test('only weights before it are of the channels', () => {
  const model = buildModel({
    nodes: [first, node('Conv', ['y', 'V'], ['z'])],
    initializers: { W: normal(seenAs), V: normal([2, 4, 1, 1]) },
    inputs: { x: [1, 2, 6, 6] },
  });
  const image = imageInput(model);
  const shapes = inferShapes(model, { [image.name]: batchDims(image, 1) });
  const found = weightsOfChannels(model.graph, shapes, image, new Set(['W', 'V']));
  expect([...found]).toEqual(['W']);
});
