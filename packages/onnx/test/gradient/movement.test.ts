import { Random } from '@nads/linalg';
import { numbersOf, tensorOf } from '../../src/tensor.js';
import { differentiate } from '../../src/gradient/differentiate.js';
import { modelOf, whole } from '../operators/one-node.js';
import { evaluate, expectGradients, normal } from './expect-gradients.js';

const random = new Random('movement');
const x = (...dims: number[]) => normal(random, ...dims);

test('the same elements under other dims', async () => {
  await expectGradients({ operator: 'Reshape', data: [x(2, 3, 4)], constants: [whole([6, -1])] });
  await expectGradients({ operator: 'Flatten', data: [x(2, 3, 4)], attributes: { axis: 2 } });
  await expectGradients({ operator: 'Squeeze', data: [x(2, 1, 4)], constants: [whole([1])] });
  await expectGradients({ operator: 'Unsqueeze', data: [x(2, 4)], constants: [whole([0, 3])] });
  await expectGradients({ operator: 'Identity', data: [x(2, 4)] });
});

test('Transpose', async () => {
  await expectGradients({ operator: 'Transpose', data: [x(2, 3, 4)] });
  await expectGradients({
    operator: 'Transpose',
    data: [x(2, 3, 4)],
    attributes: { perm: [1, 2, 0] },
  });
});

test('Concat and Split', async () => {
  await expectGradients({
    operator: 'Concat',
    data: [x(2, 3), x(2, 1), x(2, 2)],
    attributes: { axis: 1 },
  });
  await expectGradients({
    operator: 'Split',
    data: [x(2, 6)],
    constants: [whole([1, 5])],
    attributes: { axis: 1 },
    outputs: 2,
  });
});

test('Expand', async () => {
  await expectGradients({ operator: 'Expand', data: [x(3, 1)], constants: [whole([2, 1, 4])] });
});

test.each([
  [[1], [3], [1], [1]],
  [
    [0, 1],
    [9, 9],
    [0, 2],
    [2, 3],
  ],
  [[-1], [-9], [1], [-1]],
  [[4], [0], [2], [-2]],
])('Slice from %p to %p along %p by %p', async (...lists) => {
  await expectGradients({
    operator: 'Slice',
    data: [x(3, 4, 5)],
    constants: lists.map(list => whole(list)),
  });
});

test('Pad with a constant, and taking away', async () => {
  const pads = whole([1, 0, 2, -1]);
  await expectGradients({
    operator: 'Pad',
    data: [x(3, 4)],
    constants: [pads, tensorOf('float64', [], [0.5])],
  });
});

test.each(['edge', 'reflect', 'wrap'])('Pad by %s', async mode => {
  const constants = [whole([1, 2, 2, 1])];
  const opset = mode === 'wrap' ? 19 : 17;
  await expectGradients(
    { operator: 'Pad', data: [x(4, 5)], constants, attributes: { mode } },
    { opset },
  );
});

test('Gather', async () => {
  for (const indices of [
    whole([2, 0, 2, -1]),
    whole([0, 1, 1, 2], 'int64', [2, 2]),
    whole([1], 'int64', []),
  ])
    await expectGradients({
      operator: 'Gather',
      data: [x(2, 3, 4)],
      constants: [indices],
      attributes: { axis: 1 },
    });
});

test('GatherElements, GatherND', async () => {
  await expectGradients({
    operator: 'GatherElements',
    data: [x(3, 2)],
    constants: [whole([2, 0, 2, 1], 'int64', [2, 2])],
  });
  await expectGradients({
    operator: 'GatherND',
    data: [x(3, 2)],
    constants: [whole([2, 0, 0, 1], 'int64', [2, 2])],
  });
});

test.each(['none', 'add'])('ScatterElements and ScatterND, %s', async reduction => {
  const attributes = { reduction };
  const indices = [whole([2, 0, 1, 1], 'int64', [2, 2])];
  const places = [whole([2, 0], 'int64', [2, 1])];
  const updates = x(2, 2);
  const data = [x(3, 2)];
  await expectGradients({
    operator: 'ScatterElements',
    data: [...data, ...indices, updates],
    attributes,
  });
  await expectGradients({ operator: 'ScatterND', data: [...data, ...places, updates], attributes });
});

test('Tile', async () => {
  await expectGradients({ operator: 'Tile', data: [x(2, 3)], constants: [whole([2, 3])] });
  await expectGradients({ operator: 'Tile', data: [x(2, 3)], constants: [whole([1, 2])] });
});

test('DepthToSpace and SpaceToDepth', async () => {
  for (const mode of ['DCR', 'CRD'])
    await expectGradients({
      operator: 'DepthToSpace',
      data: [x(2, 8, 3, 2)],
      attributes: { blocksize: 2, mode },
    });
  await expectGradients({
    operator: 'SpaceToDepth',
    data: [x(2, 2, 4, 6)],
    attributes: { blocksize: 2 },
  });
});

test.each([0, 1])('CumSum, exclusive and reverse %p', async flag => {
  await expectGradients({
    operator: 'CumSum',
    data: [x(3, 4)],
    constants: [whole([1], 'int64', [])],
    attributes: { exclusive: flag, reverse: flag },
  });
});

test('Trilu', async () => {
  await expectGradients({
    operator: 'Trilu',
    data: [x(2, 4, 4)],
    constants: [whole([1], 'int64', [])],
    attributes: { upper: 0 },
  });
});

test('TopK', async () => {
  await expectGradients({
    operator: 'TopK',
    data: [x(3, 5)],
    constants: [whole([2])],
    outputs: 2,
  });
});

test('Cast between floating types', async () => {
  await expectGradients(
    { operator: 'Cast', data: [x(3)], attributes: { to: 11 } },
    { single: true, order: 1 },
  );
});

test('ReverseSequence', async () => {
  const constants = [whole([1, 3, 4])];
  await expectGradients({ operator: 'ReverseSequence', data: [x(4, 3, 2)], constants });
  await expectGradients({
    operator: 'ReverseSequence',
    data: [x(3, 4)],
    constants,
    attributes: { batch_axis: 0, time_axis: 1 },
  });
});

test.each([
  [5, 6],
  [2, 3],
  [2, 8],
  [3, 5],
])('CenterCropPad to %p', async (...sizes) => {
  await expectGradients(
    { operator: 'CenterCropPad', data: [x(4, 5)], constants: [whole(sizes)] },
    { opset: 18, single: true },
  );
  await expectGradients(
    {
      operator: 'CenterCropPad',
      data: [x(2, 4, 5)],
      constants: [whole(sizes)],
      attributes: { axes: [-2, -1] },
    },
    { opset: 18, single: true },
  );
});

test('Compress by a condition that is constant', async () => {
  const constants = [whole([0, 1, 1], 'bool')];
  await expectGradients({
    operator: 'Compress',
    data: [x(2, 4)],
    constants,
    attributes: { axis: 1 },
  });
  await expectGradients({ operator: 'Compress', data: [x(2, 4)], constants });
});

test.each([
  // y = [a, ab, abc] for x = [a, b, c]: [1 + 10b + 100bc, 10a + 100ac, 100ab]
  [{}, [1, 620, 0]],
  // y = [1, a, ab]: [10 + 100b, 100a, 0]
  [{ exclusive: 1 }, [10, 200, 0]],
  // y = [abc, bc, c]: [bc, ac + 10c, ab + 10b + 100]
  [{ reverse: 1 }, [0, 36, 100]],
])('CumProd %j by hand, where a factor is 0', async (attributes, expected) => {
  const x3 = tensorOf('float32', [3], [2, 0, 3]);
  const axis = whole([0], 'int64', []);
  const one = modelOf({ operator: 'CumProd', data: [x3], constants: [axis], attributes }, 26);
  const { model } = differentiate(one, { wrt: ['input0'] });
  const seed = tensorOf('float32', [3], [1, 10, 100]);
  const feeds = new Map([
    ['input0', x3],
    ['seed/output0', seed],
  ]);
  const [{ tensor }] = await evaluate(model, feeds);
  expect(numbersOf(tensor)).toEqual(expected);
});
