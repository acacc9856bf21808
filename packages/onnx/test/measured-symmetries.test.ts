import { attributes } from '../src/attribute.js';
import { node, type Node } from '../src/graph.js';
import { batchDims, imageInput } from '../src/image-input.js';
import { inferShapes } from '../src/infer-shapes.js';
import { symmetries } from '../src/symmetries.js';
import { floats, integers, type Tensor } from '../src/tensor.js';
import { buildModel, normal } from './build-model.js';
import { disagreement } from './relabelled.js';

const seenAs = [4, 2, 3, 3];
const places = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** What relabellings a convolution of two channels allows whose kernel is computed from W and a measure. */
async function found(
  nodes: readonly Node[],
  measure: Tensor,
  isExact = true,
): Promise<Record<string, boolean | string>> {
  const slide = attributes({ kernel_shape: [3, 3], pads: [1, 1, 1, 1] });
  const model = buildModel({
    nodes: [
      ...nodes,
      node('Conv', ['x', 'kernel'], ['y'], slide),
      node('GlobalAveragePool', ['y'], ['z']),
    ],
    initializers: {
      W: normal(seenAs),
      M: measure,
      rows: integers([0, 0, 1, -1]),
      square: integers([0, 0, 3, 3]),
    },
    inputs: { x: [1, 2, 6, 6] },
  });
  const image = imageInput(model);
  const shapes = inferShapes(model, { [image.name]: batchDims(image, 1) });
  const all = symmetries(model.graph, shapes, image, new Set(['W']));
  for (const { relabelling, holds } of all) {
    const difference = await disagreement(model, { W: { seenAs, first: true } }, relabelling);
    if (holds) expect(difference).toBeLessThan(1e-5);
    else if (isExact) expect(difference).toBeGreaterThan(1e-3);
  }
  return Object.fromEntries(
    all.map(({ relabelling, holds, reason }) => [relabelling, holds || reason]),
  );
}

const product = [
  node('Reshape', ['W', 'rows'], ['flat']),
  node('MatMul', ['flat', 'M'], ['product']),
  node('Reshape', ['product', 'square'], ['kernel']),
];
const scaled = [node('Mul', ['W', 'M'], ['kernel'])];
const all = { transposition: true, 'flip rows': true, 'flip columns': true, channels: true };

/** M [9, 9] by its elements. */
const matrix = (element: (i: number, j: number) => number): Tensor =>
  floats(
    [9, 9],
    places.flatMap(i => places.map(j => element(i, j))),
  );

test('the inner product, and measures that only see distances, leave all symmetries', async () => {
  expect(
    await found(
      product,
      matrix((i, j) => Number(i === j)),
    ),
  ).toEqual(all);
  const distance = (i: number, j: number): number =>
    Math.abs(Math.floor(i / 3) - Math.floor(j / 3)) ** 2 + Math.abs((i % 3) - (j % 3)) ** 2;
  expect(
    await found(
      product,
      matrix((i, j) => 1 / (1 + distance(i, j))),
    ),
  ).toEqual(all);
  expect(await found(scaled, floats([3, 3], [1, 2, 1, 2, 5, 2, 1, 2, 1]))).toEqual(all);
});

test('a measure that tells places apart breaks the symmetries that move them, and is named', async () => {
  const broken = expect.stringMatching(/its measure 'M' is another one after the relabelling/);
  expect(await found(scaled, floats([3, 3], [1, 2, 1, 3, 5, 3, 1, 2, 1]))).toEqual({
    ...all,
    transposition: broken,
  });
  expect(await found(scaled, floats([3, 3], [1, 2, 1, 3, 5, 3, 4, 6, 4]))).toEqual({
    ...all,
    transposition: broken,
    'flip rows': broken,
  });
  // a shift of places along the rows commutes with a mirror of the rows alone
  const shift = matrix((i, j) =>
    Number(Math.floor(i / 3) === Math.floor(j / 3) && (i % 3) + 1 === j % 3),
  );
  expect(await found(product, shift)).toEqual({
    ...all,
    transposition: broken,
    'flip columns': broken,
  });
});

test('channels must have the same measure', async () => {
  const broken = expect.stringMatching(/its measure 'M' is another one/);
  const even = [1, 2, 1, 2, 5, 2, 1, 2, 1];
  expect(await found(scaled, floats([2, 3, 3], [...even, ...even]))).toEqual(all);
  expect(await found(scaled, floats([2, 3, 3], [...even, ...even.map(d => 2 * d)]))).toEqual({
    ...all,
    channels: broken,
  });
});

test('a scale of filters is no measure of places', async () => {
  const scale = floats([4, 1, 1, 1], [1, 2, 3, 4]);
  const reason = expect.stringMatching(
    /its weights 'kernel' are computed by the graph, in a way whose symmetry is not known/,
  );
  expect((await found(scaled, scale, false))['flip rows']).toEqual(reason);
});
