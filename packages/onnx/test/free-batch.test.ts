import { expectClose } from '@nads/testing';
import { readFileSync } from 'node:fs';
import { attributes, type AttributeLike } from '../src/attribute.js';
import { freeBatch, type FreeBatch } from '../src/free-batch.js';
import { node, type Node } from '../src/graph.js';
import { imageInput } from '../src/image-input.js';
import type { Model } from '../src/model.js';
import { readModel } from '../src/read-model.js';
import { floats, integers, type Tensor } from '../src/tensor.js';
import { buildModel, normal, runFirst } from './build-model.js';

const layer = (
  operator: string,
  inputs: string[],
  output: string,
  values: Record<string, AttributeLike> = {},
): Node => node(operator, inputs, [output], attributes(values));

const conv = layer('Conv', ['x', 'k'], 'c', { strides: [2, 2] });
const head = layer('MatMul', ['f', 'w'], 'y');

/** A network for one image whose features [1, 3, 3, 3] get flat in these nodes. */
const flattened = (
  nodes: Node[],
  given: Record<string, Tensor> = {},
  batch: number | string = 1,
): Model =>
  buildModel({
    nodes: [conv, ...nodes, head],
    inputs: { x: [batch, 2, 8, 8] },
    initializers: { k: normal([3, 2, 3, 3], 'k'), w: normal([27, 4], 'w'), ...given },
  });

const free = (model: Model): FreeBatch => freeBatch(model, imageInput(model));

/** Asserts that a freed model gives for three images at once what the model gives for each. */
async function expectFreed(model: Model): Promise<FreeBatch> {
  const freed = free(model);
  expect(freed.obstacle).toBeUndefined();
  const image = imageInput(model);
  const [, ...dims] = model.graph.inputs[0].dims as number[];
  const images = [1, 2, 3].map(seed => normal([1, ...dims], seed));
  const all = floats(
    [3, ...dims],
    images.flatMap(({ data }) => [...(data as Float32Array)]),
  );
  const single = await Promise.all(images.map(one => runFirst(model, { [image.name]: one })));
  const together = await runFirst(freed.model, { [image.name]: all });
  expectClose(
    together,
    single.flatMap(y => [...y]),
    { rtol: 1e-4, atol: 1e-5 },
  );
  return freed;
}

const reshape = (input: string, shape: string, output: string): Node =>
  layer('Reshape', [input, shape], output);

describe('a batch of one is freed', () => {
  test.each([[[1, 27]], [[1, -1]], [[-1, 27]], [[0, -1]], [[0, 27]]])(
    'in a Reshape to %j',
    async target => {
      const { rewritten } = await expectFreed(
        flattened([reshape('c', 's', 'f')], { s: integers(target) }),
      );
      expect(rewritten).toEqual(target[0] === 1 ? ['f'] : []);
    },
  );

  test('in several, also where a vector is in between', async () => {
    const given = { line: integers([-1]), s: integers([1, 27]), again: integers([1, 3, 9]) };
    const nodes = [reshape('c', 'again', 'd'), reshape('d', 'line', 'e'), reshape('e', 's', 'f')];
    const { rewritten } = await expectFreed(flattened(nodes, given));
    expect(rewritten).toEqual(['d', 'f']);
  });

  test('where the target is a Constant node that others share', async () => {
    const value = { type: 'tensor', value: integers([1, 27]) } as const;
    const nodes = [layer('Constant', [], 's', { value }), reshape('c', 's', 'f')];
    await expectFreed(flattened(nodes));
  });

  test.each<[string, Node[]]>([
    ['Flatten', [layer('Flatten', ['c'], 'f')]],
    [
      'a chain of Shape, Gather, Unsqueeze, Concat and Reshape',
      [
        layer('Shape', ['c'], 's'),
        layer('Gather', ['s', 'zero'], 'g'),
        layer('Unsqueeze', ['g', 'axis'], 'u'),
        layer('Concat', ['u', 'rest'], 't', { axis: 0 }),
        reshape('c', 't', 'f'),
      ],
    ],
    [
      'a chain that counts the features',
      [
        layer('Shape', ['c'], 's'),
        layer('Slice', ['s', 'axis', 'one'], 'g'),
        layer('Slice', ['s', 'one', 'four'], 'n'),
        layer('ReduceProd', ['n'], 'm', { keepdims: 1 }),
        layer('Concat', ['g', 'm'], 't', { axis: 0 }),
        reshape('c', 't', 'f'),
      ],
    ],
  ])('with %s', async (_, nodes) => {
    const given = {
      zero: integers([0], []),
      axis: integers([0]),
      rest: integers([-1]),
      one: integers([1]),
      four: integers([4]),
    };
    const { rewritten, model } = await expectFreed(flattened(nodes, given));
    expect(rewritten).toEqual([]);
    expect(model.graph.inputs[0].dims).toEqual(['N', 2, 8, 8]);
  });

  test('behind a change of layout', async () => {
    const nodes = [
      layer('Transpose', ['c'], 't', { perm: [1, 0, 2, 3] }),
      reshape('t', 's', 'r'),
      layer('Transpose', ['r'], 'f', { perm: [1, 0, 2] }),
      reshape('f', 'flat', 'g'),
      layer('MatMul', ['g', 'w'], 'z'),
    ];
    const model = buildModel({
      nodes: [conv, ...nodes],
      inputs: { x: [1, 2, 8, 8] },
      initializers: {
        k: normal([3, 2, 3, 3]),
        w: normal([27, 4]),
        s: integers([3, 1, 9]),
        flat: integers([1, 27]),
      },
    });
    await expectFreed(model);
  });

  test('where it has a name, but a Reshape fixes it', async () => {
    await expectFreed(flattened([reshape('c', 's', 'f')], { s: integers([1, 27]) }, 'N'));
  });

  test.each(['lenet', 'densenet-g12'])('in %s', async name => {
    const model = readModel(readFileSync(new URL(`../../../models/${name}.onnx`, import.meta.url)));
    await expectFreed(model);
  });
});

test('sizes that the file states for one image are forgotten', () => {
  const model = flattened([layer('Flatten', ['c'], 'f')]);
  const stated = [{ name: 'y', type: 'float32' as const, dims: [1, 4] }];
  const freed = free({ ...model, graph: { ...model.graph, outputs: stated, valueInfo: stated } });
  expect(freed.model.graph).toMatchObject({
    outputs: [{ name: 'y', type: 'float32' }],
    valueInfo: [],
  });
  expect(freed.model.graph.outputs[0].dims).toBeUndefined();
});

describe('a batch that cannot be freed says why:', () => {
  const obstacle = (nodes: Node[], given: Record<string, Tensor> = {}): string | undefined =>
    free(buildModel({ nodes, inputs: { x: [1, 2, 8, 8] }, initializers: given })).obstacle;

  test('an enlargement to a fixed size', () => {
    const resize = layer('Resize', ['x', '', '', 's'], 'r');
    const given = { s: integers([1, 2, 16, 16]) };
    expect(obstacle([resize, layer('Relu', ['r'], 'y')], given)).toBe(
      "the first axis of output 'y' is not the batch: 'r' (Resize) fixes it",
    );
  });

  test('a constant joined to the image', () => {
    const given = { c: normal([1, 1, 8, 8]) };
    expect(obstacle([layer('Concat', ['x', 'c'], 'y', { axis: 1 })], given)).toContain(
      "node 'y' (Concat)",
    );
  });

  test('a mean over all images', () => {
    expect(obstacle([layer('ReduceMean', ['x'], 'y')])).toContain("'y' (ReduceMean) fixes it");
  });

  test('an axis of one taken away that is the batch', () => {
    expect(obstacle([layer('Squeeze', ['x'], 'y')])).toContain("output 'y' is not the batch");
  });

  test('a shape that depends on data', () => {
    expect(
      obstacle([layer('NonZero', ['x'], 'n'), layer('Cast', ['n'], 'y', { to: 1 })]),
    ).toContain("the shape of output 'y' is not known before running");
  });

  test('an operator that nobody knows', () => {
    expect(obstacle([node('Own', ['x'], ['y'], new Map(), { domain: 'org.example' })])).toContain(
      'not known',
    );
  });

  test('and then the model takes as many images as it did', () => {
    const model = buildModel({
      nodes: [layer('ReduceMean', ['x'], 'y')],
      inputs: { x: [4, 2, 8, 8] },
    });
    expect(free(model).model.graph.inputs[0].dims).toEqual([4, 2, 8, 8]);
  });
});
